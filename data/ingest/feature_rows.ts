/**
 * Rows of features, matched with the items of a dataset.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import type { Fingerprint } from "../table/byte_source.ts";

/** Features by item of the dataset; those of items without any are 0. */
export interface FeatureRows {
  /** `items×columns`, row-major. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Number of columns. */
  readonly columns: number;
  /** 1 for each item that has features, else 0. */
  readonly present: Uint8Array;
  /** Rows that are of no item of the dataset. */
  readonly unknown: number;
  /** The files that were read. */
  readonly sources: readonly Fingerprint[];
  /** How rows were matched with items, in a few words. */
  readonly rowsAre: string;
  /** What its columns are called; `undefined` where they have no names. */
  readonly columnsAre?: string;
  /** What is odd about them and was read all the same, a sentence each. */
  readonly remarks: readonly Message[];
  /** How an encoder has made them; `undefined` where it is not known that one has. */
  readonly encoding?: Readonly<Record<string, unknown>>;
}

/**
 * Room for the features of a number of items.
 *
 * @param items Number of items.
 * @param columns Number of columns.
 * @example
 * ```ts
 * import { emptyFeatureRows } from "./feature_rows.ts";
 * emptyFeatureRows(2, 3).values.length; // 6
 * ```
 */
export function emptyFeatureRows(
  items: number,
  columns: number,
): Pick<FeatureRows, "values" | "columns" | "present"> {
  return { values: new Float32Array(items * columns), columns, present: new Uint8Array(items) };
}
