/**
 * The runs that are compared: whether they can be, and what is to be known of them.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { ModelDefinition } from "../../models/define_model.ts";
import { isTrained } from "../../models/define_model.ts";
import { refuseOtherData } from "../../recommender/other_data.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { openRun, type Run } from "../../recommender/run.ts";
import type { ModelWords } from "../../recommender/same_model.ts";
import { readResult } from "../../training/result_file.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { measureRun } from "../measures/measure_run.ts";
import type { Ranked } from "../measures/metrics_identity.ts";
import { readUserMetrics } from "../measures/read_user_metrics.ts";
import { listColumns, type UserMeasures } from "../measures/user_measures.ts";
import type { Subject } from "./group_runs.ts";

/**
 * Opens the runs.
 *
 * @param paths Their folders.
 * @param models The models of the user's own that some of them were trained with.
 * @param words How whoever reads the messages gives a model.
 * @throws {UsageError} One is named twice, its model is missing, or none was trained with a model that is given.
 * @throws {DataError} One is not the folder of a run, or they were trained on different data.
 * @throws {BandpassError} One has no best epoch yet.
 */
export async function openCompared(
  paths: readonly string[],
  models: readonly ModelDefinition[],
  words: ModelWords,
): Promise<Run[]> {
  const runs: Run[] = [];
  const places = new Set<string>();
  const used = new Set<ModelDefinition>();
  for (const path of paths) {
    const { record } = await RunFolder.open(path);
    const { model_file, model_sha256 } = record?.configuration ?? {};
    const model = model_file === undefined
      ? undefined
      : models.find(({ source }) => source?.sha256 === model_sha256) ?? models[0];
    const run = await openRun(path, model, words);
    if (model !== undefined) used.add(model);
    const place = await Deno.realPath(run.folder.path);
    if (places.has(place)) {
      throw new UsageError(`Cannot compare "${run.folder.path}" with itself`, "Name each run once");
    }
    places.add(place);
    if (isTrained(run.definition)) await run.folder.requireBest();
    if (runs.length > 0) refuseOtherData("compare", runs[0], run);
    runs.push(run);
  }
  const idle = models.find((model) => !used.has(model));
  if (idle === undefined) return runs;
  throw new UsageError(
    `Cannot use the model "${idle.name}": none of the runs was trained with its file`,
    "Leave it out, or name its run",
  );
}

/**
 * What might make the numbers of runs differ beside their settings: another adapter or version, or a training that has
 * not ended.
 *
 * @param runs The runs.
 * @param names What each is called.
 * @returns Notes.
 */
export async function remarksOn(
  runs: readonly Run[],
  names: readonly string[],
): Promise<string[]> {
  const remarks: string[] = [];
  for (const { folder: { path } } of runs) {
    const status = (await readResult(path))?.status;
    if (status === "finished") continue;
    remarks.push(
      `The training of "${path}" ${status === undefined ? "has not ended" : `was ${status}`}: ` +
        "compared by its best epoch until now",
    );
  }
  const differing = (what: string, of: (run: Run) => string | undefined, why: string) => {
    const byValue = Map.groupBy(runs, (run) => of(run) ?? "unknown");
    if (byValue.size < 2) return;
    const all = Array.from(
      byValue,
      ([value, its]) => `${value} (${its.map((run) => names[runs.indexOf(run)]).join(", ")})`,
    );
    remarks.push(`The runs are of different ${what}, ${why}: ${all.join("; ")}`);
  };
  differing("adapters", ({ folder }) => folder.record?.adapter, "which round differently");
  differing("versions of Bandpass", ({ folder }) => folder.record?.bandpass, "which may differ");
  return remarks;
}

/** How runs are measured that keep no metrics. */
export interface MeasuringOptions {
  /** Opens the device, or gives the one that is open. */
  readonly openDevice: () => Promise<Gpu>;
  /** The folder that graphs are kept in. */
  readonly cache?: string;
  /** Told what is computed and why, and what cannot be kept. */
  readonly onNote: (text: string) => void;
}

/**
 * A run with what it does for each user: as it is kept in its folder where that is of the run as it is now, or else
 * computed and kept.
 *
 * @param run The run.
 * @param name What it is called.
 * @param ranked The dataset, whose items are held out, and whose are no candidates.
 * @param options How it is measured.
 */
export async function comparedRun(
  { folder, configuration, definition }: Run,
  name: string,
  ranked: Ranked,
  options: MeasuringOptions,
): Promise<Subject> {
  const { model, seed, settings, epochs, eval_users, model_sha256 } = configuration;
  const code = model_sha256 && { model_sha256: model_sha256.slice(0, 12) };
  const kept = await readUserMetrics(folder, ranked);
  if ("unusable" in kept) options.onNote(`Evaluating "${folder.path}": ${kept.unusable}`);
  return {
    kind: "run",
    name,
    model,
    seed,
    settings: {
      ...{ ...settings, ...isTrained(definition) && { epochs } },
      ...{ ...eval_users && { eval_users }, ...code || {} },
    },
    measures: "measures" in kept
      ? kept.measures
      : await measured(folder, definition, ranked, options),
  };
}

async function measured(
  folder: RunFolder,
  model: ModelDefinition,
  ranked: Ranked,
  { openDevice, cache, onNote }: MeasuringOptions,
): Promise<UserMeasures> {
  const gpu = await openDevice();
  const own = model.source === undefined ? {} : { model };
  const options = { gpu, ...own, dataset: ranked.dataset, cache, onNote };
  await using recommender = await Recommender.open(folder.path, options);
  const { ranks, lists, keep } = await measureRun(recommender, folder, ranked);
  await keep().catch((error) => onNote(`Its metrics are not kept: ${error.message}`));
  return { ranked: ranks, lists: listColumns(lists, ranks.users.length) };
}
