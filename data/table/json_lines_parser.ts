/**
 * NDJSON: one JSON object per line. The columns are the keys of the first objects.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import { repeatedKey } from "../repeated_key.ts";
import type { TableCounts, TableParser, TableRow, TableSink } from "./table.ts";

const lineFeed = 10;

/** So many objects are read before the columns are told: the first may lack what later ones have. */
export const objectsWithKeys = 1000;

/** An object, and its line. */
interface HeldObject {
  readonly object: Record<string, unknown>;
  readonly line: number;
}

/** Reads objects; a key that is missing or null gives an empty field. */
export class JsonLinesParser implements TableParser {
  line = 1;
  readonly #name: string;
  readonly #sink: TableSink;
  readonly #counts: TableCounts;
  readonly #decoder = new TextDecoder();
  readonly #encoder = new TextEncoder();
  #held: HeldObject[] = [];
  #known: ReadonlySet<string> = new Set();
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
      else this.#take({ object: this.#parse(text), line: this.line });
    }
    return to;
  }

  /** See {@linkcode TableParser}. */
  finish(): void {
    if (this.#row === undefined) this.#releaseHeld();
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
      const reason = error instanceof Error ? error.message : String(error);
      throw this.#malformed(`is not JSON (${excerpt(reason, 100)})`);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw this.#malformed("is not a JSON object");
    }
    // There is a colon behind each key: a look at each letter is for lines that have others.
    const repeated = hasMore(text, ":", Object.keys(value).length) ? repeatedKey(text) : undefined;
    if (repeated !== undefined) throw this.#malformed(`has "${excerpt(repeated)}" twice`);
    return value as Record<string, unknown>;
  }

  #take(held: HeldObject): void {
    if (this.#row !== undefined) return this.#readRow(held, this.#row);
    this.#held.push(held);
    if (this.#held.length === objectsWithKeys) this.#releaseHeld();
  }

  #releaseHeld(): void {
    if (this.#held.length === 0) return;
    this.#known = new Set(this.#held.flatMap(({ object }) => Object.keys(object)));
    this.#columns = [...this.#known];
    this.#wanted = this.#sink.columns(this.#columns, "NDJSON", this.#held[0].line);
    const [start, end] = [0, 1].map(() => new Int32Array(this.#columns.length));
    const row = this.#row = { bytes: new Uint8Array(1 << 10), start, end, line: 1 };
    for (const held of this.#held) this.#readRow(held, row);
    this.#held = [];
  }

  #readRow({ object, line }: HeldObject, row: TableRow): void {
    if (this.#sink.lateColumn !== undefined) {
      for (const key in object) {
        if (!this.#known.has(key)) this.#sink.lateColumn(key, `line ${line}`);
      }
    }
    let filled = 0;
    for (const column of this.#wanted) {
      const text = this.#fieldText(object, column, line);
      // Written as UTF-8, all halves of pairs would be the same letter.
      if (!text.isWellFormed()) {
        throw this.#malformed(
          `has "${excerpt(this.#columns[column])}" with half of a pair of surrogates`,
          line,
        );
      }
      if (row.bytes.length - filled < 3 * text.length) {
        const larger = new Uint8Array(2 * row.bytes.length + 3 * text.length);
        larger.set(row.bytes);
        row.bytes = larger;
      }
      row.start[column] = filled;
      filled += this.#encoder.encodeInto(text, row.bytes.subarray(filled)).written;
      row.end[column] = filled;
    }
    row.line = line;
    this.#counts.rows++;
    this.#sink.row(row);
  }

  #fieldText(object: Record<string, unknown>, column: number, line: number): string {
    const key = this.#columns[column];
    const value = Object.hasOwn(object, key) ? object[key] : null;
    if (value === null) return "";
    const isGlance = this.#sink.glances?.includes(column) ?? false;
    // Numbers of more than 15 digits, as some systems' ids are, would be rounded without a word.
    if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      if (isGlance) return "";
      throw this.#malformed(
        `has "${excerpt(key)}" with a number too large for JSON to hold exactly`,
        line,
      );
    }
    if (typeof value === "object") {
      const isFlat = Array.isArray(value) && value.every((entry) => typeof entry !== "object");
      // A list of words or of numbers reads as one text.
      if (isFlat && !this.#sink.refusesLists) return value.join(" ");
      if (isGlance) return "";
      if (this.#sink.keepsObjects) return this.#json(value, key, line);
      throw this.#nested(value, key, line);
    }
    return String(value);
  }

  #json(value: object, key: string, line: number): string {
    try {
      return JSON.stringify(value);
    } catch {
      // It takes a stack frame for each level.
      throw this.#malformed(`has "${excerpt(key)}" with objects nested too deeply`, line);
    }
  }

  /** A list or an object where a field has to be one value. */
  #nested(value: object, key: string, line: number): DataError {
    const has = `has "${excerpt(key)}" with`;
    const field = /^[\w .:-]+$/.test(key) ? `."${key}"` : ".FIELD";
    if (!Array.isArray(value)) {
      return this.#malformed(
        `${has} an object, expected text or a number`,
        line,
        `Put one of its values in its place: jq -c '${field} |= .KEY' FILE > FILE.ndjson`,
      );
    }
    if (this.#sink.refusesLists) {
      return this.#malformed(
        `${has} a list, expected text or a number`,
        line,
        `Write a line for each of its entries: jq -c '${field} = ${field}[]' FILE > FILE.ndjson`,
      );
    }
    return this.#malformed(
      `${has} a list with ${
        value.includes(null) ? "null" : "a list or an object"
      } in it, expected ` +
        "numbers or texts alone",
      line,
      "Leave the field out where it is not complete",
    );
  }

  #malformed(what: string, line = this.line, nextStep?: string): DataError {
    return new DataError(
      `Cannot read "${this.#name}": line ${line} ${what}`,
      nextStep ??
        "Write one JSON object per line, with ids as text: jq -c . FILE > FILE.ndjson for objects over " +
          'several lines; in pandas to_json("FILE.ndjson", orient="records", lines=True)',
    );
  }
}

/** Whether a text has a letter more often than so many times. */
function hasMore(text: string, letter: string, times: number): boolean {
  let at = -1;
  for (let count = 0; count <= times; count++) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
