/**
 * The trials of a folder as tables: `trials.ndjson` and `trials.parquet`, and what they took in `times.ndjson`.
 *
 * The first two follow from the trials alone: they are the same bytes however the trials were interrupted or spread.
 *
 * @module
 */
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { type ParquetType, writeParquetGroups } from "../../data/parquet.ts";
import type { TrialOutcome, TrialStep } from "./trial.ts";

/** A step and its outcome, with what whoever has made the trial calls it. */
export interface TrialRecord {
  /** The step. */
  readonly step: TrialStep;
  /** What came of it. */
  readonly outcome: TrialOutcome;
  /** More columns, such as the variant of a study; the same in all records (default: none). */
  readonly labels?: Readonly<Record<string, string | number>>;
}

/**
 * Writes the tables, whole, in the order of the trials' numbers and of their steps.
 *
 * @param folder The folder of all trials.
 * @param records The records, in any order.
 * @param protocol How trials were judged, in words, for the Parquet file.
 * @throws {BandpassError} A file cannot be written.
 */
export async function writeTrialRecords(
  folder: string,
  records: readonly TrialRecord[],
  protocol: string,
): Promise<void> {
  const sorted = records.toSorted(({ step: a }, { step: b }) =>
    a.number - b.number || a.rung - b.rung
  );
  await writeLines(`${folder}/trials.ndjson`, sorted.map(lineOf));
  await writeLines(
    `${folder}/times.ndjson`,
    sorted.map(({ step: { number, rung }, outcome: { seconds, gpu_bytes } }) => ({
      ...{ number, rung, seconds, gpu_bytes },
    })),
  );
  await writeParquetGroups(`${folder}/trials.parquet`, ...parquetOf(sorted), { protocol });
}

async function writeLines(path: string, lines: readonly unknown[]): Promise<void> {
  await writeFileAtomically(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

/** What a line says: nothing that a clock has measured. */
function lineOf({ step, outcome, labels }: TrialRecord) {
  const { number, rung, trial: { model, seed, settings } } = step;
  const { status, epochs, reason, best_epoch, validation } = outcome;
  return {
    ...{ number, ...labels, model, seed, settings, rung, most_epochs: step.epochs },
    ...{ status, epochs, reason, best_epoch, validation },
  };
}

/** The same as columns: settings are JSON, metrics have a column each. */
function parquetOf(
  records: readonly TrialRecord[],
): [Record<string, ParquetType>, Record<string, unknown[]>[]] {
  const types: Record<string, ParquetType> = {};
  const columns: Record<string, unknown[]> = {};
  const add = (name: string, type: ParquetType, value: (record: TrialRecord) => unknown) => {
    types[name] = type;
    columns[name] = records.map(value);
  };
  add("number", "int32", ({ step }) => step.number);
  for (const [key, value] of Object.entries(records[0]?.labels ?? {})) {
    const type = typeof value === "number" ? "double" : "string";
    add(key, type, ({ labels }) => labels?.[key]);
  }
  add("model", "string", ({ step }) => step.trial.model);
  // A seed is any number of 32 bits, which int32 has no room for.
  add("seed", "double", ({ step }) => step.trial.seed);
  add("settings", "string", ({ step }) => JSON.stringify(step.trial.settings));
  add("rung", "int32", ({ step }) => step.rung);
  add("most_epochs", "int32", ({ step }) => step.epochs);
  add("status", "string", ({ outcome }) => outcome.status);
  add("epochs", "int32", ({ outcome }) => outcome.epochs);
  add("reason", "string", ({ outcome }) => outcome.reason);
  add("best_epoch", "int32", ({ outcome }) => outcome.best_epoch ?? 0);
  const metrics = records.find(({ outcome }) => outcome.validation !== null)?.outcome.validation;
  for (const metric of Object.keys(metrics ?? {})) {
    add(`valid ${metric}`, "optional double", ({ outcome }) => outcome.validation?.[metric]);
  }
  return [types, records.length === 0 ? [] : [columns]];
}
