/**
 * A table as its readers hand it on: a row at a time, in bytes.
 *
 * @module
 */
import type { DataError } from "../../errors.ts";
import type { Remarks } from "./remarks.ts";

/** One row: the field of column c is `bytes[start[c]]` to `bytes[end[c]−1]`, in UTF-8. */
export interface TableRow {
  /** Where the fields lie; valid until the sink returns. */
  bytes: Uint8Array;
  /** Where each field begins. */
  start: Int32Array;
  /** Where each field ends; the same as `start` for an empty or an absent one. */
  end: Int32Array;
  /** The line of the file on which the row begins, or the row's number, counted from 1. */
  line: number;
  /**
   * Of each column whose fields are known to be some of a few distinct ones, which of these the field is;
   * the others have any number.
   */
  codes?: Int32Array;
  /** How many distinct ones there are, in an object that is another one where they are others. */
  distinct?: ({ readonly length: number } | undefined)[];
  /** Says where a row is, by its line, where that is more than a line. */
  place?: (line: number) => string;
}

/**
 * Where a row is, for messages: `line 7`, `row 7 (row group 1)`, `line 7 of "b.csv"`.
 *
 * @param row The row.
 * @example
 * ```ts
 * import { placeOf } from "./table.ts";
 * placeOf({ line: 7 }); // "line 7"
 * ```
 */
export function placeOf({ line, place }: Pick<TableRow, "line" | "place">): string {
  return place?.(line) ?? `line ${line}`;
}

/**
 * `on line 7`, or `in row 7`.
 *
 * @param place Where a row is, as {@linkcode placeOf} says it.
 * @example
 * ```ts
 * import { atPlace } from "./table.ts";
 * atPlace("line 7"); // "on line 7"
 * ```
 */
export function atPlace(place: string): string {
  return `${place.startsWith("line") ? "on" : "in"} ${place}`;
}

/**
 * Whether the columns of a table are not named by its first line, which joined files repeat.
 *
 * @param format What the table is.
 */
export function hasNoHeader(format: string): boolean {
  return format === "NDJSON" || format === "Parquet" || format === "Arrow";
}

/** Takes a table. */
export interface TableSink {
  /**
   * Takes the names of the columns, before any row.
   *
   * @param names The names.
   * @param format What the table is, for people to read.
   * @param line The line that they are on.
   * @returns The columns whose fields it wants; those of others may be left out.
   */
  columns(names: readonly string[], format: string, line: number): readonly number[];
  /**
   * Those of the columns it wants whose fields are looked at and no more: what cannot be read there
   * is empty.
   */
  readonly glances?: readonly number[];
  /** Those of the columns it wants that are ids: numbers there have to be exact. */
  readonly ids?: readonly number[];
  /** Whether an object within a field is read as its JSON; otherwise it is an error. */
  readonly keepsObjects?: boolean;
  /** Whether a list of JSON is refused; else it reads as one text, its parts with spaces between. */
  readonly refusesLists?: boolean;
  /** Takes what each column holds, such as `integers`, where the file says so; after their names. */
  kinds?(kinds: readonly string[]): void;
  /** Takes the name of a column that rows have from a place on, in words, and that was not among the names. */
  lateColumn?(name: string, place: string): void;
  /** Takes a row; the object is used again for the next one. */
  row(row: TableRow): void;
}

/** Counts what a parser has read. */
export interface TableCounts {
  /** Rows, without the header and blank lines. */
  rows: number;
  /** Lines with nothing on them, which are passed over. */
  blankLines: number;
}

/** What reads the rows of one format. */
export interface TableParser {
  /**
   * Reads whole rows of `bytes[from..to)`, which ends after a line feed.
   *
   * @returns Where the first row begins that is not whole yet.
   */
  parse(bytes: Uint8Array, from: number, to: number): number;
  /**
   * Takes the rest, `bytes[0..to)`, when the table is at its end.
   *
   * @throws {DataError} It ends inside a row.
   */
  finish(bytes: Uint8Array, to: number): void;
  /** The line on which the next row begins. */
  readonly line: number;
  /** What an end of the file inside a row means. */
  unfinished(): DataError;
}

/** The form of a table of delimited fields, where it is known beforehand. */
export interface DelimitedForm {
  /** The byte between two fields; nothing where a line is one field. */
  readonly delimiter?: number;
  /** Whether a field may stand between double quotes. */
  readonly quoted: boolean;
  /** Whether spaces and tabs may stand around such quotes. */
  readonly padded?: boolean;
  /** Whether spaces and tabs around a field without quotes are no part of it. */
  readonly trimmed?: boolean;
  /**
   * Whether a quotation mark stands for itself where it does not quote: in TSV, of which most
   * programs write fields as they are.
   */
  readonly loose?: boolean;
  /**
   * Takes note of what is odd in a table that another program wrote, and that is mended on the way;
   * where it is missing, everything is taken as it stands.
   */
  readonly remarks?: Remarks;
}

/** What quotation marks mean: as the format is guessed to have it, as in CSV, or nothing. */
export type QuoteRule = "guess" | "double" | "none";

/** The bytes that part the fields of common formats. */
export const delimiterBytes = { tab: 9, comma: 44, semicolon: 59, bar: 124 } as const;

// A field may begin with U+FEFF, which a decoder would take for a byte-order mark.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The text of a field.
 *
 * @param row A row.
 * @param column Its place.
 * @example
 * ```ts
 * import { fieldText } from "./table.ts";
 * const [start, end] = [new Int32Array([0]), new Int32Array([2])];
 * fieldText({ bytes: new TextEncoder().encode("ab,c"), start, end, line: 1 }, 0); // "ab"
 * ```
 */
export function fieldText(row: TableRow, column: number): string {
  return decoder.decode(row.bytes.subarray(row.start[column], row.end[column]));
}
