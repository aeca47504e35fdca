/**
 * CSV and its kin (RFC 4180) on bytes: fields between delimiters, quoted where they hold one.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import type { TableParser, TableRow, TableSink } from "./table_reader.ts";

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
/** Columns of the widest table that is read. */
const mostColumns = 1 << 16;

const delimiters = [
  { byte: 9, name: "TSV" },
  { byte: 44, name: "CSV" },
  { byte: 59, name: "CSV with semicolons" },
  { byte: 124, name: "CSV with vertical bars" },
];

/**
 * The delimiter of a table: of tab, comma, semicolon and vertical bar the one that the first line
 * holds most often outside quotes; the comma where it holds none.
 *
 * @param bytes The table, or its beginning.
 * @returns The byte.
 * @example
 * ```ts
 * import { guessDelimiter } from "./delimited_parser.ts";
 * guessDelimiter(new TextEncoder().encode("user;item\n")); // 59
 * ```
 */
export function guessDelimiter(bytes: Uint8Array): number {
  const counts = new Map(delimiters.map(({ byte }) => [byte, 0]));
  let quoted = false;
  for (const byte of bytes) {
    if (byte === quote) quoted = !quoted;
    if (quoted) continue;
    if (byte === lineFeed) break;
    const count = counts.get(byte);
    if (count !== undefined) counts.set(byte, count + 1);
  }
  let best = 44;
  for (const [byte, count] of counts) if (count > counts.get(best)!) best = byte;
  return best;
}

/** Reads rows between delimiters. */
export class DelimitedParser implements TableParser {
  line = 1;
  readonly #name: string;
  readonly #delimiter: number;
  readonly #sink: TableSink;
  readonly #size: { rows: number; blankLines: number };
  readonly #row: TableRow;
  #columns: readonly string[] | undefined;
  /** Columns of the current row that hold doubled quotes. */
  #escaped: number[] = [];

  /**
   * Makes the parser.
   *
   * @param name Where the table comes from, for messages.
   * @param delimiter The byte between two fields.
   * @param sink What takes the rows.
   * @param size Where they are counted.
   */
  constructor(
    name: string,
    delimiter: number,
    sink: TableSink,
    size: { rows: number; blankLines: number },
  ) {
    this.#name = name;
    this.#delimiter = delimiter;
    this.#sink = sink;
    this.#size = size;
    const bytes = new Uint8Array(0);
    const start = new Int32Array(mostColumns);
    this.#row = { bytes, start, end: new Int32Array(mostColumns), line: 1 };
  }

  /** See {@linkcode TableParser}. */
  parse(bytes: Uint8Array, from: number, to: number): number {
    const delimiter = this.#delimiter;
    const row = this.#row;
    const { start, end } = row;
    row.bytes = bytes;
    let at = from;
    while (at < to) {
      const first = at;
      if (bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed)) {
        at += bytes[at] === lineFeed ? 1 : 2;
        this.#size.blankLines++;
        this.line++;
        continue;
      }
      let column = 0;
      let lines = 0;
      for (let ended = false; !ended; column++) {
        const open = at;
        let close: number;
        if (bytes[at] === quote) {
          at++;
          let escaped = false;
          for (;; at++) {
            // The region ends in a line feed, within the quotes: the rest of the row is to come.
            if (at >= to) {
              this.#escaped.length = 0;
              return first;
            }
            const byte = bytes[at];
            if (byte === lineFeed) lines++;
            else if (byte === quote) {
              if (bytes[at + 1] !== quote) break;
              escaped = true;
              at++;
            }
          }
          close = at++;
          if (escaped) this.#escaped.push(column);
          if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at++;
          if (bytes[at] !== delimiter && bytes[at] !== lineFeed) throw this.#textAfterQuote(lines);
          start[column] = open + 1;
        } else {
          let byte = bytes[at];
          while (byte !== delimiter && byte !== lineFeed) byte = bytes[++at];
          close = at;
          if (byte === lineFeed && close > open && bytes[close - 1] === carriageReturn) close--;
          start[column] = open;
        }
        end[column] = close;
        ended = bytes[at++] === lineFeed;
      }
      row.line = this.line;
      if (this.#escaped.length > 0) this.#unescape();
      if (this.#columns === undefined) this.#readHeader(column);
      else if (column !== this.#columns.length) throw this.#ragged(column, lines);
      else {
        this.#size.rows++;
        this.#sink.row(row);
      }
      this.line += lines + 1;
    }
    return at;
  }

  /** See {@linkcode TableParser}. */
  unfinished(): DataError {
    return new DataError(
      `Cannot read "${this.#name}": line ${this.line} opens a quote that is not closed`,
      "Close it, or double each quote that is part of a quoted field",
    );
  }

  /** Only once a row is whole: an unfinished one is read again from its beginning. */
  #unescape(): void {
    const { bytes, start, end } = this.#row;
    for (const column of this.#escaped) {
      let to = start[column];
      for (let from = to; from < end[column]; from++) {
        bytes[to++] = bytes[from];
        if (bytes[from] === quote) from++;
      }
      end[column] = to;
    }
    this.#escaped.length = 0;
  }

  #readHeader(columns: number): void {
    if (columns > mostColumns) {
      throw new DataError(
        `Cannot read "${this.#name}": found ${columns} columns, expected at most ${mostColumns}`,
        "Write a table with a row for each interaction or item, or vectors as a .npy file",
      );
    }
    const { bytes, start, end } = this.#row;
    const decoder = new TextDecoder();
    const names = Array.from(
      { length: columns },
      (_, c) => decoder.decode(bytes.subarray(start[c], end[c])).trim(),
    );
    if (names.some((name) => name.includes("\r"))) {
      throw new DataError(
        `Cannot read "${this.#name}": lines end in carriage returns alone, expected line feeds`,
        "Convert it: tr '\\r' '\\n' < FILE | deno task preprocess …",
      );
    }
    this.#columns = names;
    const format = delimiters.find(({ byte }) => byte === this.#delimiter)!.name;
    this.#sink.columns(names, format);
  }

  #ragged(found: number, lines: number): DataError {
    const columns = this.#columns!;
    const { line } = this.#row;
    const place = lines > 0 ? `lines ${line} to ${line + lines} have` : `line ${line} has`;
    const names = columns.length > 8 ? [...columns.slice(0, 8), "…"] : columns;
    return new DataError(
      `Cannot read "${this.#name}": ${place} ${found} field${found === 1 ? "" : "s"}, expected ` +
        `${columns.length} (${names.join(", ")})`,
      found > columns.length
        ? "Put fields that hold the delimiter between double quotes"
        : "Give each row as many fields as the first line has names; was the file cut off?",
    );
  }

  #textAfterQuote(lines: number): DataError {
    return new DataError(
      `Cannot read "${this.#name}": line ${this.line + lines} has text after a closing quote`,
      "Double each quote that is part of a quoted field",
    );
  }
}
