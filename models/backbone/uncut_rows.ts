/**
 * Rows that dense products are taken with, of tables that are cut by columns (gpu/column_slices.ts).
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import { sliceRows } from "../../shaders/columns/columns.ts";
import type { TableRows } from "../model.ts";

/**
 * Rows with all their columns side by side: a copy of them where their table is cut, and as they are otherwise.
 *
 * @param program The program.
 * @param of The rows, few enough for a binding.
 */
export function uncutRows(program: Program, of: TableRows): TableRows {
  const { table, firstRow, rows } = of;
  if (table.sliceColumns === undefined) return of;
  return { table: sliceRows(program, table, firstRow, rows), firstRow: 0, rows };
}
