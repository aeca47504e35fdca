/**
 * Parts of a score that are pairs, as a matrix of the user's parts and the item's.
 *
 * @module
 */
import type { BreakdownPart } from "./explanation.ts";

/** A matrix with the names of its rows and columns. */
export interface PairMatrix {
  /** The parts of the user, from above. */
  readonly rows: readonly string[];
  /** The parts of the item, from the left. */
  readonly columns: readonly string[];
  /** A row a part of the user. */
  readonly values: readonly (readonly number[])[];
}

/**
 * The matrix of parts.
 *
 * @param parts Each pair once.
 * @returns Nothing where they are no pairs.
 * @example
 * ```ts
 * import { pairMatrix } from "./pair_matrix.ts";
 * pairMatrix([{ name: "low × high", user: "low", item: "high", value: 2 }])?.values; // [[2]]
 * pairMatrix([{ name: "image", value: 2 }]); // undefined
 * ```
 */
export function pairMatrix(parts: readonly BreakdownPart[]): PairMatrix | undefined {
  if (parts.some(({ user, item }) => user === undefined || item === undefined)) return undefined;
  const rows = [...new Set(parts.map(({ user }) => user!))];
  const columns = [...new Set(parts.map(({ item }) => item!))];
  const valueOf = (row: string, column: string) =>
    parts.find(({ user, item }) => user === row && item === column)!.value;
  return { rows, columns, values: rows.map((row) => columns.map((name) => valueOf(row, name))) };
}
