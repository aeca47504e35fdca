/**
 * What the columns of Parquet and Arrow hold, in the terms of both.
 *
 * @module
 */

/** Parts of a second that a time counts. */
export type PerSecond = 1 | 1000 | 1000000 | 1000000000;

/** What a value is, and so how it is written as text. */
export type ColumnKind =
  | { readonly is: "integer" | "unsigned" | "boolean" }
  | { readonly is: "half" | "float" | "double" }
  | { readonly is: "text" | "uuid" | "nothing" | "int96" }
  /** Days since 1970 (1), or as many parts of one. */
  | { readonly is: "date"; readonly perDay: 1 | 86400000 }
  | { readonly is: "timestamp"; readonly perSecond: PerSecond; readonly hasZone: boolean }
  | { readonly is: "clock"; readonly perSecond: PerSecond }
  | { readonly is: "decimal"; readonly scale: number; readonly littleEndian: boolean };

/** A column. */
export interface TypedColumn {
  /** Its name. */
  readonly name: string;
  /** What its values are, or the values of its lists; nothing where it cannot be read. */
  readonly kind?: ColumnKind;
  /** Whether each row has a list. */
  readonly isList: boolean;
  /** What it is, in a word or two: `text`, `a struct`. */
  readonly what: string;
}

/** Values as they are stored: numbers, or pieces of bytes. */
export type StoredValues =
  | { readonly numbers: NumberArray }
  | { readonly bytes: Uint8Array; readonly start: Int32Array; readonly end: Int32Array };

/** Numbers of any width. */
export type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** What a kind is called, where it is one of texts and numbers. */
const words: Readonly<Record<ColumnKind["is"], string>> = {
  integer: "integers",
  unsigned: "integers",
  half: "floating-point numbers",
  float: "floating-point numbers",
  double: "floating-point numbers",
  decimal: "decimal numbers",
  boolean: "booleans",
  text: "text",
  uuid: "text",
  nothing: "nothing",
  int96: "times",
  timestamp: "times",
  date: "dates",
  clock: "times of day",
};

/**
 * What a column holds, for people to read.
 *
 * @param kind What its values are.
 * @param isList Whether each row has a list.
 * @example
 * ```ts
 * import { kindText } from "./column_kind.ts";
 * kindText({ is: "float" }, true); // "lists of floating-point numbers"
 * ```
 */
export function kindText({ is }: ColumnKind, isList: boolean): string {
  return isList ? `lists of ${words[is]}` : words[is];
}
