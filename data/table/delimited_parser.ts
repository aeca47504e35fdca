/**
 * CSV and its kin as tables: a first line of names, and as many fields in each row.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import { DelimitedRows, mostColumns } from "./delimited_rows.ts";
import {
  type DelimitedForm,
  delimiterBytes,
  type TableCounts,
  type TableParser,
  type TableRow,
  type TableSink,
} from "./table.ts";

const quote = 34;
const lineFeed = 10;

const formats = new Map<number | undefined, string>([
  [delimiterBytes.tab, "TSV"],
  [delimiterBytes.comma, "CSV"],
  [delimiterBytes.semicolon, "CSV with semicolons"],
  [delimiterBytes.bar, "CSV with vertical bars"],
]);

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
  const counts = new Map<number, number>(Object.values(delimiterBytes).map((byte) => [byte, 0]));
  let quoted = false;
  for (const byte of bytes) {
    if (byte === quote) quoted = !quoted;
    if (quoted) continue;
    if (byte === lineFeed) break;
    const count = counts.get(byte);
    if (count !== undefined) counts.set(byte, count + 1);
  }
  let best: number = delimiterBytes.comma;
  for (const [byte, count] of counts) if (count > counts.get(best)!) best = byte;
  return best;
}

/** Reads rows between delimiters. */
export class DelimitedParser implements TableParser {
  readonly #name: string;
  readonly #form: DelimitedForm;
  readonly #sink: TableSink;
  readonly #counts: TableCounts;
  readonly #rows: DelimitedRows;
  #columns: readonly string[] | undefined;

  /**
   * Makes the parser.
   *
   * @param name Where the table comes from, for messages.
   * @param form How its fields are parted.
   * @param sink What takes the rows.
   * @param counts Where they are counted.
   */
  constructor(name: string, form: DelimitedForm, sink: TableSink, counts: TableCounts) {
    this.#name = name;
    this.#form = form;
    this.#sink = sink;
    this.#counts = counts;
    this.#rows = new DelimitedRows(
      name,
      form,
      mostColumns,
      (row, columns, lastLine) => this.#take(row, columns, lastLine),
    );
  }

  /** See {@linkcode TableParser}. */
  get line(): number {
    return this.#rows.line;
  }

  /** See {@linkcode TableParser}. */
  parse(bytes: Uint8Array, from: number, to: number): number {
    const done = this.#rows.parse(bytes, from, to);
    this.#counts.blankLines = this.#rows.blankLines;
    return done;
  }

  /** See {@linkcode TableParser}. */
  unfinished(): DataError {
    return this.#rows.unfinished();
  }

  #take(row: TableRow, columns: number, lastLine: number): void {
    if (this.#columns === undefined) this.#readHeader(row, columns);
    else if (columns !== this.#columns.length) {
      throw this.#ragged(this.#columns, columns, row.line, lastLine);
    } else {
      this.#counts.rows++;
      this.#sink.row(row);
    }
  }

  #readHeader({ bytes, start, end, line }: TableRow, columns: number): void {
    if (columns > mostColumns) {
      throw new DataError(
        `Cannot read "${this.#name}": found ${columns} columns, expected at most ${mostColumns}`,
        "Write a table with a row for each interaction or item, or vectors as a .npy file",
      );
    }
    const decoder = new TextDecoder();
    const names = Array.from(
      { length: columns },
      (_, c) => decoder.decode(bytes.subarray(start[c], end[c])).trim(),
    );
    if (names.some((name) => name.includes("\r"))) {
      throw new DataError(
        `Cannot read "${this.#name}": lines end in carriage returns alone, expected line feeds`,
        "Convert it: tr '\\r' '\\n' < FILE > CONVERTED",
      );
    }
    this.#columns = names;
    this.#sink.columns(names, formats.get(this.#form.delimiter) ?? "text", line);
  }

  #ragged(
    columns: readonly string[],
    found: number,
    line: number,
    lastLine: number,
  ): DataError {
    const place = lastLine > line ? `lines ${line} to ${lastLine} have` : `line ${line} has`;
    const names = columns.slice(0, 8).map((name) => excerpt(name)).concat(
      columns.length > 8 ? ["…"] : [],
    );
    return new DataError(
      `Cannot read "${this.#name}": ${place} ${found} field${found === 1 ? "" : "s"}, expected ` +
        `${columns.length} (${names.join(", ")})`,
      found > columns.length && this.#form.quoted
        ? "Put fields that hold the delimiter between double quotes"
        : "Give each row as many fields as the first line has names; was the file cut off?",
    );
  }
}
