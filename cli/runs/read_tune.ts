/**
 * What can be told of a tune from its files.
 *
 * @module
 */
import { BandpassError } from "../../errors.ts";
import type { Metrics } from "../../evaluation/metrics.ts";
import { isTuning } from "../../lab/tune/tune_folder.ts";
import { readTuneRecord } from "../../lab/tune/tune_record.ts";
import { readTuneResult } from "../../lab/tune/tune_result.ts";
import type { SettingValue } from "../../models/settings.ts";
import { type ListedRun, sizeOf } from "./read_run.ts";

/**
 * Reads a tune: its winner's metrics, means over seeds, once it has one.
 *
 * @param path Its folder.
 * @param name The name of its folder.
 */
export async function readTune(path: string, name: string): Promise<ListedRun> {
  const place = { name, model: "tune", ...await sizeOf(path) };
  try {
    const { dataset, seed, eval_users } = await readTuneRecord(path);
    const result = await readTuneResult(path);
    const trials = result?.trials ?? await begunTrials(path);
    const drawn: Record<string, SettingValue> = eval_users === undefined ? {} : { eval_users };
    const isRunning = await isTuning(path);
    const known = { ...place, dataset, seed, trials, epochs: 0 };
    if (result === undefined) {
      return {
        ...known,
        settings: { trials, ...drawn },
        status: isRunning ? "running" : "interrupted",
      };
    }
    const [{ model, runs }] = result.finalists;
    return {
      ...{ ...known, settings: { trials, best: model, ...drawn }, status: "finished" },
      ...{ validation: meanOf(runs, "validation"), test: meanOf(runs, "test") },
    };
  } catch (error) {
    if (!(error instanceof BandpassError)) throw error;
    return { ...place, settings: {}, status: "unreadable", epochs: 0, problem: error };
  }
}

/** The trials that have come to the end of their first step. */
async function begunTrials(path: string): Promise<number> {
  let begun = 0;
  try {
    for await (const { name } of Deno.readDir(`${path}/outcomes`)) {
      if (name.endsWith("-0.json")) begun++;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return begun;
}

function meanOf<Split extends string>(
  runs: readonly { readonly [Key in Split]: Metrics }[],
  split: Split,
): Metrics {
  const keys = Object.keys(runs[0][split]);
  return Object.fromEntries(
    keys.map((key) => [key, runs.reduce((sum, run) => sum + run[split][key], 0) / runs.length]),
  );
}
