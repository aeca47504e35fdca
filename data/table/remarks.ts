/**
 * What is odd about a table that can be read all the same: how often it occurs, and where first.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import { counted } from "../counts.ts";

/** Something odd. */
export type RemarkKind =
  | "repeatedHeader"
  | "byteOrderMark"
  | "looseQuote"
  | "rowsInQuotes"
  | "spaces";

/** In order of their weight. */
const sentences: Readonly<Record<RemarkKind, (count: string, line: number) => Message>> = {
  repeatedHeader: (count, line) =>
    `Left out: ${count} repeating the column names, as in joined files (line ${line})`,
  byteOrderMark: (count, line) =>
    `Left out: a byte-order mark before ${count}, as in joined files (line ${line})`,
  looseQuote: (count, line) => ({ setting }) =>
    `A quotation mark that quotes nothing is read as part of its field: ${count}, the first on ` +
    `line ${line} (${setting("quote", "double")} reads it as CSV does)`,
  rowsInQuotes: (count, line) => ({ setting }) =>
    `A pair of quotation marks joins lines that would be rows of their own into one row: ${count}, the ` +
    `first on line ${line}. If the marks quote nothing, add ${setting("quote", "none")}`,
  spaces: () => "Spaces around fields are left out, as the first line has them after delimiters",
};

/** Takes note of what is odd. */
export class Remarks {
  readonly #found = new Map<RemarkKind, { count: number; readonly line: number }>();

  /**
   * Counts an occurrence.
   *
   * @param kind What is odd.
   * @param line The line of the table on which it is.
   * @example
   * ```ts
   * import { Remarks } from "./remarks.ts";
   * const remarks = new Remarks();
   * remarks.note("byteOrderMark", 4);
   * remarks.texts(); // ["Left out: a byte-order mark before 1 row, as in joined files (line 4)"]
   * ```
   */
  note(kind: RemarkKind, line: number): void {
    const found = this.#found.get(kind);
    if (found === undefined) this.#found.set(kind, { count: 1, line });
    else found.count++;
  }

  /** A sentence for each kind that occurred, with its count and the first line. */
  texts(): Message[] {
    return (Object.keys(sentences) as RemarkKind[]).flatMap((kind) => {
      const found = this.#found.get(kind);
      if (found === undefined) return [];
      return [sentences[kind](counted(found.count, "row"), found.line)];
    });
  }
}
