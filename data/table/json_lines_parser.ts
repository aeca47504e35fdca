/**
 * NDJSON: one JSON object a line. The columns are the keys of the first one.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import type { TableCounts, TableParser, TableRow, TableSink } from "./table.ts";

const lineFeed = 10;

/** Reads objects; a key that is missing or null gives an empty field. */
export class JsonLinesParser implements TableParser {
  line = 1;
  readonly #name: string;
  readonly #sink: TableSink;
  readonly #counts: TableCounts;
  readonly #decoder = new TextDecoder();
  readonly #encoder = new TextEncoder();
  #row: TableRow | undefined;
  #columns: readonly string[] = [];
  #wanted: readonly number[] = [];

  /**
   * Makes the parser.
   *
   * @param name Where the table comes from, for messages.
   * @param sink What takes the rows.
   * @param counts Where they are counted.
   */
  constructor(name: string, sink: TableSink, counts: TableCounts) {
    this.#name = name;
    this.#sink = sink;
    this.#counts = counts;
  }

  /** See {@linkcode TableParser}. */
  parse(bytes: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; this.line++) {
      const end = bytes.indexOf(lineFeed, at);
      const text = this.#decoder.decode(bytes.subarray(at, end));
      at = end + 1;
      if (text.trim() === "") this.#counts.blankLines++;
      else this.#readRow(this.#parse(text));
    }
    return to;
  }

  /** See {@linkcode TableParser}; no row of this format goes over a line's end. */
  unfinished(): DataError {
    return this.#malformed("is cut off");
  }

  #parse(text: string): Record<string, unknown> {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw this.#malformed(
        `is no JSON (${excerpt((error as Error).message, 100)})`,
      );
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw this.#malformed("is no JSON object");
    }
    return value as Record<string, unknown>;
  }

  #readRow(object: Record<string, unknown>): void {
    if (this.#row === undefined) {
      this.#columns = Object.keys(object);
      this.#wanted = this.#sink.columns(this.#columns, "NDJSON", this.line);
      const [start, end] = [0, 1].map(() => new Int32Array(this.#columns.length));
      this.#row = { bytes: new Uint8Array(1 << 10), start, end, line: 1 };
    }
    const row = this.#row;
    let filled = 0;
    for (const column of this.#wanted) {
      const text = this.#fieldText(object, this.#columns[column]);
      if (row.bytes.length - filled < 3 * text.length) {
        const larger = new Uint8Array(2 * row.bytes.length + 3 * text.length);
        larger.set(row.bytes);
        row.bytes = larger;
      }
      row.start[column] = filled;
      filled += this.#encoder.encodeInto(text, row.bytes.subarray(filled)).written;
      row.end[column] = filled;
    }
    row.line = this.line;
    this.#counts.rows++;
    this.#sink.row(row);
  }

  #fieldText(object: Record<string, unknown>, key: string): string {
    const value = Object.hasOwn(object, key) ? object[key] : null;
    if (value === null) return "";
    // Numbers of more than 15 digits, as some systems' ids are, would be rounded without a word.
    if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw this.#malformed(
        `has "${excerpt(key)}" with a number too large for JSON to hold exactly`,
      );
    }
    if (typeof value === "object") {
      // A list of words or of numbers reads as one text.
      if (Array.isArray(value) && value.every((entry) => typeof entry !== "object")) {
        return value.join(" ");
      }
      throw this.#malformed(`has "${excerpt(key)}" with an object, expected text or a number`);
    }
    return String(value);
  }

  #malformed(what: string): DataError {
    return new DataError(
      `Cannot read "${this.#name}": line ${this.line} ${what}`,
      "Write one JSON object a line, with ids as text",
    );
  }
}
