/**
 * What can be told of a run from its files, without its dataset, its model or a device.
 *
 * @module
 */
import { readTextFile } from "../../data/regular_file.ts";
import { SafetensorsReader } from "../../data/safetensors.ts";
import { BandpassError } from "../../errors.ts";
import type { Metrics } from "../../evaluation/metrics.ts";
import { describeSettings } from "../../models/nearest_preset.ts";
import { blend } from "../../models/blend/blend.ts";
import { membersOf } from "../../models/blend/member_list.ts";
import { models } from "../../models/registry.ts";
import type { SettingValue } from "../../models/settings.ts";
import { savedPosition } from "../../training/checkpoint.ts";
import { parseConfigFile } from "../../training/configuration_file.ts";
import { type EpochLine, isEpochLine } from "../../training/epoch_line.ts";
import type { TrainingJob } from "../../training/job.ts";
import { stopReason } from "../../training/position.ts";
import { readResult } from "../../training/result_file.ts";
import { RunFolder } from "../../training/run_folder.ts";
import type { RunStatus } from "../../training/run_result.ts";
import { secondsOf, stoppingMetric } from "../../training/training_result.ts";

/** How a run is doing: how it ended, that a process trains it, or that its files tell nothing. */
export type RunState = RunStatus | "running" | "unreadable";

/** A run in a list. */
export interface ListedRun {
  /** The name of its folder. */
  readonly name: string;
  /** The dataset. */
  readonly dataset?: string;
  /** The model; `tune` of a tune, `study` of a study. */
  readonly model?: string;
  /** The random seed. */
  readonly seed?: number;
  /** Trials that were begun, of a tune; trials that have ended, of a study. */
  readonly trials?: number;
  /** A preset that the settings are nearest to, if it is nearer than the defaults. */
  readonly preset?: string;
  /** Settings that differ from those; all of them, where the model is a user's own. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** How it is doing. */
  readonly status: RunState;
  /** Epochs that were trained. */
  readonly epochs: number;
  /** The epoch of the best validation score, counted from 1. */
  readonly best_epoch?: number;
  /** Metrics of that epoch on the validation split. */
  readonly validation?: Metrics;
  /** Metrics of that epoch on the test split, where the run has recorded them. */
  readonly test?: Metrics;
  /** True where it finished without a look at the test split, as the trials of a search do. */
  readonly untested?: true;
  /** Seconds of training. */
  readonly seconds?: number;
  /** When it last changed, in milliseconds since 1970. */
  readonly modified: number;
  /** Bytes of its files. */
  readonly bytes: number;
  /** What is wrong with an unreadable one. */
  readonly problem?: BandpassError;
}

/**
 * Reads a run; what is wrong with it is told by its status.
 *
 * @param path Its folder.
 * @param name The name of its folder.
 */
export async function readRun(path: string, name: string): Promise<ListedRun> {
  const place = { name, ...await sizeOf(path) };
  try {
    return { ...place, ...await contentsOf(path) };
  } catch (error) {
    if (!(error instanceof BandpassError)) throw error;
    return { ...place, settings: {}, status: "unreadable", epochs: 0, problem: error };
  }
}

/**
 * Bytes and the time of the last change of all files in a folder, and in those below it.
 *
 * @param path The folder.
 */
export async function sizeOf(path: string): Promise<{ bytes: number; modified: number }> {
  let [bytes, modified] = [0, 0];
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    // It may be gone again, where the run is being trained.
    const found = await (isDirectory ? sizeOf(`${path}/${name}`) : fileSize(`${path}/${name}`))
      .catch(() => ({ bytes: 0, modified: 0 }));
    bytes += found.bytes;
    modified = Math.max(modified, found.modified);
  }
  return { bytes, modified };
}

async function fileSize(path: string): Promise<{ bytes: number; modified: number }> {
  const { size, mtime } = await Deno.lstat(path);
  return { bytes: size, modified: mtime?.getTime() ?? 0 };
}

type RunContents = Omit<ListedRun, "name" | "bytes" | "modified">;

async function contentsOf(path: string): Promise<RunContents> {
  const folder = await RunFolder.open(path);
  const file = parseConfigFile(await folder.configuration(), `${path}/config.json`);
  const subject = subjectOf(file.options, file.settings);
  const result = await readResult(path);
  const isRunning = await folder.isTraining();
  if (result !== undefined && !isRunning) {
    const { status, epochs, best_epoch, validation, test, seconds } = result;
    return {
      ...{ ...subject, status, epochs, seconds, best_epoch: best_epoch ?? undefined },
      ...{ validation: validation ?? undefined, test: test ?? undefined },
      ...status === "finished" && test === null && { untested: true },
    };
  }
  const lines = await epochLines(`${path}/metrics.jsonl`);
  const best = bestOf(lines);
  const { patience } = file.settings;
  const isFinished = () => hasFinished(folder, lines, Number(file.options.epochs), patience);
  return {
    ...{ ...subject, epochs: lines.length, best_epoch: best?.epoch, validation: best?.validation },
    seconds: lines.length === 0 ? undefined : secondsOf(lines),
    status: isRunning ? "running" : await isFinished() ? "finished" : "interrupted",
  };
}

/** What was trained, as far as it is known. */
function subjectOf(
  options: Readonly<Record<string, unknown>>,
  all: Readonly<Record<string, unknown>>,
) {
  const text = (value: unknown) => typeof value === "string" ? value : undefined;
  const [model, dataset] = [text(options.model), text(options.dataset)];
  const seed = typeof options.seed === "number" ? options.seed : undefined;
  const { eval_users } = options;
  const drawn: Record<string, SettingValue> = typeof eval_users === "number" ? { eval_users } : {};
  const settings = Object.fromEntries(Object.entries(all).filter(isSetting));
  if (model === blend.name) return { model, dataset, seed, settings: sharesOf(settings) };
  const definition = options.model_file === undefined
    ? models.find(({ name }) => name === model)
    : undefined;
  if (definition === undefined) {
    return { model, dataset, seed, settings: { ...settings, ...drawn } };
  }
  const inUse = { model: definition.name, dataset: dataset ?? "", settings };
  const { preset, changed } = describeSettings(inUse, definition.settings);
  return { model, dataset, seed, preset, settings: { ...changed, ...drawn } };
}

/** What there is to tell of a blend: the weight of each member. */
function sharesOf(settings: Readonly<Record<string, SettingValue>>): Record<string, SettingValue> {
  const texts = { members: String(settings.members), weights: String(settings.weights) };
  return Object.fromEntries(membersOf(texts).map(({ run, weight }) => [run, weight]));
}

function isSetting(entry: [string, unknown]): entry is [string, SettingValue] {
  return ["string", "number", "boolean"].includes(typeof entry[1]);
}

/** The lines of whole epochs, from the first on; none where there is no such file. */
async function epochLines(path: string): Promise<EpochLine[]> {
  const text = await readTextFile(path, 1 << 28).catch(() => "");
  const lines: EpochLine[] = [];
  for (const line of text.split("\n")) {
    try {
      const found: unknown = JSON.parse(line);
      if (!isEpochLine(found) || found.epoch !== lines.length + 1) break;
      lines.push(found);
    } catch {
      break;
    }
  }
  return lines;
}

function bestOf(lines: readonly EpochLine[]): EpochLine | undefined {
  // The first of equally good ones, as training has it.
  return lines.reduce<EpochLine | undefined>(
    (best, line) =>
      best !== undefined && best.validation[stoppingMetric] >= line.validation[stoppingMetric]
        ? best
        : line,
    undefined,
  );
}

/** Whether a run without a result came to its end, as one of before there were results may have. */
async function hasFinished(
  folder: RunFolder,
  lines: readonly EpochLine[],
  epochs: number,
  patience: unknown,
): Promise<boolean> {
  if (await folder.hasCheckpoint("last")) {
    using state = await SafetensorsReader.open(folder.checkpointPath("last"));
    const position = savedPosition(state);
    const settings = { patience: Number(patience) } as TrainingJob["settings"];
    return stopReason(position, { epochs: position.epochs ?? epochs, settings }) !== undefined;
  }
  // A model without parameters is computed whole, and then told of in one line.
  return lines.length === 1 && !await folder.hasCheckpoint("best");
}
