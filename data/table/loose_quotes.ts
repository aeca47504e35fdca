/**
 * Whether a quotation mark at the beginning of a field quotes it.
 *
 * CSV says that it does. Most programs write TSV without quotes, though, as texts seldom hold tabs;
 * then a lone mark would swallow rows up to the next one.
 *
 * @module
 */
const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/** What is known of the rows. */
interface RowShape {
  /** How many fields a row has to have; 0 while that is not known. */
  readonly width: number;
  /** The byte between two fields. */
  readonly delimiter: number;
  /** Whether nothing follows the text. */
  readonly atEnd: boolean;
}

/**
 * Whether the quotation mark that begins a field quotes it. It does where it is closed before the
 * next delimiter of its line. Where it is not closed in its line, it does unless this line and the
 * next one both are rows by themselves.
 *
 * @param bytes The text.
 * @param first Where the row begins.
 * @param at The mark.
 * @param to Behind the last line that is whole.
 * @param shape What is known of the rows.
 * @returns `undefined` where the next line is yet to come.
 * @example
 * ```ts
 * import { quotesField } from "./loose_quotes.ts";
 * const bytes = new TextEncoder().encode('a\t"nike air\nb\tblue\n');
 * const shape = { width: 2, delimiter: 9, atEnd: false };
 * quotesField(bytes, 0, 2, bytes.length, shape); // false
 * ```
 */
export function quotesField(
  bytes: Uint8Array,
  first: number,
  at: number,
  to: number,
  shape: RowShape,
): boolean | undefined {
  for (let n = at + 1; n < to && bytes[n] !== lineFeed; n++) {
    if (bytes[n] !== quote) continue;
    if (bytes[++n] === quote) continue;
    return bytes[n] === shape.delimiter || bytes[n] === lineFeed ||
      (bytes[n] === carriageReturn && bytes[n + 1] === lineFeed);
  }
  if (shape.width === 0 || fieldsOfLine(bytes, first, shape.delimiter) !== shape.width) return true;
  let next = bytes.indexOf(lineFeed, at) + 1;
  while (next < to && (bytes[next] === lineFeed || bytes[next] === carriageReturn)) next++;
  if (next >= to) return shape.atEnd ? false : undefined;
  return fieldsOfLine(bytes, next, shape.delimiter) !== shape.width;
}

/**
 * Whether each line of a row that goes over several would be a row by itself.
 *
 * @param bytes The text.
 * @param from Where the row begins.
 * @param to Behind its last line.
 * @param shape What is known of the rows.
 */
export function rowsInLines(
  bytes: Uint8Array,
  from: number,
  to: number,
  shape: Pick<RowShape, "width" | "delimiter">,
): boolean {
  for (let at = from; at < to; at = bytes.indexOf(lineFeed, at) + 1) {
    if (fieldsOfLine(bytes, at, shape.delimiter) !== shape.width) return false;
  }
  return true;
}

function fieldsOfLine(bytes: Uint8Array, from: number, delimiter: number): number {
  let fields = 1;
  for (let at = from; bytes[at] !== lineFeed; at++) if (bytes[at] === delimiter) fields++;
  return fields;
}
