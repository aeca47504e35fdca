/**
 * Rows from the texts of their columns, which come in pieces of any length.
 *
 * @module
 */
import { DataError } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import type { TableCounts, TableRow, TableSink } from "../table.ts";
import type { TypedColumn } from "./column_kind.ts";
import { copyBytes, Damage, noTexts, type Texts } from "./texts.ts";
import type { TextOptions } from "./value_texts.ts";

/** A column, where it is in the table, and how it is read. */
export interface WantedColumn<Column extends TypedColumn> {
  /** The column. */
  readonly column: Column;
  /** Its place among those that the sink was told of. */
  readonly place: number;
  /** How its values are written. */
  readonly options: TextOptions;
}

/** What is read of a table. */
export interface ChosenColumns<Column extends TypedColumn> {
  /** The columns that are read. */
  readonly wanted: readonly WantedColumn<Column>[];
  /** How many the sink was told of. */
  readonly count: number;
  /** What is to be said of them, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Tells a sink of the columns, and takes which of them it wants.
 *
 * @param name Where the table comes from, for messages.
 * @param columns All columns.
 * @param sink The sink.
 * @param format What the table is.
 * @throws {DataError} It wants one that cannot be read, or lists that it cannot take.
 */
export function chooseColumns<Column extends TypedColumn>(
  name: string,
  columns: readonly Column[],
  sink: TableSink,
  format: string,
): ChosenColumns<Column> {
  const hidden = sink.keepsObjects ? columns.filter(({ kind }) => kind === undefined) : [];
  const shown = columns.filter((column) => !hidden.includes(column));
  const chosen = sink.columns(shown.map((column) => column.name), format, 1);
  sink.kinds?.(shown.map(({ what }) => what));
  const readable = ({ kind, isList }: Column) =>
    kind !== undefined && !(isList && sink.refusesLists);
  const wanted = [...new Set(chosen)]
    .filter((place) => readable(shown[place]) || !sink.glances?.includes(place))
    .map((place) => {
      const column = shown[place];
      if (!readable(column)) throw unreadable(name, column, sink);
      return { column, place, options: { isId: sink.ids?.includes(place) } };
    });
  const remarks = hidden.map((column) =>
    `Left out: the column "${excerpt(column.name)}", which holds ${column.what}`
  );
  for (const { column, options } of wanted) {
    const is = column.kind?.is;
    if (options.isId && (is === "double" || is === "float")) {
      remarks.push(
        `The ids in "${excerpt(column.name)}" are floating-point numbers; whole ones are read ` +
          "without a point: 3.0 is 3",
      );
    }
  }
  return { wanted, count: shown.length, remarks };
}

function unreadable(name: string, column: TypedColumn, sink: TableSink): DataError {
  return new DataError(
    `Cannot read "${name}": the column "${excerpt(column.name)}" holds ${column.what}, expected ` +
      (sink.refusesLists ? "text or numbers" : "text, numbers, or lists of these"),
    "Name another column, or write the file again with a column of its own for each value",
  );
}

/**
 * The error for a table without columns.
 *
 * @param name Where it comes from.
 */
export function noColumns(name: string): DataError {
  return new DataError(
    `Cannot read "${name}": it has no columns`,
    "Write it again, with a user and an item, or an item and what is known of it",
  );
}

/** The texts of a column's next rows; nothing behind the last. */
export interface TextsSource {
  /** Reads them. */
  next(): Promise<Texts | undefined> | Texts | undefined;
}

/** Where a column's next text is. */
interface Cursor {
  readonly source: TextsSource;
  readonly place: number;
  texts: Texts;
  at: number;
}

/** Hands rows on to a sink. */
export class ColumnarRows {
  readonly #sink: TableSink;
  readonly #counts: TableCounts;
  readonly #row: TableRow;

  /**
   * Makes it.
   *
   * @param sink What takes them.
   * @param counts Where they are counted.
   * @param columns How many columns the sink was told of.
   * @param place Says where a row is, from its number.
   */
  constructor(
    sink: TableSink,
    counts: TableCounts,
    columns: number,
    place: (row: number) => string,
  ) {
    this.#sink = sink;
    this.#counts = counts;
    const [start, end] = [new Int32Array(columns), new Int32Array(columns)];
    const codes = new Int32Array(columns);
    const distinct = new Array<undefined>(columns).fill(undefined);
    this.#row = { bytes: new Uint8Array(1 << 10), start, end, line: 0, place, codes, distinct };
  }

  /**
   * Hands a number of rows on.
   *
   * @param columns The columns, by their place.
   * @param rows How many rows they have to have.
   * @param within Reads what may be damaged, and says in what column it is.
   * @throws {DataError} A column has more rows or fewer.
   */
  async take(
    columns: ReadonlyMap<number, TextsSource>,
    rows: number,
    within: <T>(place: number, read: () => T | Promise<T>) => Promise<T>,
  ): Promise<void> {
    const cursors = Array.from(
      columns,
      ([place, source]): Cursor => ({ source, place, texts: noTexts, at: 0 }),
    );
    for (let left = rows; left > 0;) {
      let count = left;
      for (const cursor of cursors) {
        while (cursor.at === cursor.texts.start.length) {
          cursor.at = 0;
          cursor.texts = await within(cursor.place, async () => {
            const texts = await cursor.source.next();
            if (texts === undefined) throw new Damage(`it ends ${left} rows early`);
            return texts;
          });
        }
        count = Math.min(count, cursor.texts.start.length - cursor.at);
      }
      this.#hand(cursors, count);
      left -= count;
    }
    for (const { source, place, texts, at } of cursors) {
      await within(place, async () => {
        const more = at < texts.start.length || (await source.next())?.start.length;
        if (more) throw new Damage(`it has more than the ${rows} rows of the others`);
      });
    }
  }

  #hand(cursors: readonly Cursor[], count: number): void {
    const [row, sink, columns] = [this.#row, this.#sink, cursors.length];
    const places = cursors.map(({ place }) => place);
    const texts = cursors.map((cursor) => cursor.texts);
    const firsts = cursors.map(({ at }) => at);
    const { start, end, codes } = row;
    const each = texts.map((text) => text.codes?.each);
    places.forEach((place, c) => row.distinct![place] = texts[c].codes?.of);
    for (let n = 0; n < count; n++) {
      let filled = 0;
      for (let c = 0; c < columns; c++) {
        const { bytes, start: starts, end: ends } = texts[c];
        const from = starts[firsts[c] + n];
        const to = ends[firsts[c] + n];
        const next = filled + to - from;
        if (next > row.bytes.length) {
          const larger = new Uint8Array(2 * next);
          larger.set(row.bytes.subarray(0, filled));
          row.bytes = larger;
        }
        copyBytes(bytes, from, to, row.bytes, filled);
        const coded = each[c];
        if (coded !== undefined) codes![places[c]] = coded[firsts[c] + n];
        start[places[c]] = filled;
        end[places[c]] = filled = next;
      }
      row.line++;
      this.#counts.rows++;
      sink.row(row);
    }
    for (const cursor of cursors) cursor.at += count;
  }
}
