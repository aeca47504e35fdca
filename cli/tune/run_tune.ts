/**
 * What `tune` does with what the user asked for.
 *
 * @module
 */
import { contentHashes } from "../../data/content_hashes.ts";
import { counted } from "../../data/counts.ts";
import type { Dataset } from "../../data/dataset.ts";
import { datasetFolder, readDataset } from "../../data/folder.ts";
import { InterruptedError, UsageError } from "../../errors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { slurmEngine } from "../../lab/slurm/slurm_engine.ts";
import { localEngine, type TrialEngine } from "../../lab/trials/engine.ts";
import type { TrialPlace } from "../../lab/trials/trial.ts";
import { readSpaceFile, type Spaces } from "../../lab/tune/space_file.ts";
import { tunedModels, tunedSpaces } from "../../lab/tune/trial_list.ts";
import { openTune } from "../../lab/tune/tune_folder.ts";
import { newTuneRecord, type TuneRecord } from "../../lab/tune/tune_record.ts";
import { readTuneResult, type TuneResult } from "../../lab/tune/tune_result.ts";
import { tune } from "../../lab/tune/tune_stages.ts";
import { modelNamed, models } from "../../models/registry.ts";
import { trainOptions } from "../../training/configuration.ts";
import { requireRows } from "../../training/required_rows.ts";
import { stoppingMetric } from "../../training/training_result.ts";
import { drawnUsersText } from "../../training/validation_users.ts";
import { openDevice } from "../common/device.ts";
import { flags } from "../common/flags.ts";
import { cacheFolder } from "../common/graph_cache.ts";
import { Interruption } from "../common/interruption.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import { note } from "../common/note.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { openedPath, projectFolder, shownPath } from "../common/paths.ts";
import { runs } from "../common/run_name.ts";
import { shellWord } from "../common/shell_word.ts";
import { columnsOf } from "../common/terminal.ts";
import type { TuneRequest } from "./tune_command.ts";
import { outcomeText, tuneText, untriedText } from "./tune_text.ts";

/**
 * Tunes, and prints what was found.
 *
 * @param request What the user asked for.
 */
export async function runTune(request: TuneRequest): Promise<void> {
  const given = request.space === undefined ? {} : await readSpaceFile(request.space);
  if (request.listSpace && !request.isDatasetGiven) return await listSpaces(request, given);
  const { dataset: name, dataDir } = request;
  const dataset = await readDataset(await datasetFolder(openedPath(dataDir), name), note);
  requireRows(dataset);
  const names = tunedModels(dataset, request.models, note);
  refuseIdleSpaces(given, names);
  const spaces = tunedSpaces(names, given, dataset);
  if (request.listSpace) return await writeSpaces(spaces);
  const gpu = await openDevice(request.adapter);
  using interruption = new Interruption("keeping what is done", note);
  try {
    const { trials = null, minutes = null, epochs, seeds, seed } = request;
    const { evalUsers } = request;
    const asked = {
      ...{ dataset: name, models: names, spaces, trials, minutes, epochs, seeds, seed },
      eval_users: evalUsers === 0 ? undefined : evalUsers,
    };
    const record = newTuneRecord(asked, gpu.name, contentHashes(dataset));
    await tuneOn({ request, dataset, gpu, record, signal: interruption.signal });
  } finally {
    await gpu.close();
  }
}

/** Prints what would be tried on any dataset that has features. */
async function listSpaces({ models: names }: TuneRequest, given: Spaces): Promise<void> {
  const wanted = names?.map((name) => modelNamed(name).name) ?? models.map(({ name }) => name);
  refuseIdleSpaces(given, wanted);
  await writeSpaces(tunedSpaces(wanted, given));
}

/** Prints spaces as a file for `--space`. */
async function writeSpaces(spaces: Spaces): Promise<void> {
  await writeResult(`${JSON.stringify(spaces, null, 2)}\n`);
}

/** A space that nothing is tried of would be a mistake without a word. */
function refuseIdleSpaces(given: Spaces, names: readonly string[]): void {
  const idle = Object.keys(given).filter((name) => !names.includes(name));
  if (idle.length === 0) return;
  throw new UsageError(
    `Cannot use the space of ${idle.map((name) => `"${name}"`).join(", ")}: ` +
      `${idle.length === 1 ? "the model is" : "these models are"} not among those that are tuned`,
    "Take it out of the file, or name the model with --models",
  );
}

/** A tune that can begin. */
interface Work {
  readonly request: TuneRequest;
  readonly dataset: Dataset;
  readonly gpu: Gpu;
  readonly record: TuneRecord;
  readonly signal: AbortSignal;
}

async function tuneOn({ request, dataset, gpu, record, signal }: Work): Promise<void> {
  const folder = openedPath(`${runs}/${request.name ?? `${request.dataset}-tune`}`);
  await using opened = await openTune(folder, record);
  const shown = shownPath(folder);
  const finished = await readTuneResult(folder);
  if (finished !== undefined) {
    note(`${shown} came to its end before`);
    return await report(finished, opened.record, shown, request);
  }
  const { trials, minutes, models: names, eval_users: evalUsers } = record;
  const length = trials === null ? `${minutes} min` : counted(trials, "trial");
  const drawn = drawnUsersText(dataset, evalUsers);
  const of = drawn === undefined ? "" : ` of ${drawn}`;
  note(`${opened.isResumed ? "Going on with" : "Tuning into"} ${shown} on ${gpu.name}`);
  note(`${length} of ${names.join(", ")}; validation ${metricLabel(stoppingMetric)}${of}:`);
  const where = { dataset, dataDirectory: request.dataDir, evalUsers };
  const place = { gpu, ...where, cache: cacheFolder, signal };
  const result = await tune({
    ...{ folder, record: opened.record, place, engine: engineOf(request, place) },
    onOutcome: (step, outcome) => note(outcomeText(step, outcome)),
    onStage: note,
  }).catch((error) => {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError("Interrupted; what is done is kept", "Go on with the same command");
  });
  if (trials !== null && result.trials < trials) {
    note(
      `${length} asked for: there are no more than ${result.trials} to try of ${names.join(", ")}`,
    );
  }
  await report(result, opened.record, shown, request);
}

/** What runs the trials. */
function engineOf({ engine, adapter, sbatchArgs }: TuneRequest, place: TrialPlace): TrialEngine {
  if (engine === "local") return localEngine(place);
  const program = shellWord(`${projectFolder}bandpass`);
  return slurmEngine({
    place: { ...place, adapter },
    command: (folder) => `${program} run-trial ${shellWord(folder)} --task`,
    sbatchArguments: sbatchArgs,
    onNote: note,
    signal: place.signal,
  });
}

async function report(
  result: TuneResult,
  record: TuneRecord,
  shown: string,
  { json, dataset, dataDir }: TuneRequest,
) {
  const preset = `${shown}/preset.json`;
  if (json) return await writeJson({ tune: shown, ...result, preset });
  await writeResult(tuneText(result, shown, columnsOf(Deno.stdout)));
  const untried = untriedText(result, record);
  if (untried !== undefined) note(`\n${untried}`);
  const place: Record<string, string> = { dataset };
  if (dataDir !== trainOptions.data_dir.default) place.data_dir = dataDir;
  note(`\nNext: ${flags.command("train", { ...place, preset })}`);
}
