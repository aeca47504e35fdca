/**
 * Lists of rows on the device, for the ops that take them.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { RowLists } from "../../shaders/sparse_row_sum/sparse_row_sum.ts";

/** Uploads lists. */
export function uploadLists(program: Program, lists: readonly number[][]): RowLists {
  const start = new Uint32Array(lists.length + 1);
  lists.forEach((list, p) => start[p + 1] = start[p] + list.length);
  const rows = Uint32Array.from(lists.flat());
  return {
    count: lists.length,
    start: program.buffer("list starts", start.byteLength, start),
    rows: program.buffer("lists", rows.byteLength, rows),
  };
}

/** Lists of some of the rows each: every third is empty, every third has about all. */
export function randomLists(count: number, rows: number, next: () => number): number[][] {
  const all = Array.from({ length: rows }, (_, row) => row);
  return Array.from({ length: count }, (_, p) => all.filter(() => next() < p % 3 / 2));
}
