/**
 * What `train` does with what the user asked for.
 *
 * @module
 */
import manifest from "../deno.json" with { type: "json" };
import type { Dataset } from "../data/dataset.ts";
import { readDataset } from "../data/folder.ts";
import { openGpu } from "../gpu/device.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { megabytes } from "../gpu/memory.ts";
import { assertSelfTest } from "../gpu/self_test.ts";
import type { ModelDefinition } from "../models/model.ts";
import { isTrained, modelNamed } from "../models/registry.ts";
import { resolveSettings, type Settings } from "../models/settings.ts";
import type { trainingSettings } from "../models/training_settings.ts";
import { metricsFromRanks } from "../evaluation/metrics.ts";
import { protocolText } from "../evaluation/ranking.ts";
import { rankSplit } from "../evaluation/rank_split.ts";
import { RunFolder } from "../training/run_folder.ts";
import { stoppingMetric, Training } from "../training/train.ts";
import { grouped } from "./counts.ts";
import { type Configuration, configurationText } from "./configuration.ts";
import { graphCache } from "./graph_cache.ts";
import { type MemoryReport, memoryText } from "./memory_plan.ts";
import { openRun } from "./open_run.ts";
import { writeJson, writeResult } from "./output.ts";
import { createProgress, type Progress, stderrSink } from "./progress.ts";
import { type TrainReport, type TrainRequest, trainText } from "./train.ts";

/** What every result says of how it came about. */
const protocol = `${protocolText("test", "train")}; best epoch by validation ${stoppingMetric}`;

/**
 * Trains, tests the best epoch, and prints the result.
 *
 * @param request What the user asked for.
 */
export async function runTrain(request: TrainRequest): Promise<void> {
  const { folder: resumed, configuration } = await configured(request);
  const dataset = await readDataset(configuration.data_dir, configuration.dataset);
  const definition = modelNamed(configuration.model);
  const gpu = await openGpu(configuration.adapter);
  try {
    await assertSelfTest(gpu);
    const progress = createProgress(stderrSink());
    progress.note(datasetText(dataset));
    if (dataset.modalities.length === 0) {
      progress.note(
        `Warning: no <modality>_feat.npy is beside "${dataset.name}.inter": models see ids alone`,
      );
    }
    const work = { gpu, dataset, configuration, request, resumed, progress };
    const report = isTrained(definition) ? await train(work, definition) : await count(work);
    if (report === undefined) return;
    if (request.json) await writeJson(report);
    else await writeResult(trainText(report));
  } finally {
    gpu.close();
  }
}

interface Work {
  readonly gpu: Gpu;
  readonly dataset: Dataset;
  readonly configuration: Configuration;
  readonly request: TrainRequest;
  readonly resumed?: RunFolder;
  readonly progress: Progress;
}

/** The configuration asked for, or that of the run to go on with. */
async function configured(
  request: TrainRequest,
): Promise<{ folder?: RunFolder; configuration: Configuration }> {
  if (request.configuration !== undefined) return { configuration: request.configuration };
  const { folder, configuration } = await openRun(request.resume!);
  const { epochs = configuration.epochs } = request;
  console.error(configurationText({ ...configuration, epochs }).trimEnd());
  return { folder, configuration: { ...configuration, epochs } };
}

async function train(work: Work, definition: ModelDefinition): Promise<TrainReport | undefined> {
  const { gpu, dataset, configuration, request, resumed, progress } = work;
  const { seed, epochs } = configuration;
  const settings = resolveSettings(definition.settings, configuration.settings) as Settings<
    typeof trainingSettings
  >;
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
      const report: MemoryReport = {
        model: configuration.model,
        dataset: dataset.name,
        adapter: gpu.name,
        owners: training.memory.plan(),
        bytes: training.memory.bytes,
        bytes_without_reuse: training.memory.bytesWithoutReuse,
      };
      if (request.json) await writeJson(report);
      else await writeResult(memoryText(report, gpu.limits));
      return undefined;
    }
    await training.compile();
    const folder = await runFolder(work, notes);
    progress.note(folder.path);
    const result = await training.run(
      folder,
      resumed !== undefined,
      ({ line, stopping }) =>
        progress.epoch({
          epoch: line.epoch,
          epochs,
          loss: line.loss,
          seconds: line.seconds,
          validation: { name: stoppingMetric, value: line.validation[stoppingMetric] },
          best: { value: stopping.bestScore, epoch: stopping.bestEpoch },
        }),
    );
    return {
      ...reportHead(work, folder),
      epochs: result.epochs,
      seconds_per_epoch: result.secondsPerEpoch,
      best_epoch: result.bestEpoch,
      validation: result.validation,
      test: result.test,
    };
  } finally {
    progress.end();
    training.close();
  }
}

/** A model without parameters is computed and evaluated; there is nothing to repeat. */
async function count(work: Work): Promise<TrainReport | undefined> {
  const { gpu, dataset, configuration, request, progress } = work;
  const rank = async (split: "valid" | "test") =>
    metricsFromRanks(await rankSplit(gpu, dataset, configuration, split, "train"));
  if (request.dryRun) {
    progress.note(`"${configuration.model}" has no parameters, and is computed on the CPU`);
    return undefined;
  }
  const started = performance.now();
  const validation = await rank("valid");
  const folder = await runFolder(work);
  const seconds = (performance.now() - started) / 1000;
  const test = await rank("test");
  await folder.writeMetrics([{ epoch: 1, loss: 0, terms: {}, validation, seconds }]);
  return {
    ...reportHead(work, folder),
    epochs: 1,
    seconds_per_epoch: seconds,
    best_epoch: 1,
    validation,
    test,
  };
}

function reportHead({ gpu, configuration }: Work, folder: RunFolder) {
  const { model, dataset, seed } = configuration;
  return { protocol, model, dataset, seed, adapter: gpu.name, run: folder.path };
}

async function runFolder(work: Work, notes: readonly string[] = []): Promise<RunFolder> {
  const { gpu, configuration, request, resumed } = work;
  const text = configurationText(configuration);
  if (resumed !== undefined) {
    // The number of epochs may have been raised.
    await resumed.writeConfiguration(text);
    return resumed;
  }
  const name = request.run ?? await freeName(configuration);
  return await RunFolder.create(`runs/${name}`, text, {
    bandpass: manifest.version,
    deno: Deno.version.deno,
    system: `${Deno.build.os} ${Deno.build.arch}`,
    adapter: gpu.name,
    software_adapter: gpu.software,
    limits: gpu.limits,
    protocol,
    notes,
  });
}

/** The first free of `dataset-model-seed`, `dataset-model-seed-2`, … */
async function freeName({ dataset, model, seed }: Configuration): Promise<string> {
  const name = `${dataset}-${model}-${seed}`;
  for (let n = 1;; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    try {
      await Deno.lstat(`runs/${candidate}`);
    } catch {
      return candidate;
    }
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
