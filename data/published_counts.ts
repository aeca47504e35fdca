/**
 * Whether a dataset is one that the field has published: by its counts, and where they were verified, by a hash of
 * its rows.
 *
 * @module
 */
import { grouped } from "./counts.ts";
import type { Dataset, Interactions } from "./dataset.ts";
import { publishedDataset } from "./published_datasets.ts";
import { sha256 } from "./sha256.ts";

/** What a published dataset has. */
export interface PublishedCounts {
  /** The name that it goes by. */
  readonly name: string;
  /** Which release it is. */
  readonly release: string;
  /** Number of users. */
  readonly users: number;
  /** Number of items. */
  readonly items: number;
  /** Number of interactions, in all splits. */
  readonly interactions: number;
  /** Whether the counts were checked against the files; others are those that papers give. */
  readonly verified: boolean;
  /** The {@linkcode splitHash} of its rows and split, where it was verified. */
  readonly split?: string;
}

/** How a dataset compares with a published one. */
export interface PublishedMatch {
  /** The published one: that with the same counts, or that of the dataset's name. */
  readonly published: PublishedCounts;
  /** Whether users, items and interactions are as many. */
  readonly sameCounts: boolean;
  /** Whether all rows are in the same splits; nothing where that is not known. */
  readonly sameSplit?: boolean;
}

const amazon = "Amazon Reviews 2014, 5-core";

/** The name, release, users, items and interactions of each. */
const unhashed: readonly (readonly [string, string, number, number, number, boolean])[] = [
  ["baby", amazon, 19_445, 7_050, 160_792, true],
  ["sports", amazon, 35_598, 18_357, 296_337, true],
  ["toys", amazon, 19_412, 11_924, 167_597, true],
  ["clothing", amazon, 39_387, 23_033, 278_677, false],
  ["electronics", amazon, 192_403, 63_001, 1_689_188, false],
  ["beauty", amazon, 22_363, 12_101, 198_502, false],
  ["office", amazon, 4_905, 2_420, 53_258, false],
  ["microlens", "MicroLens-100k, all rows", 100_000, 19_738, 719_405, false],
  ["microlens", "MicroLens-100k, 5-core", 98_129, 17_228, 705_174, false],
  ["movielens", "ml-latest-small, all rows", 610, 9_724, 100_836, false],
  ["movielens", "ml-1m, all rows", 6_040, 3_706, 1_000_209, false],
  ["movielens", "ml-100k, all rows", 943, 1_682, 100_000, false],
  ["lastfm", "HetRec 2011, all rows", 1_892, 17_632, 92_834, false],
];

/** All of them. */
export const publishedCounts: readonly PublishedCounts[] = [
  {
    ...{ name: "tiktok", release: "59,541 train rows", users: 9_308, items: 6_710 },
    ...{
      interactions: 68_722,
      verified: true,
      split: "77c68a35c9c3d86540fb946cee9f3ae4aa069ce189dcbaaee8cd9f94b5441d21",
    },
  },
  ...unhashed.map(([name, release, users, items, interactions, verified]) => ({
    ...{ name, release, users, items, interactions, verified },
  })),
];

/**
 * A hash of which rows are in which split, whatever their order in the file.
 *
 * @param dataset The dataset.
 * @returns A SHA-256 in hexadecimal: of the pairs of indices of train, validation and test, each sorted.
 */
export function splitHash(dataset: Pick<Dataset, "items" | "train" | "valid" | "test">): string {
  return sha256(
    [dataset.train, dataset.valid, dataset.test].flatMap(({ users, items }: Interactions) => {
      const keys = Float64Array.from(users, (user, n) => user * dataset.items + items[n]).sort();
      const pairs = new Uint32Array(2 * keys.length);
      keys.forEach((key, n) => {
        pairs[2 * n] = Math.floor(key / dataset.items);
        pairs[2 * n + 1] = key % dataset.items;
      });
      return [JSON.stringify({ rows: keys.length }), pairs];
    }),
  );
}

/**
 * Compares a dataset with the published ones.
 *
 * @param dataset The dataset.
 * @returns Nothing where none has its counts, or those of its name are not known.
 */
export function matchPublished(dataset: Dataset): PublishedMatch | undefined {
  const { users, items, train, valid, test } = dataset;
  const interactions = train.users.length + valid.users.length + test.users.length;
  const same = publishedCounts.find((one) =>
    one.users === users && one.items === items && one.interactions === interactions
  );
  const name = publishedDataset(dataset.name)?.name;
  const published = same ?? publishedCounts.find((one) => one.name === name);
  if (published === undefined) return undefined;
  const { split } = published;
  const sameCounts = same !== undefined;
  return {
    ...{ published, sameCounts },
    ...sameCounts && split !== undefined && { sameSplit: splitHash(dataset) === split },
  };
}

/**
 * A sentence on how a dataset compares with a published one.
 *
 * @param match How it compares.
 * @example
 * ```ts
 * import { matchText, publishedCounts } from "./published_counts.ts";
 * matchText({ published: publishedCounts[0], sameCounts: true, sameSplit: true });
 * // "This is the published "tiktok" (59,541 train rows): its counts and the SHA-256 of its rows agree"
 * ```
 */
export function matchText({ published, sameCounts, sameSplit }: PublishedMatch): string {
  const { name, release, users, items, interactions, verified } = published;
  const title = `the published "${name}" (${release})`;
  const source = verified ? "" : "; these counts are from the literature, and were not verified";
  if (!sameCounts) {
    return `This is not ${title}, which has ${grouped(users)} users, ${grouped(items)} items and ` +
      `${grouped(interactions)} interactions${source}`;
  }
  if (sameSplit === true) return `This is ${title}: its counts and the SHA-256 of its rows agree`;
  return `The counts are those of ${title}` +
    (sameSplit === false
      ? ", but its rows or their split are others"
      : "; whether its rows and split are too is not known here") +
    source;
}
