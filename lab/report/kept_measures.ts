/**
 * What runs keep of each of their users.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { exists } from "../../data/exists.ts";
import { BandpassError } from "../../errors.ts";
import { userMetricsFile } from "../../training/run_files.ts";
import { readUserMetrics } from "../measures/read_user_metrics.ts";
import type { UserMeasures } from "../measures/user_measures.ts";
import type { ReportedRun } from "./reported_run.ts";
import type { DatasetOf } from "./run_dataset.ts";

/** The splits that runs are measured on, in the order of a report; train is masked. */
export const measuredSplits = ["test", "valid"] as const;

/** A run with what it does for each user of a split. */
export interface MeasuredSplit {
  /** The run. */
  readonly run: ReportedRun;
  /** Its dataset. */
  readonly dataset: Dataset;
  /** The split. */
  readonly split: typeof measuredSplits[number];
  /** What it does. */
  readonly measures: UserMeasures;
}

/**
 * Reads what runs keep.
 *
 * @param runs The runs.
 * @param datasetOf Reads their datasets.
 * @returns What can be used, and why the rest cannot.
 */
export async function keptMeasures(
  runs: readonly ReportedRun[],
  datasetOf: DatasetOf,
): Promise<{ readonly kept: MeasuredSplit[]; readonly notes: string[] }> {
  const kept: MeasuredSplit[] = [];
  const notes: string[] = [];
  for (const run of runs) {
    for (const split of measuredSplits) {
      if (!await exists(`${run.path}/${userMetricsFile(split, "train")}`)) continue;
      try {
        const dataset = await datasetOf(run);
        const found = await readUserMetrics(run.folder, { dataset, split, mask: "train" });
        if ("unusable" in found) notes.push(`${run.name}, ${split}: ${found.unusable}`);
        else kept.push({ run, dataset, split, measures: found.measures });
      } catch (error) {
        if (!(error instanceof BandpassError)) throw error;
        notes.push(`${run.name}, ${split}: ${error.message}`);
      }
    }
  }
  return { kept, notes };
}
