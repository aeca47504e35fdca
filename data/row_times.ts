/**
 * The time of each interaction.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import type { Split } from "./dataset.ts";
import { chooseColumn } from "./ingest/column_choice.ts";
import { resolveEpochs } from "./ingest/epoch_times.ts";
import { labelOf } from "./ingest/split_label.ts";
import { type ParsedTime, parseTime } from "./ingest/time.ts";
import { ByteSource } from "./table/byte_source.ts";
import { delimiterBytes, type TableSink } from "./table/table.ts";
import { readTable } from "./table/table_reader.ts";

/** Seconds since 1970 of the rows of each split, in file order; `Infinity` where a row has no time. */
export type RowTimes = Readonly<Record<Split, Float64Array>>;

/**
 * Reads the times of an `.inter` file: of the column that has one of the common names.
 *
 * @param path The file.
 * @returns Nothing where there is no such column.
 * @throws {DataError} The file cannot be read, or a row has no split.
 * @example
 * ```ts
 * import { readRowTimes } from "./row_times.ts";
 * const path = `${await Deno.makeTempDir()}/a.inter`;
 * await Deno.writeTextFile(path, "userID\titemID\ttimestamp\tx_label\n0\t3\t1400000000\t2\n");
 * (await readRowTimes(path))?.test; // [1400000000]
 * ```
 */
export async function readRowTimes(path: string): Promise<RowTimes | undefined> {
  const [values, labels]: [number[], number[]] = [[], []];
  const time: ParsedTime = { kind: undefined, value: 0, rest: 0 };
  let column: number | undefined;
  let labelAt = 0;
  let isEpoch = false;
  const sink: TableSink = {
    columns(names) {
      column = chooseColumn(names, "time", undefined, path)?.index;
      labelAt = names.indexOf("x_label");
      if (labelAt < 0) {
        throw new DataError(
          `Cannot read "${path}": line 1 lacks the column "x_label"`,
          "Give each row its split: 0 for train, 1 for valid and 2 for test",
        );
      }
      return column === undefined ? [] : [column, labelAt];
    },
    row(row) {
      if (column === undefined) return;
      parseTime(row.bytes, row.start[column], row.end[column], time);
      isEpoch ||= time.kind === "epoch";
      values.push(time.kind === undefined ? Infinity : time.value);
      labels.push(labelOf(row, labelAt, path));
    },
  };
  const form = {
    delimiter: delimiterBytes.tab,
    quoted: false,
    nextStep: "Separate columns by tabs",
  };
  await readTable(new ByteSource(path, { regular: true }), sink, form);
  if (column === undefined) return undefined;
  const seconds = Float64Array.from(values);
  if (isEpoch) resolveEpochs(seconds);
  const [train, valid, test] = [0, 1, 2].map((label) =>
    seconds.filter((_, n) => labels[n] === label)
  );
  return { train, valid, test };
}
