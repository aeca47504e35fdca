/**
 * Blocks of columns of tables.
 *
 * @module
 */
import type { Tensor } from "../../gpu/tensor.ts";

/** Some columns of a table. */
export interface TableBlock {
  /** The table. */
  readonly table: Tensor;
  /** The first column. */
  readonly column: number;
  /** How many. */
  readonly columns: number;
}

/**
 * A block as it is, or all columns of a table.
 *
 * @param part A table, or some columns of it.
 */
export function blockOf(part: Tensor | TableBlock): TableBlock {
  return "table" in part ? part : { table: part, column: 0, columns: part.columns };
}
