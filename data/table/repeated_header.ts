/**
 * Rows that are the names of the columns once more, as files that were joined have them.
 *
 * @module
 */
import type { TableRow } from "./table.ts";

/** Knows the names of the columns as they are written. */
export class RepeatedHeader {
  #fields: readonly Uint8Array[] = [];
  /** −1 where nothing is known, which no field has. */
  #firstLength = -1;
  #firstByte = 0;

  /**
   * Keeps the fields of the first row. A table of one column has no header to tell from a row.
   *
   * @param bytes Holds them.
   * @param start Where each begins.
   * @param end Where each ends.
   * @param columns How many there are.
   */
  keep(bytes: Uint8Array, start: Int32Array, end: Int32Array, columns: number): void {
    if (columns < 2) return;
    this.#fields = Array.from({ length: columns }, (_, c) => bytes.slice(start[c], end[c]));
    this.#firstLength = this.#fields[0].length;
    this.#firstByte = this.#fields[0][0];
  }

  /**
   * Whether each field of a row is the name of its column.
   *
   * @param row The row.
   */
  isRepeatedBy({ bytes, start, end }: TableRow): boolean {
    // Of a long table nearly all rows are told here.
    if (end[0] - start[0] !== this.#firstLength) return false;
    if (this.#firstLength > 0 && bytes[start[0]] !== this.#firstByte) return false;
    return this.#fields.every((field, column) =>
      field.length === end[column] - start[column] &&
      field.every((byte, n) => bytes[start[column] + n] === byte)
    );
  }
}
