/**
 * The ids of a column of interactions, numbered as they come.
 *
 * @module
 */
import type { TableRow } from "../table/table.ts";
import { IdTable } from "./id_table.ts";

/** Numbers ids; those that a table has numbered itself are looked up once each. */
export class OwnIds {
  /** The ids. */
  readonly table: IdTable = new IdTable();
  #distinct: { readonly length: number } | undefined;
  /** The index of each distinct id, plus one; 0 while it is not known. */
  #known = new Uint32Array(0);

  /**
   * The index of a row's id.
   *
   * @param row The row.
   * @param column Its column of ids.
   */
  indexIn(row: TableRow, column: number): number {
    const distinct = row.distinct?.[column];
    if (distinct === undefined) {
      return this.table.intern(row.bytes, row.start[column], row.end[column]);
    }
    if (distinct !== this.#distinct) {
      this.#distinct = distinct;
      this.#known = new Uint32Array(distinct.length);
    }
    const code = row.codes![column];
    const known = this.#known[code];
    if (known > 0) return known - 1;
    const index = this.table.intern(row.bytes, row.start[column], row.end[column]);
    this.#known[code] = index + 1;
    return index;
  }
}
