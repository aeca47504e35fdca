/**
 * The page of a dataset: its quality, with pictures of items where there are any.
 *
 * @module
 */
import { byteSize, counted } from "../../data/counts.ts";
import { readItemMeta } from "../../data/item_meta.ts";
import { matchText } from "../../data/published_counts.ts";
import { type ItemPictures, mostBytes, readPictures } from "../../lab/quality/item_pictures.ts";
import { qualityPage } from "../../lab/quality/quality_page.ts";
import { datasetsCommandLine } from "../common/datasets_command_line.ts";
import { note } from "../common/note.ts";
import { openedPath, shownPath } from "../common/paths.ts";
import { writeText } from "../common/text_output.ts";
import type { DatasetsRequest } from "./datasets_command.ts";
import { countRows, placeText } from "./datasets_text.ts";
import type { DescribedDataset } from "./describe_dataset.ts";

/**
 * Writes it.
 *
 * @param described The dataset.
 * @param out The file, or `-` for stdout.
 * @param request What the user asked for.
 * @throws {DataError} A picture or the table of names cannot be read.
 */
export async function writePage(
  described: DescribedDataset,
  out: string,
  { dataDirectory, pictures: folder }: DatasetsRequest,
): Promise<void> {
  const { name, dataset, quality, published } = described;
  const meta = await readItemMeta(described.folder, dataset.itemIds);
  const pictures = folder === undefined
    ? undefined
    : await readPictures(openedPath(folder), shownItems(described), dataset.itemIds.idOf);
  const command = datasetsCommandLine(name, dataDirectory, { html: out, pictures: folder });
  const notes = pictures === undefined ? [] : pictureNotes(pictures);
  const html = await qualityPage({
    ...{ name, quality, items: dataset.items, command, notes },
    facts: [
      ["folder", placeText(described, shownPath(described.folder))],
      ...published === undefined ? [] : [["published", matchText(published)] as const],
      ...countRows(described).map(([label, count, note]) =>
        [label.trim(), [count, note].filter((text) => text !== "").join("; ")] as const
      ),
    ],
    itemOf: (item) => ({
      id: String(dataset.itemIds.idOf(item)),
      name: meta?.nameOf(item),
      picture: pictures?.addresses.get(item),
    }),
  });
  await writeText(out, [html]);
  for (const text of notes) note(text);
  if (out !== "-") note(`Wrote ${shownPath(out)}`);
}

/** All items that the page shows, those first that others are near. */
function shownItems({ quality }: DescribedDataset): number[] {
  const lists = quality.modalities.flatMap(({ neighbours }) => neighbours);
  return [
    ...new Set([
      ...lists.map(({ item }) => item),
      ...lists.flatMap(({ nearest }) => nearest.map(({ item }) => item)),
    ]),
  ];
}

function pictureNotes({ missing, tooLarge, unknown }: ItemPictures): string[] {
  const [each, all] = [byteSize(mostBytes.each), byteSize(mostBytes.all)];
  return [
    ...missing > 0 ? [`${counted(missing, "item")} of the page without a picture`] : [],
    ...tooLarge > 0
      ? [
        `${
          counted(tooLarge, "picture")
        } left out: the page takes up to ${each} each, ${all} together`,
      ]
      : [],
    ...unknown > 0
      ? [`${counted(unknown, "picture")} left out: neither JPEG, PNG, WebP nor GIF by content`]
      : [],
  ];
}
