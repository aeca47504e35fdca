/**
 * What can be counted of the features of items: who has none, and what says nothing new.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";
import { varyingColumns } from "../../data/ingest/constant_columns.ts";

/** Counts of a modality. */
export interface FeatureFacts {
  /** Columns that are the same for all items that have features. */
  readonly constantColumns: number;
  /** Columns that vary, and are the same as one before them for all items that have features. */
  readonly repeatedColumns: number;
  /** Items with features that are the same as those of one before them. */
  readonly repeatedItems: number;
}

/**
 * Counts.
 *
 * @param modality The features, as they are in their file.
 * @param present Whether each item has some: neither zeros alone nor the mean of all.
 * @example
 * ```ts
 * import { featureFacts } from "./feature_facts.ts";
 * const values = new Float32Array([1, 5, 1, 2, 5, 2, 1, 5, 1]);
 * featureFacts({ name: "image", rows: 3, columns: 3, values }, new Uint8Array([1, 1, 1]));
 * // { constantColumns: 1, repeatedColumns: 1, repeatedItems: 1 }
 * ```
 */
export function featureFacts(
  { rows, columns, values }: Modality,
  present: Uint8Array,
): FeatureFacts {
  const varies = varyingColumns(values, columns, present);
  const items = Uint32Array.from({ length: rows }, (_, item) => item).filter((item) =>
    present[item]
  );
  const varying = Uint32Array.from({ length: columns }, (_, c) => c).filter((c) => varies[c]);
  return {
    constantColumns: columns - varying.length,
    repeatedColumns: repeats(varying, items, (c, item) => values[item * columns + c]),
    repeatedItems: repeats(items, varying, (item, c) => values[item * columns + c]),
  };
}

/** How many vectors are the same as one before them: looked for among those that have the same hash. */
function repeats(
  vectors: Uint32Array,
  entries: Uint32Array,
  at: (vector: number, entry: number) => number,
): number {
  const byHash = new Map<number, number[]>();
  let repeated = 0;
  for (const vector of vectors) {
    let hash = 0;
    for (const entry of entries) hash = Math.imul(hash ^ bitsOf(at(vector, entry)), 0x01000193);
    const alike = byHash.get(hash) ?? [];
    if (alike.length === 0) byHash.set(hash, alike);
    if (alike.some((one) => entries.every((entry) => at(one, entry) === at(vector, entry)))) {
      repeated++;
    } else alike.push(vector);
  }
  return repeated;
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The bits of a number, its upper ones mixed into the lower ones; those of −0 are those of 0. */
function bitsOf(value: number): number {
  float[0] = value + 0;
  return bits[0] ^ (bits[0] >>> 15);
}
