/**
 * Reads tables of any size: CSV, TSV and NDJSON by stream, as bytes, a row at a time.
 *
 * @module
 */
import { isUtf8 } from "node:buffer";
import { DataError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import type { ByteSource } from "./byte_source.ts";
import { DelimitedParser, guessDelimiter } from "./delimited_parser.ts";
import { JsonLinesParser } from "./json_lines_parser.ts";
import type { DelimitedForm, TableCounts, TableParser, TableSink } from "./table.ts";

/** How much was read. */
export interface TableSize extends Readonly<TableCounts> {
  /** Whether the last line ends in a line feed; that of a table that was cut off mostly does not. */
  readonly lastLineEnds: boolean;
}

/** A longer row is one with a quote that is never closed. */
const longestRow = 1 << 24;
const lineFeed = 10;

/** A table that is of one form and no other. */
export interface KnownForm extends DelimitedForm {
  /** What to do about a table without rows. */
  readonly nextStep: string;
}

/**
 * Reads a table; the format is told by its first line, unless it is known.
 *
 * A byte-order mark, CRLF line ends, quoted fields with line feeds and blank lines are accepted.
 *
 * @param source Where it is read from.
 * @param sink What takes it.
 * @param known The form that it has to have.
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
  source: ByteSource,
  sink: TableSink,
  known?: KnownForm,
): Promise<TableSize> {
  let buffer: Uint8Array = new Uint8Array(1 << 20);
  let filled = 0;
  let checked = 0;
  let parser: TableParser | undefined;
  const size = { rows: 0, blankLines: 0, lastLineEnds: true };
  const parseTo = (end: number) => {
    const fresh = buffer.subarray(checked, end);
    if (!isUtf8(fresh)) throw badText(source.name, fresh, buffer.subarray(0, checked), parser);
    checked = end;
    let from = 0;
    if (parser === undefined) {
      if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) from = 3;
      parser = createParser(source.name, buffer.subarray(from, end), sink, size, known);
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
  if (filled > 0 && parser !== undefined) throw parser.unfinished();
  if (parser === undefined || size.rows === 0) {
    throw new DataError(
      `Cannot read "${source.name}": found ${
        parser === undefined ? "nothing at all" : "a header and no rows"
      }`,
      known !== undefined
        ? known.nextStep
        : source.name === "stdin"
        ? "Check that the command before the pipe succeeds and prints its table"
        : "Give a table with the names of its columns in the first line",
    );
  }
  return size;
}

function createParser(
  name: string,
  bytes: Uint8Array,
  sink: TableSink,
  counts: TableCounts,
  known: DelimitedForm | undefined,
): TableParser {
  if (known !== undefined) return new DelimitedParser(name, known, sink, counts);
  const firstVisible = bytes.find((byte) => byte > 32);
  if (firstVisible === 0x7b) return new JsonLinesParser(name, sink, counts);
  return new DelimitedParser(
    name,
    { delimiter: guessDelimiter(bytes), quoted: true },
    sink,
    counts,
  );
}

function lineTooLong(name: string, line: number): DataError {
  return new DataError(
    `Cannot read "${name}": line ${line} is longer than ${longestRow} bytes`,
    "Check that it is a text file with one row a line",
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
