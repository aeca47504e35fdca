/**
 * The lines that a training opens with: program and device, dataset, model, run.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { counted } from "../../data/counts.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { type Configuration, trainOptions } from "../../training/configuration.ts";
import { plainStyle, type Style } from "../common/terminal.ts";
import { wrap } from "../common/text_width.ts";
import { stoppingMetric } from "../../training/training_result.ts";
import type { Yardstick } from "../../recommender/yardstick.ts";
import type { Changes } from "./changes.ts";
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
export function programLine({ name, software }: Gpu, { style = plainStyle }: Layout = {}): string {
  const where = software ? `the CPU: ${name}` : name;
  return `${style.bold(`Bandpass ${manifest.version}`)} on ${where}`;
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
