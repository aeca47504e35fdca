/**
 * From when to when interactions are.
 *
 * @module
 */
import { chooseColumn } from "./ingest/column_choice.ts";
import { isDate, resolveEpochs } from "./ingest/epoch_times.ts";
import { type ParsedTime, parseTime } from "./ingest/time.ts";
import { ByteSource } from "./table/byte_source.ts";
import { delimiterBytes, type TableSink } from "./table/table.ts";
import { readTable } from "./table/table_reader.ts";

/** The first and the last of some times. */
export interface TimeRange {
  /** The first, in seconds since 1970. */
  readonly first: number;
  /** The last. */
  readonly last: number;
  /** Whether they are of 1979 to 2103; numbers that only put rows in order are not. */
  readonly areDates: boolean;
  /** Rows that have no time. */
  readonly without: number;
}

/**
 * Reads the times of an `.inter` file: of the column that has one of the common names.
 *
 * @param path The file.
 * @returns Nothing where there is no such column, or no row has a time.
 * @throws {DataError} The file cannot be read.
 * @example
 * ```ts
 * import { readTimeRange } from "./time_range.ts";
 * const path = `${await Deno.makeTempDir()}/a.inter`;
 * await Deno.writeTextFile(path, "userID\titemID\ttimestamp\tx_label\n0\t3\t1400000000\t0\n");
 * (await readTimeRange(path))?.first; // 1400000000
 * ```
 */
export async function readTimeRange(path: string): Promise<TimeRange | undefined> {
  const values: number[] = [];
  const time: ParsedTime = { kind: undefined, value: 0, rest: 0 };
  let column: number | undefined;
  let isEpoch = false;
  const sink: TableSink = {
    columns(names) {
      column = chooseColumn(names, "time", undefined, path)?.index;
      return column === undefined ? [] : [column];
    },
    row({ bytes, start, end }) {
      if (column === undefined) return;
      parseTime(bytes, start[column], end[column], time);
      isEpoch ||= time.kind === "epoch";
      values.push(time.kind === undefined ? Infinity : time.value);
    },
  };
  const form = {
    delimiter: delimiterBytes.tab,
    quoted: false,
    nextStep: "Separate columns by tabs",
  };
  await readTable(new ByteSource(path, { regular: true }), sink, form);
  const seconds = Float64Array.from(values);
  if (isEpoch) resolveEpochs(seconds);
  const known = seconds.filter(Number.isFinite);
  if (known.length === 0) return undefined;
  const first = known.reduce((least, value) => Math.min(least, value));
  const last = known.reduce((greatest, value) => Math.max(greatest, value));
  return {
    ...{ first, last, areDates: isDate(first) && isDate(last) },
    without: seconds.length - known.length,
  };
}
