/**
 * The winner of a tune as a preset.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import { ownSettings } from "../../models/presets.ts";
import { moments } from "../statistics/moments.ts";
import type { FoundPreset } from "./preset_file.ts";
import type { TuneRecord } from "./tune_record.ts";
import type { TuneResult } from "./tune_result.ts";

/**
 * Makes it.
 *
 * @param record The tune.
 * @param result What it found.
 * @returns Settings with which training gives what the winner's first seed gave.
 */
export function foundPreset(
  { dataset, data, epochs, eval_users }: Pick<
    TuneRecord,
    "dataset" | "data" | "epochs" | "eval_users"
  >,
  { finalists, trials }: Pick<TuneResult, "finalists" | "trials">,
): FoundPreset {
  const [{ model, settings, runs }] = finalists;
  const { mean } = moments(runs.map(({ validation }) => validation["recall@20"]));
  return {
    ...{ model, dataset, data_sha256: data.interactions },
    source:
      `the best of ${counted(trials, "trial")} of up to ${epochs} epochs by validation Recall@20` +
      `${eval_users === undefined ? "" : ` of ${counted(eval_users, "user")}`}, ` +
      `${mean.toFixed(4)} over ${counted(runs.length, "seed")}`,
    // With what the dataset's own preset brings, whose place a preset takes.
    settings: { ...ownSettings(dataset, model), ...settings },
  };
}
