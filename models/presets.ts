/**
 * Published settings by model and dataset.
 *
 * @module
 */
import { sampleName } from "../data/default_names.ts";
import { nearest, UsageError } from "../errors.ts";
import type { SettingValue } from "./settings.ts";
import { tunedSettings } from "./tuned_settings.ts";

/** The settings of a model for a dataset, and who says so. */
export interface Preset {
  /** Its name on the command line: the dataset's. */
  readonly name: string;
  /** The model that it is for. */
  readonly model: string;
  /** Where the settings come from. */
  readonly source: string;
  /** The settings that it fixes; a model's defaults stand for the others. */
  readonly settings: Readonly<Record<string, SettingValue>>;
}

/** Settings that stand for a model's defaults, and what they are called. */
export type NamedSettings = Pick<Preset, "name" | "settings">;

const ssrPaper = "the paper's settings (NeurIPS 2025, arXiv 2512.01372)";
/** The published SSR beside its graph weights, which is the same on all of its datasets. */
const ssrPublished = {
  neighbours: "10",
  mask_weight: 1e-3,
  alignment_weight: 1e-4,
  learning_rate: 1e-4,
} as const;
const smorePaper = "the authors' configuration (WSDM 2025, arXiv 2412.14978)";

const fitmmPaper = "the authors' configuration (ACM MM 2025, arXiv 2601.22498)";
/** The published FITMM, which has the same settings on all of its datasets. */
const fitmmPublished = {
  layers: 2,
  item_layers: 1,
  neighbours: "10",
  bands: 3,
  ib: "surrogate",
  ib_weight: 1,
  ib_alpha: 1,
  ib_mu: 1,
  ib_phi: 0,
  consistency: "cross-band",
  consistency_weight: 1e-3,
  features: "trainable",
  standardise: false,
  learning_rate: 1e-4,
} as const;

/** What the sample's own presets come from. */
const sampleSource =
  "chosen on its validation split to train in seconds; used for the sample by default";

/** All presets. */
export const presets: readonly Preset[] = [
  {
    name: "baby",
    model: "smore",
    source: smorePaper,
    settings: {
      layers: 4,
      neighbours: "image=40,text=15",
      contrastive: 0.01,
      contrastive_warm_up: 0,
      reg: 1e-4,
      dropout: 0.1,
    },
  },
  {
    name: "sports",
    model: "smore",
    source: smorePaper,
    settings: {
      layers: 3,
      neighbours: "image=10,text=10",
      contrastive: 0.03,
      contrastive_warm_up: 0,
      reg: 1e-4,
      dropout: 0,
    },
  },
  {
    name: "clothing",
    model: "smore",
    source: smorePaper,
    settings: {
      layers: 3,
      neighbours: "image=40,text=10",
      contrastive: 0.01,
      contrastive_warm_up: 0,
      reg: 1e-5,
      dropout: 0,
    },
  },
  {
    name: "tiktok",
    model: "smore",
    source: "the run of the public code in bench/RESULTS.md",
    settings: {
      layers: 3,
      neighbours: "image=40,audio=10",
      contrastive: 0.01,
      contrastive_warm_up: 0,
      reg: 1e-5,
      dropout: 0,
      standardise: true,
    },
  },
  {
    name: "tiktok",
    model: "freedom",
    source: "the run of the public code in bench/RESULTS.md",
    settings: {
      dropout: 0.8,
      reg: 1e-3,
      graph_weights: "image=0.9,audio=0.1",
      neighbours: "10",
      standardise: true,
    },
  },
  ...["baby", "sports", "clothing"].map((name): Preset => ({
    name,
    model: "fitmm",
    source: fitmmPaper,
    settings: { ...fitmmPublished, graph_weights: "image=0.1,text=0.9" },
  })),
  {
    name: "tiktok",
    model: "fitmm",
    source: "the run of the public code in bench/RESULTS.md",
    settings: { ...fitmmPublished, graph_weights: "image=0.1,audio=0.9", standardise: true },
  },
  ...["baby", "sports", "clothing"].map((name) => ({
    name,
    model: "ssr",
    source: ssrPaper,
    settings: { ...ssrPublished, graph_weights: "image=0.1,text=0.9" },
  })),
  {
    name: "tiktok",
    model: "ssr",
    source: "the run of the public code in bench/RESULTS.md",
    settings: { ...ssrPublished, graph_weights: "image=0.1,audio=0.9", standardise: true },
  },
  {
    name: sampleName,
    model: "ssr",
    source: sampleSource,
    settings: {
      ...ssrPublished,
      graph_weights: "image=0.1,text=0.9",
      dim: 16,
      learning_rate: 0.01,
      alignment_rows: 128,
      patience: 5,
    },
  },
  {
    name: sampleName,
    model: "fitmm",
    source: sampleSource,
    settings: {
      ...{ graph_weights: "image=0.5,text=0.5", ib_weight: 1, standardise: false },
      ...{ dim: 16, learning_rate: 5e-3, patience: 10 },
    },
  },
  {
    name: "baby",
    model: "lightgcn",
    source: "from MMRec's grid, for the comparison in bench/RESULTS.md",
    settings: { layers: 3, reg: 1e-3 },
  },
  {
    name: "tiktok",
    model: "lightgcn",
    source: "from MMRec's grid, for the comparison in bench/RESULTS.md",
    settings: { layers: 2, reg: 1e-4 },
  },
  ...Object.entries(tunedSettings).flatMap(([dataset, models]) =>
    Object.entries(models).map(([model, settings]) => ({
      name: `${dataset}-tuned`,
      model,
      source: "the best of a tune by validation Recall@20 (bench/RESULTS.md)",
      settings,
    }))
  ),
];

/**
 * The settings of a preset.
 *
 * @param name Its name.
 * @param model The model.
 * @throws {UsageError} The model has no such preset.
 * @example
 * ```ts
 * import { presetSettings } from "./presets.ts";
 * presetSettings("baby", "smore").layers; // 4
 * ```
 */
export function presetSettings(
  name: string,
  model: string,
): Readonly<Record<string, SettingValue>> {
  const found = presets.find((preset) => preset.name === name && preset.model === model);
  if (found !== undefined) return found.settings;
  const names = presets.filter((preset) => preset.model === model).map((preset) => preset.name);
  const near = nearest(name, names);
  const models = presets.filter((preset) => preset.name === name).map((preset) => preset.model);
  throw new UsageError(
    `There is no preset "${name}" for the model "${model}"`,
    near !== undefined
      ? `Did you mean "${near}"?`
      : models.length > 0
      ? ({ setting }) => `It is for ${models.join(" and ")}: give ${setting("model")} as well`
      : ({ command }) => `See ${command("train", { listPresets: "" })}`,
  );
}

/**
 * The settings that a model takes by itself for a dataset: none but for the built-in sample, which is so
 * small beside the datasets of the papers that their settings would train it slowly and badly.
 *
 * @param dataset The dataset.
 * @param model The model.
 * @example
 * ```ts
 * import { ownSettings } from "./presets.ts";
 * ownSettings("sample", "ssr").dim; // 16
 * ownSettings("baby", "ssr"); // {}
 * ```
 */
export function ownSettings(
  dataset: string,
  model: string,
): Readonly<Record<string, SettingValue>> {
  if (dataset !== sampleName) return {};
  const own = presets.find((preset) => preset.name === sampleName && preset.model === model);
  return own?.settings ?? {};
}

/**
 * The preset whose settings stand for a model's defaults: the one that is named, or the sample's own.
 *
 * @param dataset The dataset.
 * @param model The model.
 * @param given The name of the preset that was asked for, or one that is no built-in one (default: none).
 * @returns Its name and its settings; nothing where the defaults stand.
 * @throws {UsageError} The model has no such preset.
 * @example
 * ```ts
 * import { presetFor } from "./presets.ts";
 * presetFor("shop", "smore", "baby")?.settings.layers; // 4
 * ```
 */
export function presetFor(
  dataset: string,
  model: string,
  given?: string | NamedSettings,
): NamedSettings | undefined {
  if (typeof given === "object") return given;
  if (given !== undefined) return { name: given, settings: presetSettings(given, model) };
  const settings = ownSettings(dataset, model);
  return Object.keys(settings).length === 0 ? undefined : { name: dataset, settings };
}
