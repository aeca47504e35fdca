/**
 * Rows of delimited fields (RFC 4180) in bytes: where each field begins and ends, and on which line.
 *
 * Libraries were measured first: with ids looked up `@std/csv` reads 12 MB/s, and udsv 0.7.3 reads
 * 20 MB/s and joins rows that have too few or too many fields without a word (bench/RESULTS.md).
 *
 * @module
 */
import { DataError, type Message } from "../../errors.ts";
import { quotesField, rowsInLines } from "./loose_quotes.ts";
import { orNoQuotes } from "./ragged_row.ts";
import type { Remarks } from "./remarks.ts";
import type { DelimitedForm, TableRow } from "./table.ts";

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const tab = 9;

/** Columns of the widest row whose fields are kept. */
export const mostColumns: number = 1 << 16;

/** What stands for a byte that no text holds. */
const noByte = -1;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Reads rows, whatever they mean. */
export class DelimitedRows {
  /** The line on which the next row begins. */
  line = 1;
  /** Lines with nothing on them; they are passed over. */
  blankLines = 0;
  /** How many fields a row has to have; 0 while that is not known. */
  width = 0;
  /** Whether nothing follows the text. */
  atEnd = false;
  readonly #name: string;
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #padded: boolean;
  readonly #trimmed: boolean;
  readonly #loose: boolean;
  readonly #remarks: Remarks | undefined;
  readonly #take: (row: TableRow, columns: number, lastLine: number) => void;
  readonly #row: TableRow;
  /** Columns of the current row that hold doubled quotes. */
  #escaped: number[] = [];

  /**
   * Makes the reader.
   *
   * @param name Where the rows come from, for messages.
   * @param form How fields are parted.
   * @param columns How many fields are kept of a row at most.
   * @param take Takes each row with the number of its fields, which may be larger, and its last line.
   * @example
   * ```ts
   * import { DelimitedRows } from "./delimited_rows.ts";
   * const bytes = new TextEncoder().encode('a,"b\nc"\n');
   * const form = { delimiter: 44, quoted: true };
   * const counts: number[] = [];
   * new DelimitedRows("x.csv", form, 8, (_, columns) => counts.push(columns))
   *   .parse(bytes, 0, bytes.length); // counts is [2]
   * ```
   */
  constructor(
    name: string,
    form: DelimitedForm,
    columns: number,
    take: (row: TableRow, columns: number, lastLine: number) => void,
  ) {
    this.#name = name;
    this.#delimiter = form.delimiter ?? noByte;
    this.#quote = form.quoted ? quote : noByte;
    this.#padded = form.padded ?? false;
    this.#trimmed = form.trimmed ?? false;
    this.#loose = form.loose ?? false;
    this.#remarks = form.remarks;
    this.#take = take;
    const [start, end] = [new Int32Array(columns), new Int32Array(columns)];
    this.#row = { bytes: new Uint8Array(0), start, end, line: 1 };
  }

  /**
   * Reads whole rows of `bytes[from..to)`, which ends after a line feed. Doubled quotes are made single
   * where they lie.
   *
   * @param bytes The text in UTF-8.
   * @param from The first byte.
   * @param to The byte behind the last line feed.
   * @returns Where the first row begins that is not whole yet.
   * @throws {DataError} Text follows a closing quote.
   */
  parse(bytes: Uint8Array, from: number, to: number): number {
    const delimiter = this.#delimiter;
    const opening = this.#quote;
    const padded = this.#padded;
    const trimmed = this.#trimmed;
    const marks = this.#remarks === undefined ? noByte : byteOrderMark[0];
    const row = this.#row;
    const { start, end } = row;
    row.bytes = bytes;
    let at = from;
    while (at < to) {
      const first = at;
      let marked = false;
      if (bytes[at] === marks && byteOrderMark.every((byte, n) => bytes[first + n] === byte)) {
        marked = true;
        at += byteOrderMark.length;
      }
      if (bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed)) {
        at += bytes[at] === lineFeed ? 1 : 2;
        this.blankLines++;
        this.line++;
        continue;
      }
      let column = 0;
      let lines = 0;
      let loose = 0;
      for (let ended = false; !ended; column++) {
        const open = at;
        let close: number;
        if (padded) at = behindPadding(bytes, at, opening);
        let quoted = bytes[at] === opening;
        if (quoted && this.#loose) {
          const verdict = quotesField(bytes, first, at, to, this);
          // Whether it quotes is told by the next line, which is to come.
          if (verdict === undefined) return this.#again(first);
          quoted = verdict;
          loose += Number(!verdict);
        }
        if (quoted) {
          start[column] = ++at;
          let escaped = false;
          for (;; at++) {
            // The region ends in a line feed, within the quotes: the rest of the row is to come.
            if (at >= to) return this.#again(first);
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
          if (padded) { while (bytes[at] === space || bytes[at] === tab) at++; }
          if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at++;
          if (bytes[at] !== delimiter && bytes[at] !== lineFeed) throw this.#textAfterQuote(lines);
        } else {
          let byte = bytes[at];
          while (byte !== delimiter && byte !== lineFeed) byte = bytes[++at];
          close = at;
          if (byte === lineFeed && close > open && bytes[close - 1] === carriageReturn) close--;
          start[column] = open;
          if (trimmed) {
            while (close > open && isSpace(bytes[close - 1])) close--;
            while (start[column] < close && isSpace(bytes[start[column]])) start[column]++;
          }
        }
        end[column] = close;
        ended = bytes[at++] === lineFeed;
      }
      row.line = this.line;
      if (lines + loose > 0 || marked) this.#remark(bytes, first, at, lines, loose, marked);
      if (this.#escaped.length > 0) this.#unescape();
      this.#take(row, column, this.line + lines);
      this.line += lines + 1;
    }
    return at;
  }

  /** What an end of the text inside a row means. */
  unfinished(): DataError {
    return new DataError(
      `Cannot read "${this.#name}": line ${this.line} opens a quote that is not closed`,
      this.#orNone("Close it, or double each quote that is part of a quoted field"),
    );
  }

  #again(first: number): number {
    this.#escaped.length = 0;
    return first;
  }

  #remark(
    bytes: Uint8Array,
    from: number,
    to: number,
    lines: number,
    loose: number,
    marked: boolean,
  ): void {
    if (marked) this.#remarks?.note("byteOrderMark", this.line);
    if (loose > 0) this.#remarks?.note("looseQuote", this.line);
    if (this.width > 1 && lines > 0 && rowsInLines(bytes, from, to, this)) {
      this.#remarks?.note("rowsInQuotes", this.line);
    }
  }

  /** The byte between two fields; −1 where a line is one field. */
  get delimiter(): number {
    return this.#delimiter;
  }

  #orNone(nextStep: string): Message {
    return this.#remarks === undefined ? nextStep : orNoQuotes(nextStep);
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

  #textAfterQuote(lines: number): DataError {
    return new DataError(
      `Cannot read "${this.#name}": line ${this.line + lines} has text after a closing quote`,
      this.#orNone("Double each quote that is part of a quoted field"),
    );
  }
}

/**
 * Whether a field stood between quotes.
 *
 * @param row The row.
 * @param column Its column.
 */
export function wasQuoted({ bytes, start }: TableRow, column: number): boolean {
  // What is before a field without quotes is a delimiter, a line feed, a space or nothing.
  return bytes[start[column] - 1] === quote;
}

function isSpace(byte: number): boolean {
  return byte === space || byte === tab;
}

/** The quote behind spaces and tabs; where there is none, the place itself. */
function behindPadding(bytes: Uint8Array, at: number, opening: number): number {
  let next = at;
  while (bytes[next] === space || bytes[next] === tab) next++;
  return bytes[next] === opening ? next : at;
}
