/**
 * Lists of ids as people write them: a file with one a line, or a row with commas between.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { readFailure } from "./file_failure.ts";

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
  let text: string;
  try {
    text = path === "-"
      ? await new Response(Deno.stdin.readable).text()
      : await Deno.readTextFile(path);
  } catch (error) {
    throw readFailure(path, error);
  }
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
  let line = 1;
  for (const { id, written } of fields(text, "\n")) {
    const place = `line ${line}`;
    refuseOpenQuote(id, written, source, place);
    if (id.trim() !== "" && !found.has(id)) found.set(id, { id, place });
    line += written.split("\n").length;
  }
  if (found.size === 0) {
    throw new DataError(`Cannot read "${source}": it names nothing`, "Write one id a line");
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
 * parseIdRow('B001EYH3AG,"a,b"', "--history").map(({ id }) => id); // ["B001EYH3AG", "a,b"]
 * ```
 */
export function parseIdRow(text: string, source: string): ListedId[] {
  const found = new Map<string, ListedId>();
  let number = 1;
  for (const { id: field, written } of fields(text, ",")) {
    const place = `item ${number++}`;
    refuseOpenQuote(field, written, source, place);
    // Space after a comma is a matter of taste; within quotes it is meant.
    const id = field === written ? field.trim() : field;
    if (id !== "" && !found.has(id)) found.set(id, { id, place });
  }
  if (found.size === 0) {
    throw new DataError(
      `Cannot read "${source}": it names nothing`,
      "Write for example: item1,item2",
    );
  }
  return [...found.values()];
}

/** A line or a part of a row. */
interface Field {
  /** As it is meant: without the quotes. */
  readonly id: string;
  /** As it is written. */
  readonly written: string;
}

function* fields(text: string, separator: "\n" | ","): Generator<Field> {
  const quoted = separator === "\n"
    ? /([ \t]*"([^"]*(?:""[^"]*)*)"[ \t]*\r?)(?:\n|$)/y
    : /(\s*"([^"]*(?:""[^"]*)*)"\s*)(?:,|$)/y;
  // A byte order mark is no part of the first id.
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    quoted.lastIndex = at;
    const match = quoted.exec(text);
    if (match !== null) {
      yield { id: match[2].replaceAll('""', '"'), written: match[1] };
      at = quoted.lastIndex;
      continue;
    }
    const next = text.indexOf(separator, at);
    const end = next === -1 ? text.length : next;
    const written = text.slice(at, end).replace(/\r$/, "");
    yield { id: written, written };
    at = end + 1;
  }
}

function refuseOpenQuote(id: string, written: string, source: string, place: string): void {
  if (id !== written || !id.trimStart().startsWith('"')) return;
  throw new DataError(
    `Cannot read "${source}": ${place} is ${id.trim()}, expected a quotation mark at its end`,
    'Quote the id, with the quotation marks within it twice: "the ""best"""',
  );
}
