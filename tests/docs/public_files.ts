/**
 * Small files of the form of those that the field's datasets are published in, for the recipes of docs/datasets.md.
 *
 * @module
 */
import { encodeNpy } from "../../data/npy.ts";

/** Users and items of each: enough that every one of them has five rows. */
const [users, items] = [12, 10];

/** A file, by its path below the folder that a reader stands in. */
export type PublicFile = readonly [path: string, contents: string | Uint8Array];

/**
 * The files of all recipes.
 *
 * @returns Their paths and contents.
 */
export async function publicFiles(): Promise<PublicFile[]> {
  const reviews = await gzipped(lines((user, item) =>
    JSON.stringify({
      ...{
        reviewerID: `A${user}`,
        asin: `B00${item}`,
        reviewerName: 'J. "J" Doe',
        helpful: [0, 1],
      },
      ...{ reviewText: "Good, really", overall: 5.0, summary: "Good" },
      ...{ unixReviewTime: 1_400_000_000 + 86_400 * item, reviewTime: "05 13, 2014" },
    })
  ));
  const split = (item: number) => item === 8 ? 1 : item === 9 ? 2 : 0;
  const features = encodeNpy(
    [items, 3],
    Float32Array.from({ length: 3 * items }, (_, n) => Math.sin(n)),
  );
  const lists = (label: number) => {
    const own = [...Array(items).keys()].filter((item) => split(item) === label);
    return JSON.stringify(Object.fromEntries([...Array(users).keys()].map((user) => [user, own])));
  };
  const time = (item: number) => 978_300_760 + item;
  return [
    ...["baby", "sports", "clothing", "elec"].flatMap((name): PublicFile[] => [
      [
        `${name}/${name}.inter`,
        "userID\titemID\trating\ttimestamp\tx_label\n" +
        lines((user, item) => `${user}\t${item}\t5.0\t${time(item)}\t${split(item)}`),
      ],
      [`${name}/image_feat.npy`, features],
      [`${name}/text_feat.npy`, features],
    ]),
    ...["Baby", "Sports_and_Outdoors", "Clothing_Shoes_and_Jewelry", "Electronics"].map((
      name,
    ): PublicFile => [`reviews_${name}_5.json.gz`, reviews]),
    ...[["train", 0], ["val", 1], ["test", 2]].map((
      [name, label],
    ): PublicFile => [`${name}.json`, lists(Number(label))]),
    ...["image", "audio", "text"].map((name): PublicFile => [`${name}_feat.npy`, features]),
    [
      "MicroLens-100k_pairs.csv",
      `user,item,timestamp\n${lines((user, item) => `${user + 1},${item + 1},${time(item)}123`)}`,
    ],
    [
      "MicroLens-100k_title_en.csv",
      `item,title\n${ofItems((item) => `${item + 1},"A film, number ${item % 3}"`)}`,
    ],
    [
      "ratings.csv",
      "userId,movieId,rating,timestamp\n" +
      lines((user, item) => `${user + 1},${item + 1},4.5,${time(item)}`),
    ],
    [
      "movies.csv",
      `movieId,title,genres\n${
        ofItems((item) => `${item + 1},"Film, The (199${item})",Comedy|Drama`)
      }`,
    ],
    ["ratings.dat", lines((user, item) => `${user + 1}::${item + 1}::5::${time(item)}`)],
    ["u.data", lines((user, item) => `${user + 1}\t${item + 1}\t5\t${time(item)}`)],
    [
      "user_artists.dat",
      `userID\tartistID\tweight\r\n${
        lines((user, item) => `${user + 2}\t${item + 1}\t1388${item}`, "\r\n")
      }`,
    ],
    [
      "artists.dat",
      `id\tname\turl\tpictureURL\n${
        ofItems((item) => `${item + 1}\tThe "${item}" Band\thttp://a.example/${item}\t`)
      }`,
    ],
  ];
}

function lines(line: (user: number, item: number) => string, end = "\n"): string {
  return Array.from(
    { length: users * items },
    (_, n) => line(Math.floor(n / items), n % items) + end,
  ).join("");
}

function ofItems(line: (item: number) => string): string {
  return Array.from({ length: items }, (_, item) => `${line(item)}\n`).join("");
}

async function gzipped(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
