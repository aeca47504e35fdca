/**
 * Lists of ids as people write them: a file with one a line, or a row with commas between.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { readTextStream } from "./regular_file.ts";
import { DelimitedRows, wasQuoted } from "./table/delimited_rows.ts";
import { type DelimitedForm, delimiterBytes, fieldText } from "./table/table.ts";

/** A list of millions of users is smaller. */
export const mostListBytes: number = 1 << 28;

/** An id of a list. */
export interface ListedId {
  /** The id. */
  readonly id: string;
  /** Its place for messages, such as `line 3` or `item 2`. */
  readonly place: string;
}

/**
 * Reads a list of ids, one a line; see {@linkcode parseIdLines}.
 *
 * @param path A file, or `-` for stdin.
 * @returns Each id once, in the order of its first line.
 * @throws {DataError} The file cannot be read, names nothing, or has a quote that does not end.
 */
export async function readIdLines(path: string): Promise<ListedId[]> {
  const text = await readTextStream(path, mostListBytes);
  return parseIdLines(text, path === "-" ? "stdin" : path);
}

/**
 * The ids of a text, one a line.
 *
 * A line is an id as it stands, commas and all; a line that begins with a quotation mark is a quoted
 * field of CSV, for ids with line breaks or with quotation marks in front. Blank lines do not count.
 *
 * @param text The text.
 * @param source Where it comes from, for messages.
 * @returns Each id once, in the order of its first line.
 * @throws {DataError} It names nothing, or a quote does not end.
 * @example
 * ```ts
 * import { parseIdLines } from "./id_list.ts";
 * parseIdLines('anna\n"the ""b"""\n', "users.txt").map(({ id }) => id); // ["anna", 'the "b"']
 * ```
 */
export function parseIdLines(text: string, source: string): ListedId[] {
  const found = new Map<string, ListedId>();
  for (const { id, line } of fields(text, { quoted: true, padded: true }, source)) {
    if (id.trim() !== "" && !found.has(id)) found.set(id, { id, place: `line ${line}` });
  }
  if (found.size === 0) {
    throw new DataError(`Cannot read "${source}": found no ids`, "Write one id per line");
  }
  return [...found.values()];
}

/**
 * The ids of a row with commas between them; an id with a comma, or with a quotation mark in front,
 * is quoted as in CSV.
 *
 * @param text The row.
 * @param source Where it comes from, for messages.
 * @returns Each id once.
 * @throws {DataError} It names nothing, or a quote does not end.
 * @example
 * ```ts
 * import { parseIdRow } from "./id_list.ts";
 * parseIdRow('B001EYH3AG,"a,b"', "history").map(({ id }) => id); // ["B001EYH3AG", "a,b"]
 * ```
 */
export function parseIdRow(text: string, source: string): ListedId[] {
  const found = new Map<string, ListedId>();
  const form = { delimiter: delimiterBytes.comma, quoted: true, padded: true };
  for (const [n, { id: field, quoted }] of fields(text, form, source).entries()) {
    // Space after a comma is a matter of taste; within quotes it is meant.
    const id = quoted ? field : field.trim();
    if (id !== "" && !found.has(id)) found.set(id, { id, place: `item ${n + 1}` });
  }
  if (found.size === 0) {
    throw new DataError(
      `Cannot read "${source}": found no ids`,
      "Write for example: item1,item2",
    );
  }
  return [...found.values()];
}

/** A line or a part of a row. */
interface Field {
  readonly id: string;
  readonly quoted: boolean;
  readonly line: number;
}

function fields(text: string, form: DelimitedForm, source: string): Field[] {
  const found: Field[] = [];
  // A byte-order mark is no part of the first id.
  const bytes = new TextEncoder().encode(`${text.replace(/^\uFEFF/, "")}\n`);
  const mostColumns = form.delimiter === undefined ? 1 : bytes.length;
  const rows = new DelimitedRows(source, form, mostColumns, (row, columns) => {
    for (let column = 0; column < columns; column++) {
      found.push({ id: fieldText(row, column), quoted: wasQuoted(row, column), line: row.line });
    }
  });
  if (rows.parse(bytes, 0, bytes.length) < bytes.length) throw rows.unfinished();
  return found;
}
