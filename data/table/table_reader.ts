/**
 * Reads tables of any size: CSV, TSV and NDJSON by stream, as bytes, a row at a time.
 *
 * @module
 */
import { isUtf8 } from "node:buffer";
import { DataError, type Message } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import { DelimitedParser } from "./delimited_parser.ts";
import { guessForm } from "./guess_form.ts";
import { JsonLinesParser } from "./json_lines_parser.ts";
import { Remarks } from "./remarks.ts";
import type { DelimitedForm, QuoteRule, TableCounts, TableParser, TableSink } from "./table.ts";

/** How much was read. */
export interface TableSize extends Readonly<TableCounts> {
  /** Whether the last line ends in a line feed; that of a table that was cut off mostly does not. */
  readonly lastLineEnds: boolean;
  /** What is odd about it, a sentence each. */
  readonly remarks: readonly Message[];
}

/** A longer row is one with a quote that is never closed. */
const longestRow = 1 << 24;
const lineFeed = 10;

/** What a table is read from: a `ByteSource`, or bytes that are in memory. */
export interface TableSource {
  /** Its name, for messages. */
  readonly name: string;
  /** The bytes; a block is valid until the next one is asked for. */
  blocks(): AsyncIterable<Uint8Array>;
}

/** A table that is of one form and no other. */
export interface KnownForm extends DelimitedForm {
  /** What to do about a table without rows. */
  readonly nextStep: string;
}

/**
 * Reads a table; the format is told by its first line, unless it is known.
 *
 * A byte-order mark, CRLF line ends, quoted fields with line feeds and blank lines are accepted. What
 * is mended on the way in a table whose form is guessed is in the remarks.
 *
 * @param source Where it is read from.
 * @param sink What takes it.
 * @param form The form that it has to have, or what quotation marks mean in one that is guessed.
 * @throws {DataError} A row has too few or too many fields, a quote is not closed, or the text is no
 * UTF-8; the message names the line. Whatever the sink throws.
 * @example
 * ```ts
 * import { ByteSource } from "./byte_source.ts";
 * import { readTable } from "./table_reader.ts";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "user,item\na,b\n");
 * const sink = { columns: () => [0], row: () => {} };
 * (await readTable(new ByteSource(path), sink)).rows; // 1
 * ```
 */
export async function readTable(
  source: TableSource,
  sink: TableSink,
  form: KnownForm | QuoteRule = "guess",
): Promise<TableSize> {
  const size = await readRows(source, sink, form);
  if (size.rows === 0) throw noRows(source.name, form);
  return size;
}

/**
 * Reads a table that may have no rows, as one file of many; see {@linkcode readTable}.
 *
 * @param source Where it is read from.
 * @param sink What takes it.
 * @param form The form that it has to have, or what quotation marks mean in one that is guessed.
 * @throws {DataError} It is malformed, or has no names of columns either.
 */
export async function readRows(
  source: TableSource,
  sink: TableSink,
  form: KnownForm | QuoteRule = "guess",
): Promise<TableSize> {
  let buffer: Uint8Array = new Uint8Array(1 << 20);
  let filled = 0;
  let checked = 0;
  let parser: TableParser | undefined;
  const size = { rows: 0, blankLines: 0, lastLineEnds: true };
  const remarks = new Remarks();
  const parseTo = (end: number) => {
    const fresh = buffer.subarray(checked, end);
    if (!isUtf8(fresh)) throw badText(source.name, fresh, buffer.subarray(0, checked), parser);
    checked = end;
    let from = 0;
    if (parser === undefined) {
      if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) from = 3;
      const made = createParser(source.name, buffer.subarray(from, end), sink, size, form, remarks);
      parser = made.parser;
      from += made.skipped;
    }
    const done = parser.parse(buffer, from, end);
    buffer.copyWithin(0, done, filled);
    filled -= done;
    checked -= done;
    if (filled > longestRow) throw parser.unfinished();
  };
  for await (const block of source.blocks()) {
    if (filled + block.length + 1 > buffer.length) {
      const larger = new Uint8Array(2 * (filled + block.length + 1));
      larger.set(buffer.subarray(0, filled));
      buffer = larger;
    }
    buffer.set(block, filled);
    const last = block.lastIndexOf(lineFeed);
    filled += block.length;
    if (last >= 0) parseTo(filled - block.length + last + 1);
    else if (filled > longestRow) throw lineTooLong(source.name, parser?.line ?? 1);
  }
  if (filled > 0 && buffer[filled - 1] !== lineFeed) {
    size.lastLineEnds = false;
    if (filled === buffer.length) {
      const larger = new Uint8Array(filled + 1);
      larger.set(buffer);
      buffer = larger;
    }
    buffer[filled++] = lineFeed;
    parseTo(filled);
  }
  parser?.finish(buffer, filled);
  if (parser === undefined) throw noRows(source.name, form, "nothing at all");
  return { ...size, remarks: remarks.texts() };
}

/**
 * The error for a table without rows.
 *
 * @param name Where it comes from.
 * @param form The form that it has to have, where that is known.
 * @param found What it has.
 */
export function noRows(
  name: string,
  form: KnownForm | QuoteRule = "guess",
  found = "a header and no rows",
): DataError {
  return new DataError(
    `Cannot read "${name}": found ${found}`,
    typeof form !== "string"
      ? form.nextStep
      : name === "stdin"
      ? "Check that the command before the pipe succeeds and prints its table"
      : "Give a table with the names of its columns in the first line, and rows below it",
  );
}

/** The parser, and how many bytes are before the table. */
function createParser(
  name: string,
  bytes: Uint8Array,
  sink: TableSink,
  counts: TableCounts,
  form: KnownForm | QuoteRule,
  remarks: Remarks,
): { parser: TableParser; skipped: number } {
  if (typeof form !== "string") {
    return { parser: new DelimitedParser(name, form, sink, counts), skipped: 0 };
  }
  const visible = bytes.subarray(0, 1 << 10).filter((byte) => byte > 32);
  if (visible[0] === 0x7b) return { parser: new JsonLinesParser(name, sink, counts), skipped: 0 };
  if (visible[0] === 0x5b && (visible[1] === 0x7b || visible[1] === 0x5d)) {
    throw new DataError(
      `Cannot read "${name}": found a JSON array, expected one JSON object per line (NDJSON)`,
      "Convert it: jq -c '.[]' FILE > FILE.ndjson, or in pandas " +
        'to_json("FILE.ndjson", orient="records", lines=True)',
    );
  }
  if (visible[0] === 0x5b && (visible[1] === 0x5b || visible[1] === 0x22)) {
    const each = visible[1] === 0x5b ? ".[] | " : "";
    throw new DataError(
      `Cannot read "${name}": found JSON arrays whose values have no names, expected one JSON object ` +
        "a line (NDJSON)",
      `Name them: jq -c '${each}{user: .[0], item: .[1]}' FILE > FILE.ndjson; a ` +
        "list of ids has one a line: jq -r '.[]' FILE",
    );
  }
  const guessed = guessForm(bytes, form, remarks);
  const line = guessed.skipped > 0 ? 2 : 1;
  return {
    parser: new DelimitedParser(name, guessed.form, sink, counts, line),
    skipped: guessed.skipped,
  };
}

function lineTooLong(name: string, line: number): DataError {
  return new DataError(
    `Cannot read "${name}": line ${line} is longer than ${longestRow} bytes`,
    "Check that it is a text file with one row per line",
  );
}

/** Finds the line with the malformed bytes, which only an error needs. */
function badText(
  name: string,
  bytes: Uint8Array,
  before: Uint8Array,
  parser: TableParser | undefined,
): DataError {
  let line = parser?.line ?? 1;
  for (const byte of before) if (byte === lineFeed) line++;
  let start = 0;
  let end = bytes.indexOf(lineFeed) + 1;
  while (isUtf8(bytes.subarray(start, end))) {
    line++;
    start = end;
    end = bytes.indexOf(lineFeed, start) + 1;
  }
  const text = new TextDecoder().decode(bytes.subarray(start, end)).trimEnd();
  return new DataError(
    `Cannot read "${name}": line ${line} is not UTF-8: "${excerpt(text)}"`,
    "Convert the file, for example: iconv -f LATIN1 -t UTF-8 FILE > CONVERTED",
  );
}
