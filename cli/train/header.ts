/**
 * The lines that a training opens with: program and device, dataset, model, run.
 *
 * @module
 */
import { flags } from "../common/flags.ts";
import manifest from "../../deno.json" with { type: "json" };
import { counted } from "../../data/counts.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { ownKernels } from "../../gpu/kernel_choices.ts";
import { type Configuration, trainOptions } from "../../training/configuration.ts";
import { plainStyle, type Style } from "../common/terminal.ts";
import { wrap } from "../common/text_width.ts";
import { stoppingMetric } from "../../training/training_result.ts";
import type { Yardstick } from "../../recommender/yardstick.ts";
import type { Changes } from "./changes.ts";
import type { TrainPreset } from "./train_command.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";

/** How the lines are laid out. */
export interface Layout {
  /** The columns of a terminal, whose lines are wrapped; without them they are not. */
  readonly columns?: number;
  /** How labels are set off (default: not at all). */
  readonly style?: Style;
}

/**
 * The program and the device.
 *
 * @param gpu The device.
 * @param layout How it is laid out.
 */
export function programLine(gpu: Gpu, { style = plainStyle }: Layout = {}): string {
  const { name, software } = gpu;
  const where = software ? `the CPU: ${name}` : name;
  const kernels = ownKernels(gpu) === undefined ? "" : ", with the kernels measured there";
  return `${style.bold(`Bandpass ${manifest.version}`)} on ${where}${kernels}`;
}

/**
 * The dataset: its counts and its modalities.
 *
 * @param dataset The dataset.
 * @param layout How it is laid out.
 */
export function datasetLine(dataset: Dataset, layout: Layout = {}): string {
  const { name, users, items, train, valid, test, modalities } = dataset;
  const rows = train.users.length + valid.users.length + test.users.length;
  const features = modalities.length === 0
    ? "no features"
    : modalities.map((modality) => `${modality.name} ${modality.columns}`).join(", ");
  return labelled(
    "Dataset",
    `${name}: ${counted(users, "user")}, ${counted(items, "item")}, ${
      counted(rows, "interaction")
    }; ` +
      features,
    layout,
  );
}

/**
 * The model: its preset, and what was changed.
 *
 * @param configuration The configuration.
 * @param changes What it has beside the model's defaults.
 * @param layout How it is laid out.
 */
export function modelLine(
  { model, seed, epochs, drawn }: Pick<Configuration, "model" | "seed" | "epochs"> & {
    /** Whom validation ranks, where it does not rank all. */
    readonly drawn?: string;
  },
  { preset, settings }: Changes,
  layout: Layout = {},
): string {
  const parts = [
    ...preset === undefined ? [] : [`preset ${preset}`],
    ...Object.entries(settings).map(([key, value]) => `${key}=${value}`),
    ...seed === trainOptions.seed.default ? [] : [`seed ${seed}`],
    ...epochs === trainOptions.epochs.default ? [] : [`at most ${counted(epochs, "epoch")}`],
    ...drawn === undefined ? [] : [`validation ranks ${drawn}`],
  ];
  return labelled("Model", [model, ...parts].join(", "), layout);
}

/**
 * Where a preset was found; settings that were found on other data may be bad for these.
 *
 * @param preset The preset.
 * @param dataset What is trained on.
 * @param hash The hash of its interactions.
 */
export function foundPresetLine(
  { name, found }: TrainPreset,
  dataset: string,
  hash: string,
): string {
  return hash === found.data_sha256
    ? `          found on ${found.dataset}: ${found.source}`
    : `Warning: "${name}" was found on "${found.dataset}", whose data differ from "${dataset}"`;
}

/**
 * That settings are not searched for, where one that is given has ended that and nobody has said so.
 *
 * @param settings All settings, as they were resolved.
 * @param changes What the model has beside its defaults.
 * @param layout How it is laid out.
 * @returns Nothing where they are searched for, a preset has them, or `search` is given.
 */
export function searchLine(
  settings: Configuration["settings"],
  { preset, settings: changed }: Changes,
  layout: Layout = {},
): string | undefined {
  const { search } = settings;
  if (search !== "none" || preset !== undefined || "search" in changed) return undefined;
  return labelled(
    "Search",
    `none, as a setting is given: ${
      flags.setting("settings.search", "valid")
    } searches for the others`,
    layout,
  );
}

/**
 * The run.
 *
 * @param path Its folder, as the user can type it.
 * @param state How it stands already, of one that is resumed.
 * @param layout How it is laid out.
 */
export function runLine(path: string, state: string | undefined, layout: Layout = {}): string {
  return labelled("Run", state === undefined ? path : `${path}, ${state}`, layout);
}

const labelWidth = "Yardstick ".length;

/**
 * What a model without training reaches.
 *
 * @param yardstick What was measured.
 * @param layout How it is laid out.
 */
export function yardstickLine({ model, recall }: Yardstick, layout: Layout = {}): string {
  const text = `${model}, computed without training: validation ${metricLabel(stoppingMetric)} `;
  return labelled("Yardstick", text + recall.toFixed(4), layout);
}

/** A label and a text that is wrapped beside it. */
function labelled(label: string, text: string, { columns, style = plainStyle }: Layout): string {
  const lines = wrap(label.padEnd(labelWidth) + text, columns, " ".repeat(labelWidth));
  return style.dim(label) + lines.slice(label.length);
}
