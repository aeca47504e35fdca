/**
 * Rows that dense products are taken with, of tables that are cut by columns (gpu/column_slices.ts).
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import { gather, rowList } from "../../shaders/gather/gather.ts";
import type { TableRows } from "../model.ts";

/**
 * Rows with all their columns side by side: a copy of them where their table is cut, and as they are otherwise.
 *
 * @param program The program.
 * @param rows The rows, few enough for a binding.
 */
export function wholeRows(program: Program, rows: TableRows): TableRows {
  const { table, firstRow, rows: count } = rows;
  if (table.sliceColumns === undefined) return rows;
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  const list = rowList(program, "all rows", count, all);
  return { table: gather(program, table, list, firstRow), firstRow: 0, rows: count };
}
