/**
 * What `train` does with what the user asked for.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { type ContentHashes, hashedOnce, interactionsPart } from "../../data/content_hashes.ts";
import type { Dataset } from "../../data/dataset.ts";
import { datasetFolder, readDataset } from "../../data/folder.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { megabytes, Memory } from "../../gpu/memory.ts";
import {
  type ComputedDefinition,
  isTrained,
  type TrainedDefinition,
  trainedSettings,
} from "../../models/define_model.ts";
import { noting } from "../../recommender/made.ts";
import { newRun } from "../../recommender/new_run.ts";
import { assertSameData, assertSameMachine } from "../../recommender/same_run.ts";
import { train } from "../../recommender/train.ts";
import { measureYardstick, type Yardstick } from "../../recommender/yardstick.ts";
import { configurationText, trainOptions } from "../../training/configuration.ts";
import { withModalityWeights } from "../../training/modality_weights.ts";
import { notLearningNow, notLearningText } from "../../training/not_learning.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { asRecorded } from "../../training/run_record.ts";
import { Training } from "../../training/training.ts";
import { drawnUsersText } from "../../training/validation_users.ts";
import type { TrainingResult } from "../../training/training_result.ts";
import { openDevice } from "../common/device.ts";
import { cacheFolder, graphCache } from "../common/graph_cache.ts";
import { Interruption } from "../common/interruption.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { openedPath, shownPath } from "../common/paths.ts";
import { freeRunName, inFreeFolder, runNameOf, runs } from "../common/run_name.ts";
import { createProgress, type Progress, stderrSink } from "../common/progress.ts";
import { columnsOf, styleOf } from "../common/terminal.ts";
import { wrap } from "../common/text_width.ts";
import { ended } from "./ended.ts";
import { epochText } from "./epoch_text.ts";
import { type Changes, changesOf } from "./changes.ts";
import { compileTraining } from "./compile_progress.ts";
import { computeProgress } from "./compute_progress.ts";
import {
  datasetLine,
  foundPresetLine,
  modelLine,
  programLine,
  runLine,
  searchLine,
  yardstickLine,
} from "./header.ts";
import { type EpochReport, epochReport, memoryText } from "./memory_plan.ts";
import { attemptOf, reportTraining, warningText } from "./report_training.ts";
import { type ResumedRun, resumedRun } from "./resumed_run.ts";
import type { ConfiguredModel, TrainRequest } from "./train_command.ts";

/** A training that can begin: all that the user named is there. */
interface Work extends ConfiguredModel {
  readonly request: TrainRequest;
  readonly resumed?: ResumedRun;
  readonly changes: Changes;
  readonly dataset: Dataset;
  readonly hashes: () => ContentHashes;
  readonly gpu: Gpu;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Trains, tests the best epoch, and prints the result.
 *
 * @param request What the user asked for.
 */
export async function runTrain(request: TrainRequest): Promise<void> {
  const { configuration, definition, resumed } = await configured(request);
  const { run } = request;
  if (run !== undefined) await RunFolder.assertFree(openedPath(`${runs}/${run}`));
  const { data_dir, dataset: name, adapter } = configuration;
  const progress = createProgress(stderrSink());
  const dataset = await readDataset(await datasetFolder(openedPath(data_dir), name), progress.note);
  const hashes = hashedOnce(dataset);
  if (resumed !== undefined) {
    assertSameData(resumed.folder.path, resumed.folder.record, dataset, progress.note, hashes);
  }
  const opened = await openDevice(adapter);
  const gpu = resumed === undefined ? opened : asRecorded(opened, resumed.folder.record);
  const stops = isTrained(definition) ? "saving the state" : "stopping";
  using interruption = new Interruption(stops, progress.note);
  try {
    if (resumed !== undefined) {
      const { path, record } = resumed.folder;
      assertSameMachine(path, record, { bandpass: manifest.version, adapter: gpu.name });
    }
    const changes = changesOf(configuration, definition.settings, request.preset);
    const { signal } = interruption;
    const work = { request, configuration, definition, resumed, changes };
    await trainOn({ ...work, dataset, hashes, gpu, progress, signal });
  } finally {
    progress.end();
    await gpu.close();
  }
}

/** The configuration asked for, or that of the run to go on with. */
async function configured(
  { configuration, resume, ...request }: TrainRequest,
): Promise<ConfiguredModel & { readonly resumed?: ResumedRun }> {
  if (configuration !== undefined) return configuration;
  const resumed = await resumedRun({ ...request, resume: resume! });
  return { ...resumed, resumed };
}

async function trainOn(work: Work): Promise<void> {
  const { request, configuration, definition, resumed, changes, dataset, gpu, progress } = work;
  const layout = { columns: columnsOf(Deno.stderr), style: styleOf(Deno.stderr) };
  const { dryRun } = request;
  const path = resumed?.folder.path ?? await newPath(work);
  progress.note(programLine(gpu, layout));
  progress.note(datasetLine(dataset, layout));
  const drawn = drawnUsersText(dataset, configuration.eval_users);
  const { default: usual } = trainOptions.epochs;
  const epochs = isTrained(definition) ? configuration.epochs : usual;
  progress.note(modelLine({ ...configuration, epochs, drawn }, changes, layout));
  const search = searchLine(configuration.settings, changes, layout);
  if (search !== undefined) progress.note(search);
  if (typeof request.preset === "object") {
    progress.note(foundPresetLine(request.preset, dataset.name, work.hashes()[interactionsPart]));
  }
  if (!dryRun) progress.note(runLine(shownPath(path), resumed?.state, layout));
  if (dataset.modalities.length === 0) {
    const warning = `Warning: no features (<modality>_feat.npy) beside "${dataset.name}.inter": ` +
      "models see IDs only";
    progress.note(wrap(warning, layout.columns).replace("Warning:", layout.style.yellow));
  }
  if (epochs !== configuration.epochs) {
    progress.note(`"${configuration.model}" is not trained: a maximum of epochs changes nothing`);
  }
  if (dryRun) progress.note(configurationText(configuration).trimEnd());
  else resumed?.notes.forEach(progress.note);
  return isTrained(definition)
    ? await trainModel(work, definition, path)
    : await computeModel(work, definition, path);
}

/** The folder that a new run would get now. */
async function newPath({ configuration, changes, request }: Work): Promise<string> {
  const name = request.run ??
    await freeRunName(runNameOf(configuration, changes.settings), runs);
  return openedPath(`${runs}/${name}`);
}

async function trainModel(work: Work, definition: TrainedDefinition, path: string): Promise<void> {
  const { gpu, dataset, hashes, request, resumed, progress, signal } = work;
  const { notes, note, cache } = noting({ cache: cacheFolder, onNote: progress.say });
  const isNew = resumed === undefined && !request.dryRun;
  const weighing = { gpu, dataset, hashes, definition, cache, note };
  const configuration = isNew
    ? await withModalityWeights({ ...weighing, configuration: work.configuration })
    : work.configuration;
  const { seed, epochs, eval_users: evalUsers } = configuration;
  const settings = trainedSettings(definition, configuration.settings);
  const where = { gpu, dataset, cache, note, signal };
  const job = { ...where, definition, settings, seed, epochs, evalUsers };
  const yardstick = request.yardstick && !request.dryRun ? await measured(work) : undefined;
  progress.show((columns) => columns === undefined ? undefined : "Preparing the model");
  const training = await Training.plan(job);
  try {
    const { memory } = training;
    if (request.verbose) {
      progress.note(
        `${training.stepsPerEpoch} steps per epoch, ${training.dispatchesPerStep} dispatches and ` +
          `1 submit per step, ${megabytes(memory.bytes)} of GPU memory`,
      );
    }
    if (request.dryRun) {
      progress.show((columns) => columns === undefined ? undefined : "Timing some steps");
      const time = await epochReport(training, signal, progress.say);
      return await printPlan(work, memory, time);
    }
    await compileTraining(training, { progress, verbose: request.verbose, signal });
    const folder = resumed?.folder ??
      await inFreeFolder(
        () => freePath(work, path),
        (free) => newRun(free, gpu, dataset, configuration, notes, hashes()),
      );
    await using _lock = await folder.lock();
    const style = styleOf(Deno.stderr);
    const limits = { epochs, patience: settings.patience };
    const result = await training.run(folder, {
      ...{ resume: resumed !== undefined, signal },
      onProgress: computeProgress(progress, false),
      onEpoch(epoch) {
        progress.show((columns) => epochText(epoch, limits, columns, style));
        const found = notLearningNow(epoch.lines, definition.settings, settings);
        if (found === undefined) return;
        const attempt = attemptOf(found, shownPath(folder.path), request.modelFile);
        progress.note(warningText(notLearningText(found), attempt));
      },
    }).catch(async (error) => {
      throw await ended(error, folder, request.modelFile);
    });
    await report({ ...work, configuration }, folder.path, result, { yardstick, notes });
  } finally {
    training.close();
  }
}

/** A model without parameters is computed and evaluated; there is nothing to repeat. */
async function computeModel(
  work: Work,
  definition: ComputedDefinition,
  path: string,
): Promise<void> {
  const { gpu, dataset, configuration, request, progress, signal } = work;
  if (request.dryRun) {
    progress.note(`"${configuration.model}" has no parameters, and nothing is trained`);
    const memory = new Memory(gpu);
    try {
      await definition.plan?.({ memory, dataset });
      if (request.json || memory.bytes > 0) await printPlan(work, memory);
    } finally {
      memory.destroy();
    }
    return;
  }
  const { settings, seed, adapter, eval_users: evalUsers } = configuration;
  const { notes, note } = noting({ onNote: progress.say });
  await using recommender = await train(dataset, definition, {
    ...{ gpu, settings, seed, evalUsers, adapter, signal, cache: cacheFolder, onNote: note },
    onProgress: computeProgress(progress, settings.search === "valid"),
  });
  progress.clear();
  const run = await inFreeFolder(() => freePath(work, path), async (free) => {
    await recommender.save(free);
    return free;
  });
  await report(work, run, recommender.result, { notes });
}

async function report(
  work: Work,
  run: string,
  result: TrainingResult,
  measured: Pick<Parameters<typeof reportTraining>[0], "yardstick" | "notes">,
): Promise<void> {
  work.progress.end();
  await reportTraining({ ...work, ...measured }, run, result);
}

async function measured(
  { gpu, dataset, hashes, configuration, resumed, progress, signal }: Work,
): Promise<Yardstick | undefined> {
  progress.show((columns) => columns === undefined ? undefined : "Computing a yardstick");
  const cache = graphCache(progress.say);
  // The beginning of the run has kept it, unless it was to have none.
  const isKeptOnly = resumed !== undefined;
  const ranked = { evalUsers: configuration.eval_users, seed: configuration.seed };
  const job = { gpu, dataset, hashes, ranked, isKeptOnly };
  const yardstick = await measureYardstick({ ...job, cache, signal });
  progress.clear();
  if (yardstick === undefined) return undefined;
  const layout = { columns: columnsOf(Deno.stderr), style: styleOf(Deno.stderr) };
  progress.note(yardstickLine(yardstick, layout));
  return yardstick;
}

async function printPlan(
  { gpu, dataset, configuration, request, progress }: Work,
  memory: Memory,
  time?: EpochReport,
): Promise<void> {
  progress.clear();
  const owners = memory.plan();
  const { bytes, bytesWithoutReuse: separate } = memory;
  const { rss: host_bytes } = Deno.memoryUsage();
  const { model } = configuration;
  const names = { model, dataset: dataset.name, adapter: gpu.name };
  const plan = { ...names, owners, bytes, bytes_without_reuse: separate, host_bytes, time };
  if (request.json) await writeJson(plan);
  else await writeResult(memoryText(plan, gpu.limits));
}

/** The folder of a new run; the next free one, where another training has taken its name meanwhile. */
async function freePath(work: Work, path: string): Promise<string> {
  const now = await newPath(work);
  if (now !== path) {
    work.progress.note(
      `Another training run has taken ${shownPath(path)}; this is ${shownPath(now)}`,
    );
  }
  return now;
}
