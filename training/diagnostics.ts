/**
 * What a model tells of its inside at each evaluation, in a few numbers.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { coldAndOtherUsers } from "../evaluation/cold_users.ts";
import type { Memory } from "../gpu/memory.ts";
import { readBuffers } from "../gpu/readback.ts";
import type { Diagnostic } from "../models/model.ts";

/** The columns of some rows of a table. */
export interface ColumnSummary {
  /** How many rows. */
  readonly count: number;
  /** The mean of each column. */
  readonly mean: readonly number[];
  /** The standard deviation of each column. */
  readonly deviation: readonly number[];
}

/** A table in a few numbers: its rows, or its columns' means and deviations. */
export interface DiagnosticSummary extends Partial<ColumnSummary> {
  /** The names of the columns. */
  readonly columns: readonly string[];
  /** The rows by name, of a table that is kept as it is. */
  readonly rows?: Readonly<Record<string, readonly number[]>>;
  /** The same of parts of the users, by their train interactions. */
  readonly strata?: Readonly<Record<string, ColumnSummary>>;
}

/** The most train interactions of a cold user here. */
const coldLimit = 5;

/**
 * Reads diagnostics and sums them up.
 *
 * @param memory Where their tables are.
 * @param dataset The dataset, for the strata of users.
 * @param diagnostics What a model tells.
 * @returns A summary for each, by name.
 */
export async function readDiagnostics(
  memory: Memory,
  dataset: Dataset,
  diagnostics: readonly Diagnostic[],
): Promise<Record<string, DiagnosticSummary>> {
  const buffers = await readBuffers(
    memory,
    diagnostics.map(({ table: { allocation, rows, columns } }) => ({
      allocation,
      bytes: rows * columns * 4,
    })),
  );
  return Object.fromEntries(
    diagnostics.map((diagnostic, n) => [
      diagnostic.name,
      summary(diagnostic, new Float32Array(buffers[n]), dataset),
    ]),
  );
}

/**
 * Sums a table up.
 *
 * @param diagnostic What it is.
 * @param values Its numbers.
 * @param dataset The dataset, for the strata of users.
 */
export function summary(
  diagnostic: Omit<Diagnostic, "table">,
  values: Float32Array,
  dataset: Dataset,
): DiagnosticSummary {
  const { columns, rows, scale = 1 } = diagnostic;
  const width = columns.length;
  const row = (n: number) =>
    Array.from(values.subarray(n * width, (n + 1) * width), (value) => value * scale);
  if (typeof rows !== "string") {
    return { columns, rows: Object.fromEntries(rows.map((name, n) => [name, row(n)])) };
  }
  const all = Array.from({ length: values.length / width }, (_, n) => row(n));
  if (rows === "batch") {
    return {
      columns,
      ...columnSummary(all.filter((one) => one.some((value) => value !== 0)), width),
    };
  }
  const whole = { columns, ...columnSummary(all, width) };
  if (rows === "items") return whole;
  const strata = coldAndOtherUsers(dataset, coldLimit).map(({ name, has }) => [
    name,
    columnSummary(all.filter((_, user) => has(user)), width),
  ]);
  return { ...whole, strata: Object.fromEntries(strata) };
}

function columnSummary(rows: readonly (readonly number[])[], width: number): ColumnSummary {
  const count = rows.length;
  const mean = new Array<number>(width).fill(0);
  const deviation = new Array<number>(width).fill(0);
  for (const row of rows) row.forEach((value, c) => mean[c] += value / count);
  for (const row of rows) row.forEach((value, c) => deviation[c] += (value - mean[c]) ** 2 / count);
  return { count, mean, deviation: deviation.map(Math.sqrt) };
}
