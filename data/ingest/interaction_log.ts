/**
 * The interactions of a table as they come, with interned ids.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import type { ByteSource } from "../table/byte_source.ts";
import { chooseColumn, type Column, type ColumnRole, requireColumn } from "./column_choice.ts";
import { IdTable } from "./id_table.ts";
import { fieldText, type TableRow, type TableSink } from "../table/table.ts";
import { readTable, type TableSize } from "../table/table_reader.ts";
import { epochsPerSecond, type ParsedTime, parseTime, type TimeKind } from "./time.ts";

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
}

/** Rows in the order of the table. */
export interface InteractionLog {
  /** `CSV`, `TSV`, `NDJSON` and so on. */
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
}

const unitNames: Readonly<Record<number, string>> = {
  1: "seconds",
  1e3: "milliseconds",
  1e6: "microseconds",
  1e9: "nanoseconds",
};

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
 * import { ByteSource } from "../table/byte_source.ts";
 * import { readInteractionLog } from "./interaction_log.ts";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "user,asin\nann,B1\nbob,B1\n");
 * const options = { columns: {}, needsTime: false, skipIncomplete: false };
 * (await readInteractionLog(new ByteSource(path), options, () => {})).users; // [0, 1]
 * ```
 */
export async function readInteractionLog(
  source: ByteSource,
  options: LogOptions,
  announce: Announce,
): Promise<InteractionLog> {
  const sink = new LogSink(source.name, options, announce);
  const size = await readTable(source, sink);
  return { ...sink.finish(), ...size };
}

class LogSink implements TableSink {
  readonly #name: string;
  readonly #options: LogOptions;
  readonly #announce: Announce;
  readonly #userIds = new IdTable();
  readonly #itemIds = new IdTable();
  readonly #time: ParsedTime = { kind: undefined, value: 0 };
  #format = "";
  #columns: Partial<Record<ColumnRole, Column>> = {};
  #user = 0;
  #item = 0;
  #timeAt = -1;
  #rating = -1;
  #timeKind: { kind: TimeKind; line: number } | undefined;
  #users = new Uint32Array(1 << 16);
  #items = new Uint32Array(1 << 16);
  #times: Float64Array | undefined;
  #kept = 0;
  #incomplete = 0;
  #belowRating = 0;

  constructor(
    name: string,
    options: LogOptions,
    announce: Announce,
  ) {
    this.#name = name;
    this.#options = options;
    this.#announce = announce;
  }

  columns(names: readonly string[], format: string): readonly number[] {
    const { columns: wanted, needsTime, minRating } = this.#options;
    this.#format = format;
    const user = requireColumn(names, "user", wanted.user, this.#name);
    const item = requireColumn(names, "item", wanted.item, this.#name);
    this.#columns = { user, item };
    if (needsTime) this.#columns.time = requireColumn(names, "time", wanted.time, this.#name);
    else if (wanted.time !== undefined) {
      this.#columns.time = chooseColumn(names, "time", wanted.time, this.#name);
    }
    if (minRating !== undefined) {
      this.#columns.rating = requireColumn(names, "rating", wanted.rating, this.#name);
    }
    this.#user = user.index;
    this.#item = item.index;
    this.#timeAt = this.#columns.time?.index ?? -1;
    this.#rating = this.#columns.rating?.index ?? -1;
    if (this.#timeAt >= 0) this.#times = new Float64Array(1 << 16);
    const read = Object.values(this.#columns).map(({ index }) => index);
    this.#announce(format, this.#columns, names.filter((_, index) => !read.includes(index)));
    return read;
  }

  row(row: TableRow): void {
    const { bytes, start, end } = row;
    if (start[this.#user] === end[this.#user]) return this.#leaveIncomplete("user", row);
    if (start[this.#item] === end[this.#item]) return this.#leaveIncomplete("item", row);
    let time = Infinity;
    if (this.#timeAt >= 0) {
      if (start[this.#timeAt] < end[this.#timeAt]) time = this.#parseTime(row);
      else if (this.#options.needsTime) return this.#leaveIncomplete("time", row);
    }
    if (this.#rating >= 0) {
      if (start[this.#rating] === end[this.#rating]) return this.#leaveIncomplete("rating", row);
      if (!(this.#parseRating(row) >= this.#options.minRating!)) {
        this.#belowRating++;
        return this.#noteItem(row);
      }
    }
    if (this.#kept === this.#users.length) this.#grow();
    this.#users[this.#kept] = this.#userIds.intern(bytes, start[this.#user], end[this.#user]);
    this.#items[this.#kept] = this.#itemIds.intern(bytes, start[this.#item], end[this.#item]);
    if (this.#times !== undefined) this.#times[this.#kept] = time;
    this.#kept++;
  }

  finish(): Omit<InteractionLog, keyof TableSize> {
    const times = this.#times?.subarray(0, this.#kept);
    let timeKind: string | undefined = this.#timeKind?.kind;
    if (times !== undefined && timeKind === "epoch") {
      const perSecond = epochsPerSecond(times);
      timeKind = `epoch ${unitNames[perSecond]}`;
      if (perSecond > 1) { for (let n = 0; n < times.length; n++) times[n] /= perSecond; }
    }
    return {
      format: this.#format,
      columns: this.#columns,
      userIds: this.#userIds,
      itemIds: this.#itemIds,
      users: this.#users.subarray(0, this.#kept),
      items: this.#items.subarray(0, this.#kept),
      times,
      timeKind,
      incomplete: this.#incomplete,
      belowRating: this.#belowRating,
    };
  }

  /** The item of a row that is left out: features may come in the order of all items. */
  #noteItem({ bytes, start, end }: TableRow): void {
    const [from, to] = [start[this.#item], end[this.#item]];
    if (from < to) this.#itemIds.intern(bytes, from, to);
  }

  #leaveIncomplete(role: ColumnRole, row: TableRow): void {
    if (this.#options.skipIncomplete) {
      this.#incomplete++;
      return this.#noteItem(row);
    }
    throw new DataError(
      `Cannot read "${this.#name}": line ${row.line} has no ${role}, as its field ` +
        `"${excerpt(this.#columns[role]!.name)}" is empty`,
      ({ setting }) =>
        `Fill it in, or leave such rows out and count them with ${setting("skipIncomplete")}`,
    );
  }

  #parseTime(row: TableRow): number {
    const time = this.#time;
    parseTime(row.bytes, row.start[this.#timeAt], row.end[this.#timeAt], time);
    if (time.kind === undefined || !Number.isFinite(time.value)) {
      throw this.#unreadable(
        "time",
        row,
        "seconds since 1970 or an ISO time (2024-05-31T12:00:00)",
      );
    }
    this.#timeKind ??= { kind: time.kind, line: row.line };
    if (this.#timeKind.kind !== time.kind) {
      throw this.#unreadable(
        "time",
        row,
        `an ${this.#timeKind.kind} time as on line ${this.#timeKind.line}`,
      );
    }
    return time.value;
  }

  #parseRating(row: TableRow): number {
    const text = fieldText(row, this.#rating);
    const value = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : NaN;
    if (Number.isNaN(value)) throw this.#unreadable("rating", row, "a number");
    return value;
  }

  #unreadable(role: ColumnRole, row: TableRow, wanted: string): DataError {
    const { name, index } = this.#columns[role]!;
    return new DataError(
      `Cannot read "${this.#name}": line ${row.line} has the ${role} "${
        excerpt(fieldText(row, index))
      }" in ` +
        `"${excerpt(name)}", expected ${wanted}`,
      `Correct the line, or name another column with --${role}`,
    );
  }

  #grow(): void {
    const length = 2 * this.#users.length;
    const [users, items] = [new Uint32Array(length), new Uint32Array(length)];
    users.set(this.#users);
    items.set(this.#items);
    [this.#users, this.#items] = [users, items];
    if (this.#times === undefined) return;
    const times = new Float64Array(length);
    times.set(this.#times);
    this.#times = times;
  }
}
