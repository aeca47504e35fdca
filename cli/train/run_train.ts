/**
 * What `train` does with what the user asked for.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import type { Dataset } from "../../data/dataset.ts";
import { isTaken } from "../../data/exists.ts";
import { datasetFolder, readDataset } from "../../data/folder.ts";
import { InterruptedError, UsageError } from "../../errors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { megabytes, Memory } from "../../gpu/memory.ts";
import {
  type ComputedDefinition,
  isTrained,
  type ModelDefinition,
  type TrainedDefinition,
  trainedSettings,
} from "../../models/define_model.ts";
import { trainingProtocol } from "../../recommender/environment.ts";
import { newRun } from "../../recommender/new_run.ts";
import { openRun } from "../../recommender/run.ts";
import { assertSameData, assertSameMachine } from "../../recommender/same_run.ts";
import { train } from "../../recommender/train.ts";
import { type Configuration, configurationText } from "../../training/configuration.ts";
import { savedPosition } from "../../training/checkpoint.ts";
import type { RunFolder } from "../../training/run_folder.ts";
import { Training } from "../../training/training.ts";
import {
  type EpochProgress,
  stoppingMetric,
  type TrainingResult,
} from "../../training/training_result.ts";
import { grouped } from "../../data/counts.ts";
import { openDevice } from "../common/device.ts";
import { cacheFolder, graphCache } from "../common/graph_cache.ts";
import { Interruption } from "../common/interruption.ts";
import { givenModel, modelWords } from "../common/model_option.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { shownPath } from "../common/paths.ts";
import { createProgress, type Progress, stderrSink } from "../common/progress.ts";
import { type MemoryReport, memoryText } from "./memory_plan.ts";
import { type TrainReport, type TrainRequest, trainText } from "./train_command.ts";

/**
 * Trains, tests the best epoch, and prints the result.
 *
 * @param request What the user asked for.
 */
export async function runTrain(request: TrainRequest): Promise<void> {
  const { resumed, configuration, definition } = await configured(request);
  if (resumed !== undefined && !isTrained(definition)) {
    throw new UsageError(
      `Cannot resume "${resumed.path}": "${definition.name}" has no parameters, and was computed whole`,
      "Evaluate it, or ask it for recommendations",
    );
  }
  const note = (text: string) => console.error(text);
  const dataset = await readDataset(
    await datasetFolder(configuration.data_dir, configuration.dataset),
    note,
  );
  if (resumed !== undefined) assertSameData(resumed.path, resumed.record, dataset, note);
  const gpu = await openDevice(configuration.adapter);
  const progress = createProgress(stderrSink());
  using interruption = new Interruption();
  try {
    if (resumed !== undefined) {
      const { version: bandpass } = manifest;
      assertSameMachine(resumed.path, resumed.record, { bandpass, adapter: gpu.name });
    }
    progress.note(datasetText(dataset));
    if (dataset.modalities.length === 0) {
      progress.note(
        `Warning: no <modality>_feat.npy is beside "${dataset.name}.inter": models see ids alone`,
      );
    }
    const { signal } = interruption;
    const work = { gpu, dataset, definition, configuration, request, resumed, progress, signal };
    const report = isTrained(definition)
      ? await trainModel(work, definition)
      : await computeModel(work, definition);
    if (report === undefined) return;
    if (request.json) await writeJson(report);
    else await writeResult(trainText(report));
  } finally {
    progress.end();
    gpu.close();
  }
}

interface Work {
  readonly gpu: Gpu;
  readonly dataset: Dataset;
  readonly definition: ModelDefinition;
  readonly configuration: Configuration;
  readonly request: TrainRequest;
  readonly resumed?: RunFolder;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** The configuration asked for, or that of the run to go on with. */
async function configured(request: TrainRequest) {
  if (request.configuration !== undefined) {
    return { ...request.configuration, resumed: undefined };
  }
  const { folder: resumed, configuration, definition } = await openRun(
    request.resume!,
    await givenModel(request.modelFile),
    modelWords,
  );
  const { epochs = await epochsOf(resumed, configuration), dataDir } = request;
  const now = { ...configuration, epochs, data_dir: dataDir ?? configuration.data_dir };
  console.error(configurationText(now).trimEnd());
  return { resumed, configuration: now, definition };
}

/**
 * The epochs at most that a run was last going for. They are kept with its state, so that `config.json`
 * stays what the run was started with.
 */
async function epochsOf(run: RunFolder, { epochs }: Configuration): Promise<number> {
  const started = run.record?.configuration.epochs ?? epochs;
  if (started !== epochs) {
    throw new UsageError(
      `Cannot resume "${run.path}": its config.json was edited after it was started: epochs ` +
        `${epochs}, then ${started}`,
      `Put the value back, and resume with --epochs ${epochs}`,
    );
  }
  if (!await run.hasCheckpoint("last")) {
    console.error(`"${run.path}" was ended before its first epoch was saved: it begins anew`);
    return epochs;
  }
  using state = await run.openCheckpoint("last");
  return savedPosition(state).epochs ?? epochs;
}

async function trainModel(
  work: Work,
  definition: TrainedDefinition,
): Promise<TrainReport | undefined> {
  const { gpu, dataset, configuration, request, resumed, progress, signal } = work;
  const { seed, epochs } = configuration;
  const settings = trainedSettings(definition, configuration.settings);
  const notes: string[] = [];
  const note = (text: string) => {
    notes.push(text);
    progress.note(text);
  };
  const cache = graphCache(note);
  const job = { gpu, dataset, definition, settings, seed, epochs, cache, note };
  const training = await Training.plan(job);
  try {
    progress.note(
      `${training.stepsPerEpoch} steps an epoch, ${training.dispatchesPerStep} dispatches and ` +
        `1 submit a step, ${megabytes(training.memory.bytes)} on "${gpu.name}"`,
    );
    if (request.dryRun) {
      const { memory } = training;
      const report = memoryReport(work, memory.plan(), memory.bytes, memory.bytesWithoutReuse);
      if (request.json) await writeJson(report);
      else await writeResult(memoryText(report, gpu.limits));
      return undefined;
    }
    await training.compile();
    const folder = resumed ?? await newFolder(work, notes);
    await using _lock = await folder.lock();
    progress.note(shownPath(folder.path));
    const onEpoch = reportEpoch(progress, epochs);
    const result = await training.run(folder, { resume: resumed !== undefined, signal, onEpoch })
      .catch((error) => {
        if (!(error instanceof InterruptedError)) throw error;
        throw new InterruptedError(
          error.message,
          `Go on with deno task train --resume ${shownPath(folder.path)}${
            request.modelFile === undefined ? "" : ` --model ${request.modelFile}`
          }`,
        );
      });
    return reportOf(work, folder.path, result);
  } finally {
    training.close();
  }
}

/** A model without parameters is computed and evaluated; there is nothing to repeat. */
async function computeModel(
  work: Work,
  definition: ComputedDefinition,
): Promise<TrainReport | undefined> {
  const { gpu, dataset, configuration, request, progress, signal } = work;
  if (request.dryRun) {
    progress.note(`"${configuration.model}" has no parameters, and nothing is trained`);
    const memory = new Memory(gpu);
    try {
      await definition.plan?.({ memory, dataset });
      const report = memoryReport(work, memory.plan(), memory.bytes, memory.bytesWithoutReuse);
      if (request.json) await writeJson(report);
      else if (report.bytes > 0) await writeResult(memoryText(report, gpu.limits));
    } finally {
      memory.destroy();
    }
    return undefined;
  }
  const { settings, seed } = configuration;
  const run = `runs/${request.run ?? await freeName(configuration)}`;
  await using recommender = await train(dataset, definition, {
    ...{ gpu, settings, seed, run, cache: cacheFolder, signal },
    onNote: progress.note,
  });
  return reportOf(work, run, recommender.result);
}

function memoryReport(
  { gpu, dataset, configuration }: Work,
  owners: MemoryReport["owners"],
  bytes: number,
  separate: number,
): MemoryReport {
  const { model } = configuration;
  const names = { model, dataset: dataset.name, adapter: gpu.name };
  return { ...names, owners, bytes, bytes_without_reuse: separate };
}

function reportEpoch(progress: Progress, epochs: number) {
  return ({ line, stopping }: EpochProgress) =>
    progress.epoch({
      epoch: line.epoch,
      epochs,
      loss: line.loss,
      seconds: line.seconds,
      validation: { name: stoppingMetric, value: line.validation[stoppingMetric] },
      best: { value: stopping.bestScore, epoch: stopping.bestEpoch },
    });
}

function reportOf({ gpu, configuration }: Work, run: string, result: TrainingResult): TrainReport {
  const { model, dataset, seed } = configuration;
  return {
    ...{ protocol: trainingProtocol, model, dataset, seed, adapter: gpu.name, run: shownPath(run) },
    epochs: result.epochs,
    seconds_per_epoch: result.secondsPerEpoch,
    best_epoch: result.bestEpoch,
    validation: result.validation,
    test: result.test,
  };
}

async function newFolder(work: Work, notes: readonly string[]): Promise<RunFolder> {
  const { gpu, dataset, configuration, request } = work;
  const name = request.run ?? await freeName(configuration);
  return await newRun(`runs/${name}`, gpu, dataset, configuration, notes);
}

/** The first free of `dataset-model-seed`, `dataset-model-seed-2`, … */
async function freeName({ dataset, model, seed }: Configuration): Promise<string> {
  const name = `${dataset}-${model}-${seed}`;
  for (let n = 1;; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!await isTaken(`runs/${candidate}`)) return candidate;
  }
}

function datasetText(dataset: Dataset): string {
  const { name, users, items, train, valid, test, modalities } = dataset;
  const features = modalities.length === 0
    ? "no features"
    : modalities.map((modality) => `${modality.name} ${modality.columns}`).join(", ");
  return `${name}: ${grouped(users)} users, ${grouped(items)} items, ` +
    `${grouped(train.users.length)} train, ${grouped(valid.users.length)} valid and ` +
    `${grouped(test.users.length)} test rows, ${features}`;
}
