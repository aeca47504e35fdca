/**
 * The interactions of a table as they come, with interned ids.
 *
 * @module
 */
import { DataError, type Message } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import {
  fieldText,
  hasNoHeader,
  placeOf,
  type QuoteRule,
  type TableRow,
  type TableSink,
} from "../table/table.ts";
import type { TableFiles } from "../table/table_files.ts";
import type { TableSize } from "../table/table_reader.ts";
import {
  type Column,
  type ColumnRole,
  judgementColumn,
  requireColumn,
  timeColumn,
} from "./column_choice.ts";
import type { IdTable } from "./id_table.ts";
import { isEmptyField } from "./empty_field.ts";
import { HeaderRows } from "./header_rows.ts";
import { isNullWord } from "./null_words.ts";
import { refuseOneColumn } from "./one_column.ts";
import { oddIds } from "./odd_ids.ts";
import { OwnIds } from "./own_ids.ts";
import { PairRows } from "./pair_rows.ts";
import { RatingGlance } from "./rating_glance.ts";
import { notANumber } from "./vector_text.ts";
import { TimeColumn } from "./time_column.ts";
import { TimeGlance } from "./time_glance.ts";
import { LateKeys } from "./late_keys.ts";

/** What to read of a table of interactions. */
export interface LogOptions {
  /** Names of columns; those that are left out are guessed where they are needed. */
  readonly columns: Readonly<Partial<Record<ColumnRole, string>>>;
  /** Whether the times are needed; they are read as well where their column is named. */
  readonly needsTime: boolean;
  /** Rows with a smaller rating are left out. */
  readonly minRating?: number;
  /** Whether to leave out rows that lack a user, an item, or a time or rating that is needed. */
  readonly skipIncomplete: boolean;
  /** Texts that stand for an empty field, such as `NULL`. */
  readonly nulls?: readonly string[];
  /** What quotation marks mean. */
  readonly quote?: QuoteRule;
}

/** Rows in the order of the table. */
export interface InteractionLog {
  /** `CSV`, `TSV`, `NDJSON`, `Parquet` and so on. */
  readonly format: string;
  /** The columns that were read. */
  readonly columns: Readonly<Partial<Record<ColumnRole, Column>>>;
  /** Own ids of users, in order of their first appearance. */
  readonly userIds: IdTable;
  /** Own ids of items, in order of their first appearance. */
  readonly itemIds: IdTable;
  /** User of each kept row. */
  readonly users: Uint32Array;
  /** Item of each kept row. */
  readonly items: Uint32Array;
  /** Seconds since 1970 of each kept row, `Infinity` where it is absent; `undefined` if not read. */
  readonly times?: Float64Array;
  /** How the times are written, such as `epoch milliseconds`. */
  readonly timeKind?: string;
  /** The column that seems to hold times, where they were not read. */
  readonly unreadTimes?: string;
  /** Rows of the table. */
  readonly rows: number;
  /** Lines with nothing on them. */
  readonly blankLines: number;
  /** Whether the last line ends in a line feed. */
  readonly lastLineEnds: boolean;
  /** Rows that were left out because a field was empty. */
  readonly incomplete: number;
  /** Rows that were left out because of their rating. */
  readonly belowRating: number;
  /** What is odd about the table and was read all the same, a sentence each. */
  readonly remarks: readonly Message[];
}

/** Told of a table's format, of the columns that are read, and of the names of all others. */
export type Announce = (
  format: string,
  columns: InteractionLog["columns"],
  others: readonly string[],
) => void;

/**
 * Reads a table of interactions.
 *
 * @param source The table.
 * @param options What to read.
 * @param announce Called with the columns before the rows are read.
 * @throws {DataError} The table is malformed; a field that is needed is empty or unreadable; the
 * message names the line.
 * @throws {UsageError} A named column is not there.
 * @example
 * ```ts
 * import { TableFiles } from "../table/table_files.ts";
 * import { readInteractionLog } from "./interaction_log.ts";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "user,asin\nann,B1\nbob,B1\n");
 * const options = { columns: {}, needsTime: false, skipIncomplete: false };
 * (await readInteractionLog(new TableFiles(path), options, () => {})).users; // [0, 1]
 * ```
 */
export async function readInteractionLog(
  source: TableFiles,
  options: LogOptions,
  announce: Announce,
): Promise<InteractionLog> {
  const sink = new LogSink(source.name, options, announce);
  const size = await source.read(sink, options.quote);
  const log = sink.finish();
  return { ...log, ...size, remarks: [...size.remarks, ...log.remarks] };
}

class LogSink implements TableSink {
  readonly #name: string;
  readonly #options: LogOptions;
  readonly #announce: Announce;
  readonly #userIds = new OwnIds();
  readonly #itemIds = new OwnIds();
  readonly #nulls: readonly Uint8Array[];
  #format = "";
  #columns: Partial<Record<ColumnRole, Column>> = {};
  #user = 0;
  #item = 0;
  #timeAt = -1;
  #rating = -1;
  #glance: RatingGlance | undefined;
  #timeGlance: TimeGlance | undefined;
  #headers: HeaderRows | undefined;
  readonly #pairs = new PairRows();
  readonly #late = new LateKeys();
  #times: TimeColumn | undefined;
  #incomplete = 0;
  #belowRating = 0;

  constructor(name: string, options: LogOptions, announce: Announce) {
    this.#name = name;
    this.#options = options;
    this.#announce = announce;
    const encoder = new TextEncoder();
    this.#nulls = (options.nulls ?? []).map((word) => encoder.encode(word));
  }

  /** Of ratings and times that were not asked for nothing is needed. */
  glances: number[] = [];

  ids: number[] = [];

  /** One row is one interaction, and not one of each item of a list. */
  readonly refusesLists = true;

  columns(names: readonly string[], format: string): readonly number[] {
    const { columns: wanted, needsTime, minRating } = this.#options;
    this.#format = format;
    const user = requireColumn(names, "user", wanted.user, this.#name, format);
    const item = requireColumn(names, "item", wanted.item, this.#name, format);
    refuseOneColumn(user, item, this.#name);
    this.#columns = { user, item };
    if (needsTime || wanted.time !== undefined) {
      this.#columns.time = requireColumn(names, "time", wanted.time, this.#name, format);
    }
    if (minRating !== undefined) {
      this.#columns.rating = requireColumn(names, "rating", wanted.rating, this.#name, format);
    }
    if (!hasNoHeader(format)) this.#headers = new HeaderRows(this.#name, names, user, item);
    this.ids = [user.index, item.index];
    this.#user = user.index;
    this.#item = item.index;
    this.#timeAt = this.#columns.time?.index ?? -1;
    this.#rating = this.#columns.rating?.index ?? -1;
    if (this.#timeAt >= 0) this.#times = new TimeColumn();
    const read = Object.values(this.#columns).map(({ index }) => index);
    this.#announce(format, this.#columns, names.filter((_, index) => !read.includes(index)));
    const judgement = minRating === undefined ? judgementColumn(names) : undefined;
    if (judgement !== undefined && !read.includes(judgement.column.index)) {
      this.#glance = new RatingGlance(judgement.column, judgement.isRating);
      this.glances.push(judgement.column.index);
    }
    const time = this.#times === undefined ? timeColumn(names) : -1;
    if (time >= 0 && !read.includes(time)) {
      this.#timeGlance = new TimeGlance(names[time], time);
      this.glances.push(time);
    }
    return [...read, ...this.glances];
  }

  lateColumn = (name: string, place: string) => this.#late.add(name, place);

  row(row: TableRow): void {
    const nulls = this.#nulls;
    if (this.#headers?.isOne(row)) return;
    if (isEmptyField(row, this.#user, nulls)) return this.#leaveIncomplete("user", row);
    if (isEmptyField(row, this.#item, nulls)) return this.#leaveIncomplete("item", row);
    if (this.#times !== undefined) {
      if (!isEmptyField(row, this.#timeAt, nulls)) this.#parseTime(row, this.#times);
      else if (this.#options.needsTime) return this.#leaveIncomplete("time", row);
      else this.#times.absent();
    }
    if (this.#rating >= 0) {
      if (isEmptyField(row, this.#rating, nulls)) return this.#leaveIncomplete("rating", row);
      if (!(this.#parseRating(row) >= this.#options.minRating!)) {
        this.#belowRating++;
        return this.#noteItem(row);
      }
    }
    this.#times?.keep(this.#pairs.count);
    this.#pairs.add(this.#userIds.indexIn(row, this.#user), this.#itemIds.indexIn(row, this.#item));
    this.#glance?.look(row);
    this.#timeGlance?.look(row);
  }

  finish(): Omit<InteractionLog, Exclude<keyof TableSize, "remarks">> {
    const { users, items, count } = this.#pairs;
    const times = this.#times?.finish(count);
    const { nulls } = this.#options;
    return {
      format: this.#format,
      columns: this.#columns,
      userIds: this.#userIds.table,
      itemIds: this.#itemIds.table,
      users,
      items,
      times: times?.seconds,
      timeKind: times?.kind,
      unreadTimes: this.#timeGlance?.name,
      incomplete: this.#incomplete,
      belowRating: this.#belowRating,
      remarks: [
        ...this.#headers?.remarks() ?? [],
        ...this.#late.remarks(),
        ...oddIds("user", this.#userIds.table, users, nulls),
        ...oddIds("item", this.#itemIds.table, items, nulls),
        ...times?.remarks ?? [],
        ...this.#glance?.texts() ?? [],
      ],
    };
  }

  /** The item of a row that is left out: features may come in the order of all items. */
  #noteItem(row: TableRow): void {
    if (row.start[this.#item] < row.end[this.#item]) this.#itemIds.indexIn(row, this.#item);
  }

  #leaveIncomplete(role: ColumnRole, row: TableRow): void {
    if (this.#options.skipIncomplete) {
      this.#incomplete++;
      return this.#noteItem(row);
    }
    throw new DataError(
      `Cannot read "${this.#name}": ${placeOf(row)} has no ${role}, as its field ` +
        `"${excerpt(this.#columns[role]!.name)}" is ${
          this.#nulls.length > 0 ? "empty, or text that means an empty field" : "empty"
        }`,
      ({ setting }) =>
        `Fill it in, or leave such rows out and count them with ${setting("skipIncomplete")}`,
    );
  }

  #parseTime(row: TableRow, times: TimeColumn): void {
    const wanted = times.read(row, this.#timeAt);
    if (wanted !== undefined) throw this.#unreadable("time", row, wanted);
  }

  #parseRating(row: TableRow): number {
    const text = fieldText(row, this.#rating);
    const value = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : NaN;
    if (Number.isNaN(value)) throw this.#unreadable("rating", row, "a number");
    return value;
  }

  #unreadable(role: ColumnRole, row: TableRow, wanted: string): DataError {
    const { name, index } = this.#columns[role]!;
    const text = fieldText(row, index);
    return new DataError(
      `Cannot read "${this.#name}": ${placeOf(row)} has the ${role} "${excerpt(text)}" in ` +
        `"${excerpt(name)}", expected ${wanted}`,
      isNullWord(text)
        ? ({ setting }) =>
          "If it means that there is none, leave such rows out: " +
          `${setting("null", text)} ${setting("skipIncomplete")}`
        : /\d,\d/.test(text)
        ? notANumber(text).nextStep
        : ({ setting }) => `Correct the line, or name another column with ${setting(role)}`,
    );
  }
}
