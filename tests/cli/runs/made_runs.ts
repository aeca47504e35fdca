/**
 * Folders of runs, as trainings leave them, for tests that train nothing.
 *
 * @module
 */
import { writeChecked } from "../../../data/checked_safetensors.ts";
import { shippedChoices } from "../../../gpu/kernel_choices.ts";
import { modelNamed } from "../../../models/registry.ts";
import { resolveConfiguration } from "../../../training/configuration.ts";
import type { EpochLine } from "../../../training/epoch_line.ts";
import { RunFolder } from "../../../training/run_folder.ts";
import { runRecord } from "../../../training/run_record.ts";
import type { RunResult, RunStatus } from "../../../training/run_result.ts";

/** What a made run is. */
export interface MadeRun {
  /** Its options and settings, as `--set` has them. */
  readonly options?: Readonly<Record<string, string>>;
  /** Its settings. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The validation score of each epoch. */
  readonly scores?: readonly number[];
  /** How it ended; nothing of one that was killed, or of before there were results. */
  readonly status?: RunStatus;
  /** The test score. */
  readonly test?: number;
}

/** A line of `metrics.jsonl` for each score. */
function linesOf(scores: readonly number[]): EpochLine[] {
  return scores.map((score, n) => ({
    ...{ epoch: n + 1, loss: 1, terms: {}, validation: { "recall@20": score }, seconds: 2 },
  }));
}

/**
 * Makes a run.
 *
 * @param path Its folder.
 * @param run What it is.
 */
export async function makeRun(path: string, run: MadeRun = {}): Promise<RunFolder> {
  const { options = {}, settings = {}, scores = [], status, test } = run;
  const configuration = resolveConfiguration(
    { options: { model: "bpr", ...options }, assignments: settings },
    (model) => modelNamed(model).settings,
  );
  const folder = await RunFolder.create(
    path,
    runRecord(
      configuration,
      { name: "a test", family: "other", kernels: shippedChoices.other },
      {},
    ),
    {},
  );
  const lines = linesOf(scores);
  if (lines.length > 0) {
    await folder.writeMetrics(lines);
    await Deno.writeTextFile(folder.checkpointPath("best"), "parameters");
  }
  if (status !== undefined) {
    await folder.writeResult(resultOf(configuration, run, lines, status, test));
  }
  return folder;
}

function resultOf(
  { model, dataset, seed }: { model: string; dataset: string; seed: number },
  { scores = [] }: MadeRun,
  lines: readonly EpochLine[],
  status: RunStatus,
  test: number | undefined,
): RunResult {
  const best = scores.indexOf(Math.max(...scores));
  return {
    ...{ protocol: "full", model, dataset, seed, adapter: "a test", bandpass: "0", status },
    ...{ stop_reason: "a reason", epochs: lines.length, best_epoch: best < 0 ? null : best + 1 },
    validation: best < 0 ? null : lines[best].validation,
    test: test === undefined ? null : { "recall@20": test },
    ...{ seconds: 2 * lines.length, seconds_per_epoch: lines.length === 0 ? null : 2 },
  };
}

/**
 * Writes the state of a training that stands at an epoch, as far as where it stands.
 *
 * @param folder The run.
 * @param epoch Epochs that are done.
 * @param bestEpoch The best of them.
 * @param epochs Epochs that it goes for.
 */
export async function writeState(
  folder: RunFolder,
  epoch: number,
  bestEpoch: number,
  epochs: number,
): Promise<void> {
  const stopping = { bestScore: 0.5, bestEpoch, withoutBetter: epoch - bestEpoch };
  const position = JSON.stringify({ epoch, epochStep: 0, stopping, epochSeconds: 0, epochs });
  const metadata = { format: "bandpass training state 1", position };
  await writeChecked(folder.checkpointPath("last"), { metadata, tensors: new Map() });
}

/**
 * Gives a new folder, and removes it after use.
 *
 * @param use What is done in it.
 */
export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
