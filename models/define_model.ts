/**
 * How a model is declared, a built-in one or a user's own.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { Model, ModelContext, Scorer, WeightedParts } from "./model.ts";
import type { SearchStage } from "./search.ts";
import { resolveSettings, type Settings, type SettingSpecs } from "./settings.ts";
import { trainingSettings } from "./training_settings.ts";

/** A file that defines a model. */
export interface ModelSource {
  /** Its name, without its folder. */
  readonly file: string;
  /** The SHA-256 of its contents, in hexadecimal; of what it imports nothing is known. */
  readonly sha256: string;
}

/** What every kind of model says of itself. */
export interface Described {
  /** Its name: what the command line calls it, and what its runs are named after. */
  readonly name: string;
  /** What it is, with where it comes from; no final period. */
  readonly description: string;
  /** Whether it cannot do without features: a dataset without any is refused (default: it can). */
  readonly needsFeatures?: boolean;
  /** The file that defines it, where one was imported for it. */
  readonly source?: ModelSource;
}

/** A kind of model whose parameters are trained. */
export interface TrainedDefinition extends Described {
  /** Its settings, those of {@linkcode trainingSettings} among them. */
  readonly settings: SettingSpecs;
  /**
   * Plans a model.
   *
   * @param context What it is built from.
   * @throws {DataError} The dataset lacks what the model needs.
   */
  build(context: ModelContext): Model | Promise<Model>;
}

/** A kind of model that follows from the train rows without training. */
export interface ComputedDefinition extends Described {
  /** Its settings. */
  readonly settings: SettingSpecs;
  /**
   * Computes it.
   *
   * @param context What it is computed from.
   * @throws {DataError} The dataset lacks what the model needs.
   */
  compute(context: ModelContext): Scorer | Promise<Scorer>;
  /**
   * Plans the largest part of its memory alone, for a look at it beforehand (default: it is small).
   *
   * @param context Where it is planned, and what for.
   * @throws {GpuError} It does not fit.
   */
  plan?(context: Pick<ModelContext, "memory" | "dataset">): Promise<unknown>;
  /**
   * What a search for its settings tries, part after part; `searchSettings` are among the settings then,
   * and those that are searched say so.
   *
   * @param dataset What it is computed from.
   */
  search?(dataset: Dataset): readonly SearchStage[];
  /** Users that a search ranks for at most, where scoring them takes long (default: 10,000). */
  readonly searchUsers?: number;
  /**
   * Candidates of a search as sums of parts that they share, each of which is then scored once for all of them
   * (default: each candidate is computed by itself).
   *
   * @param context What they are computed from.
   * @param candidates The settings of each.
   * @returns The parts, and their weights; nothing where these candidates share too little.
   */
  parts?(
    context: Omit<ModelContext, "settings">,
    candidates: readonly Settings[],
  ): Promise<WeightedParts | undefined>;
}

/** A kind of model. */
export type ModelDefinition = TrainedDefinition | ComputedDefinition;

/** Settings with those that training needs of every model; a model may give them other defaults. */
export type WithTraining<Specs extends SettingSpecs> =
  & Omit<typeof trainingSettings, keyof Specs>
  & Specs;

/** A trained model as it is written down: `build` sees its own settings, each with its type. */
export interface TrainedModelSource<Specs extends SettingSpecs> extends Described {
  /** Its own settings; those of training are added. */
  readonly settings: Specs;
  /** Plans a model. */
  build(context: ModelContext<WithTraining<Specs>>): Model | Promise<Model>;
}

/** A model without training as it is written down. */
export interface ComputedModelSource<Specs extends SettingSpecs> extends Described {
  /** Its settings. */
  readonly settings: Specs;
  /** Computes it. */
  compute(context: ModelContext<Specs>): Scorer | Promise<Scorer>;
  /** Plans the largest part of its memory alone. */
  plan?(context: Pick<ModelContext, "memory" | "dataset">): Promise<unknown>;
  /** What a search for its settings tries, part after part. */
  search?(dataset: Dataset): readonly SearchStage<Specs>[];
  /** Users that a search ranks for at most (default: 10,000). */
  readonly searchUsers?: number;
  /** Candidates of a search as sums of parts that they share. */
  parts?(
    context: Omit<ModelContext, "settings">,
    candidates: readonly Settings<Specs>[],
  ): Promise<WeightedParts | undefined>;
}

/**
 * Declares a kind of model. One with `build` is trained; one with `compute` follows from the train rows.
 * What it returns is what `train()` and, as the default export of a file, `--model FILE` take.
 *
 * @param source Its name, description, settings, and how it is made.
 * @throws {Error} The name is not of small letters, digits, `-` and `_`.
 * @example A model that scores by the popularity of items, given as products of rows
 * ```ts
 * import { defineModel } from "./define_model.ts";
 * import { constantTensor } from "./parameters.ts";
 * const model = defineModel({
 *   name: "counts",
 *   description: "Items by their number of train rows",
 *   settings: {},
 *   compute({ memory, dataset: { users, items, train } }) {
 *     const counts = new Float32Array(4 * items);
 *     for (const item of train.items) counts[4 * item]++;
 *     const ones = new Float32Array(4 * users).fill(1);
 *     const userRows = constantTensor(memory, "ones", users, 4, ones, "counts");
 *     const itemRows = constantTensor(memory, "counts", items, 4, counts, "counts");
 *     return {
 *       represent: () => ({
 *         users: { table: userRows, firstRow: 0, rows: users },
 *         items: { table: itemRows, firstRow: 0, rows: items },
 *       }),
 *     };
 *   },
 * });
 * model.name; // "counts"
 * ```
 */
export function defineModel<const Specs extends SettingSpecs>(
  source: TrainedModelSource<Specs>,
): TrainedDefinition;
/**
 * Declares a kind of model that follows from the train rows without training.
 *
 * @param source Its name, description, settings, and how it is computed.
 */
export function defineModel<const Specs extends SettingSpecs>(
  source: ComputedModelSource<Specs>,
): ComputedDefinition;
export function defineModel(
  source: TrainedModelSource<SettingSpecs> | ComputedModelSource<SettingSpecs>,
): ModelDefinition {
  if (!/^[a-z][a-z0-9_-]*$/.test(source.name)) {
    throw new Error(
      `Cannot define the model "${source.name}": a name consists of lower-case letters, digits, "-" and "_"`,
    );
  }
  if ("compute" in source) return source;
  return { ...source, settings: { ...trainingSettings, ...source.settings } } as TrainedDefinition;
}

/**
 * Whether a model has parameters to train.
 *
 * @param model The model.
 */
export function isTrained(model: ModelDefinition): model is TrainedDefinition {
  return "build" in model;
}

/**
 * The settings of a trained model, which training reads its own from.
 *
 * @param definition The model.
 * @param overrides Values by key.
 * @param place Where the overrides stand, for messages.
 * @throws {UsageError} A key is unknown, or a value is of another type or out of range.
 */
export function trainedSettings(
  definition: TrainedDefinition,
  overrides: Readonly<Record<string, unknown>>,
  place?: string,
): Settings<typeof trainingSettings> {
  // defineModel() puts the settings of training among the model's.
  return resolveSettings(definition.settings, overrides, place) as Settings<
    typeof trainingSettings
  >;
}
