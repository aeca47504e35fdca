/**
 * The tables that a study leaves in its folder, read again.
 *
 * @module
 */
import { fromCSV } from "arquero";
import { exists } from "../../data/exists.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { DataError } from "../../errors.ts";
import type { StudyRow } from "../study/study_table.ts";
import type { SegmentRow } from "../study/user_segments.ts";

/** Bytes that such a table has at most. */
const mostBytes = 1 << 26;

/** A row of `table.csv`, which has nothing that a clock has measured. */
export type KeptStudyRow = Omit<StudyRow, "seconds_per_epoch">;

/** Columns whose values are names, also where they look like numbers. */
const names = ["dataset", "variant", "series", "model", "metric", "baseline"];
const segmentNames = ["dataset", "variant", "table", "column", "segment"];

/**
 * The rows of `table.csv`.
 *
 * @param folder The folder of the study.
 * @returns None where the study has not come to its end.
 * @throws {DataError} It has not the columns that were written.
 */
export async function readStudyTable(folder: string): Promise<KeptStudyRow[]> {
  const rows = await rowsOf(`${folder}/table.csv`, names, ["mean", "test_mean", "deviation"]);
  return rows as unknown as KeptStudyRow[];
}

/**
 * The rows of `segments.csv`.
 *
 * @param folder The folder of the study.
 * @returns None where the study asks for no parts of the users.
 * @throws {DataError} It has not the columns that were written.
 */
export async function readSegments(folder: string): Promise<SegmentRow[]> {
  const rows = await rowsOf(`${folder}/segments.csv`, segmentNames, ["users", "mean"]);
  return rows as unknown as SegmentRow[];
}

async function rowsOf(
  path: string,
  texts: readonly string[],
  numbers: readonly string[],
): Promise<Record<string, unknown>[]> {
  if (!await exists(path)) return [];
  const parse = Object.fromEntries(texts.map((name) => [name, (text: string) => text]));
  const table = fromCSV(await readTextFile(path, mostBytes), { parse });
  const missing = [...texts, ...numbers].find((name) => !table.columnNames().includes(name));
  const rows = table.objects() as Record<string, unknown>[];
  const isWrong = (value: unknown) => value !== null && typeof value !== "number";
  const wrong = missing ?? numbers.find((name) => rows.some((row) => isWrong(row[name])));
  if (wrong === undefined) return rows;
  throw new DataError(
    `Cannot read "${path}": ` +
      (missing === undefined
        ? `its column "${wrong}" holds what is no number`
        : `it has no column "${wrong}"`),
    "Restore it from an intact copy, or run the study again",
  );
}
