/**
 * CSV and its kin as tables: a first line of names, and as many fields in each row.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import { DelimitedRows, mostColumns } from "./delimited_rows.ts";
import { raggedReason } from "./ragged_row.ts";
import { RepeatedHeader } from "./repeated_header.ts";
import {
  type DelimitedForm,
  delimiterBytes,
  type TableCounts,
  type TableParser,
  type TableRow,
  type TableSink,
} from "./table.ts";

const formats = new Map<number | undefined, string>([
  [delimiterBytes.tab, "TSV"],
  [delimiterBytes.comma, "CSV"],
  [delimiterBytes.semicolon, "CSV with semicolons"],
  [delimiterBytes.bar, "CSV with vertical bars"],
]);

/** Reads rows between delimiters. */
export class DelimitedParser implements TableParser {
  readonly #name: string;
  readonly #form: DelimitedForm;
  readonly #sink: TableSink;
  readonly #counts: TableCounts;
  readonly #rows: DelimitedRows;
  readonly #header = new RepeatedHeader();
  #columns: readonly string[] | undefined;

  /**
   * Makes the parser.
   *
   * @param name Where the table comes from, for messages.
   * @param form How its fields are parted.
   * @param sink What takes the rows.
   * @param counts Where they are counted.
   * @param line The line on which the names of the columns are.
   */
  constructor(name: string, form: DelimitedForm, sink: TableSink, counts: TableCounts, line = 1) {
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
    this.#rows.line = line;
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
  finish(bytes: Uint8Array, to: number): void {
    this.#rows.atEnd = true;
    if (this.parse(bytes, 0, to) < to) throw this.unfinished();
  }

  /** See {@linkcode TableParser}. */
  unfinished(): DataError {
    return this.#rows.unfinished();
  }

  #take(row: TableRow, columns: number, lastLine: number): void {
    if (this.#columns === undefined) this.#readHeader(row, columns);
    else if (columns !== this.#columns.length) {
      throw this.#ragged(this.#columns, columns, row, lastLine);
    } else if (this.#header.isRepeatedBy(row)) {
      this.#form.remarks?.note("repeatedHeader", row.line);
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
    this.#rows.width = columns;
    if (this.#form.remarks !== undefined) this.#header.keep(bytes, start, end, columns);
    this.#sink.columns(names, formats.get(this.#form.delimiter) ?? "text", line);
  }

  #ragged(
    columns: readonly string[],
    found: number,
    row: TableRow,
    lastLine: number,
  ): DataError {
    const { line } = row;
    const place = lastLine > line ? `lines ${line} to ${lastLine} have` : `line ${line} has`;
    const names = columns.slice(0, 8).map((text) => excerpt(text));
    if (columns.length > 8) names.push("…");
    const { what = "", nextStep } = raggedReason(row, found, columns, this.#form);
    return new DataError(
      `Cannot read "${this.#name}": ${place} ${found} field${found === 1 ? "" : "s"}, expected ` +
        `${columns.length} (${names.join(", ")})${what}`,
      nextStep,
    );
  }
}
