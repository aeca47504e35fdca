/**
 * A dataset in numbers.
 *
 * @module
 */
import type { Dataset, Interactions, Modality, Split } from "./dataset.ts";

/** How some counts are spread. */
export interface Spread {
  /** The least. */
  readonly min: number;
  /** The middle one, or the mean of the two in the middle. */
  readonly median: number;
  /** Their mean. */
  readonly mean: number;
  /** The greatest. */
  readonly max: number;
}

/** A modality, and for how many items it says something. */
export interface ModalitySummary {
  /** Its name. */
  readonly name: string;
  /** Number of features an item. */
  readonly columns: number;
  /** Items whose features are all zero. */
  readonly zeroItems: number;
}

/** A dataset in numbers. */
export interface DatasetSummary {
  /** Number of users. */
  readonly users: number;
  /** Number of items. */
  readonly items: number;
  /** Rows of all splits. */
  readonly interactions: number;
  /** The share of all pairs of a user and an item that are interactions. */
  readonly density: number;
  /** Rows of each split. */
  readonly splits: Readonly<Record<Split, number>>;
  /** Users and items that no train row has, of which no model learns. */
  readonly withoutTrainRow: { readonly users: number; readonly items: number };
  /** Interactions of each user and of each item, in all splits. */
  readonly degrees: { readonly users: Spread; readonly items: Spread };
  /** The modalities. */
  readonly modalities: readonly ModalitySummary[];
}

/**
 * Counts what a dataset has.
 *
 * @param dataset The dataset.
 * @example
 * ```ts
 * import { summarise } from "./dataset_summary.ts";
 * import { readDataset } from "./folder.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * summarise(dataset).degrees.users.min; // 5
 * ```
 */
export function summarise(dataset: Dataset): DatasetSummary {
  const { users, items, train, valid, test, modalities } = dataset;
  const splits = {
    train: train.users.length,
    valid: valid.users.length,
    test: test.users.length,
  };
  const interactions = splits.train + splits.valid + splits.test;
  const rows = [train, valid, test];
  const without = (side: keyof Interactions, count: number) =>
    degreesOf([train], side, count).filter((degree) => degree === 0).length;
  return {
    ...{ users, items, interactions, density: interactions / (users * items), splits },
    withoutTrainRow: { users: without("users", users), items: without("items", items) },
    degrees: {
      users: spreadOf(degreesOf(rows, "users", users)),
      items: spreadOf(degreesOf(rows, "items", items)),
    },
    modalities: modalities.map(summariseModality),
  };
}

/**
 * How many rows each user or each item has.
 *
 * @param rows Rows of some splits.
 * @param side Whose.
 * @param count How many users or items there are.
 * @example
 * ```ts
 * import { degreesOf } from "./dataset_summary.ts";
 * const train = { users: Uint32Array.of(0, 0), items: Uint32Array.of(1, 2) };
 * degreesOf([train], "items", 3); // [0, 1, 1]
 * ```
 */
export function degreesOf(
  rows: readonly Interactions[],
  side: keyof Interactions,
  count: number,
): Uint32Array {
  const degrees = new Uint32Array(count);
  for (const { [side]: indices } of rows) for (const index of indices) degrees[index]++;
  return degrees;
}

function spreadOf(counts: Uint32Array): Spread {
  const sorted = counts.toSorted();
  const middle = (sorted.length - 1) / 2;
  return {
    min: sorted[0],
    median: (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2,
    mean: sorted.reduce((sum, count) => sum + count, 0) / sorted.length,
    max: sorted[sorted.length - 1],
  };
}

function summariseModality({ name, rows, columns, values }: Modality): ModalitySummary {
  let zeroItems = 0;
  for (let row = 0; row < rows; row++) {
    const features = values.subarray(row * columns, (row + 1) * columns);
    if (features.every((value) => value === 0)) zeroItems++;
  }
  return { name, columns, zeroItems };
}
