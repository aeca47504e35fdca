/**
 * The shop with two modalities, and an item without a train row, for tests of explanations.
 *
 * @module
 */
import type { Dataset, Interactions } from "../../data/dataset.ts";
import type { Breakdown, Explanation } from "../../explain/explanation.ts";
import { randomValues } from "../shaders/op_check.ts";
import { shop } from "../recommender/shop.ts";

/** An item without a train row, which is scored as those that its features are near to. */
export const untrained = 17;

/** A user without a train row. */
export const cold = 5;

const modality = (name: string, columns: number) => ({
  ...{ name, rows: shop.items, columns },
  values: randomValues(shop.items * columns, columns),
});

/** The dataset. */
export const dataset: Dataset = {
  ...shop,
  train: without(shop.train),
  modalities: [modality("image", 12), modality("text", 8)],
};

function without({ users, items }: Interactions): Interactions {
  const rows = [...items.keys()].filter((row) => items[row] !== untrained && users[row] !== cold);
  const part = (all: Uint32Array) => Uint32Array.from(rows, (row) => all[row]);
  return { users: part(users), items: part(items) };
}

/** The sum of the parts of a breakdown. */
export function sumOf({ parts }: Breakdown): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

/** The sum over the items that a user took, with what it leaves over. */
export function sumOfItems({ own }: Explanation): number {
  const { parts, others, base, remainder } = own!;
  return parts.reduce((sum, { value }) => sum + value, 0) + others.value + base + remainder;
}
