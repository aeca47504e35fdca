/**
 * What a trained model is: parameters, a loss on a batch, and representations whose products are the
 * scores.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { GraphCache } from "../graph/kept_file.ts";
import type { Memory } from "../gpu/memory.ts";
import type { Program, Tensor } from "../gpu/program.ts";
import type { LossTerms } from "../shaders/loss_terms/loss_terms.ts";
import type { Batch } from "../shaders/negatives/negatives.ts";
import type { NumberSetting, Settings, SettingSpecs } from "./settings.ts";
import type { trainingSettings } from "./training_settings.ts";

/** What a model is built from. */
export interface ModelContext<Specs extends SettingSpecs = SettingSpecs> {
  /** Where its buffers are planned. */
  readonly memory: Memory;
  /** The dataset; models see its train rows alone. */
  readonly dataset: Dataset;
  /** The settings of the model. */
  readonly settings: Settings<Specs>;
  /** What its initial parameters follow from. */
  readonly seed: number;
  /** Told what a user would want to know of the preparation. */
  readonly note?: (text: string) => void;
  /** Where item graphs are kept between runs (default: nowhere). */
  readonly cache?: GraphCache;
  /**
   * Values that stand in for what a model draws at random in a step, by the names of golden files such as
   * `"mask/user"`: a comparison with a reference needs the same draws.
   */
  readonly draws?: ReadonlyMap<string, Float32Array>;
}

/** Rows of a table. */
export interface TableRows {
  /** The table. */
  readonly table: Tensor;
  /** The first row. */
  readonly firstRow: number;
  /** How many. */
  readonly rows: number;
}

/** What users and items are scored by: the score of a pair is the product of its rows. */
export interface Representation {
  /** One row a user. */
  readonly users: TableRows;
  /** One row an item, of the same number of columns. */
  readonly items: TableRows;
}

/** A table that tells of a model's inside. */
export interface Diagnostic {
  /** What it tells, such as `"gate weights of users"`. */
  readonly name: string;
  /** The table. */
  readonly table: Tensor;
  /** The names of its columns. */
  readonly columns: readonly string[];
  /**
   * The names of its rows, which are kept as they are; or of what there is a row each, of which means and
   * deviations are kept: all users, all items, or the rows of the last batch of a training (those that a
   * short batch lacks are zeros).
   */
  readonly rows: readonly string[] | "users" | "items" | "batch";
  /** Factor of its numbers (default: 1). */
  readonly scale?: number;
}

/** A model in the memory of a device. */
export interface Model {
  /** Its trainable parameters. */
  readonly parameters: readonly Tensor[];
  /**
   * Appends the forward pass of a training step; it ends in terms of the loss.
   *
   * @param program The program.
   * @param batch The rows of the step.
   * @param losses Where the terms go.
   */
  loss(program: Program, batch: Batch, losses: LossTerms): void;
  /**
   * Appends the forward pass of an evaluation.
   *
   * @param program The program.
   */
  represent(program: Program): Representation;
  /**
   * Appends what a training keeps of each evaluation beside its metrics.
   *
   * @param program A program that {@linkcode represent} has been called with.
   */
  diagnose?(program: Program): readonly Diagnostic[];
  /**
   * Prepares an epoch, for a model whose graph or masks change with it. It follows from the seed and
   * the epoch alone, so that a training can be taken up anywhere.
   *
   * @param epoch The epoch, counted from 0.
   */
  onEpoch?(epoch: number): void;
}

/** Two ways to arrange the numbers of a parameter. */
export interface Arrangement {
  /** From the reference's to ours. */
  fromReference(values: Float32Array): Float32Array;
  /** From ours to the reference's. */
  toReference(values: Float32Array): Float32Array;
}

/** A tensor of a reference implementation, and where a model keeps it. */
export interface ReferenceTensor {
  /** Its name there, such as `"user_embedding.weight"`. */
  readonly reference: string;
  /** The name of its gradient, where that is another. */
  readonly gradient?: string;
  /** The label of the parameter that holds it. */
  readonly parameter: string;
  /** The first row of the parameter that it fills (default: 0). */
  readonly firstRow?: number;
  /** How its numbers are arranged, where the parameter arranges them in another way. */
  readonly arrangement?: Arrangement;
}

/** How a model compares with its reference implementation. */
export interface Reference {
  /** What the reference calls the model. */
  readonly model: string;
  /**
   * The model's settings for the reference's hyper-parameters.
   *
   * @param hyperParameters By the reference's names.
   */
  settings(hyperParameters: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /**
   * Settings that the reference's hyper-parameters do not tell, one set of them for each variant: the one
   * that fits best is compared.
   */
  readonly variants?: readonly Readonly<Record<string, string>>[];
  /**
   * Where the tensors of the reference are kept.
   *
   * @param dataset The dataset of the golden file.
   */
  tensors(dataset: Dataset): readonly ReferenceTensor[];
}

/** The settings that training needs of every model. */
export type TrainedSpecs =
  & { readonly [Key in keyof typeof trainingSettings]: NumberSetting }
  & SettingSpecs;

/** A kind of model. */
export interface ModelDefinition<Specs extends TrainedSpecs = TrainedSpecs> {
  /** Its name on the command line. */
  readonly name: string;
  /** What it is, with its source; no final period. */
  readonly description: string;
  /** Its settings. */
  readonly settings: Specs;
  /** How it compares with its reference implementation. */
  readonly reference: Reference;
  /**
   * Plans a model.
   *
   * @param context What it is built from.
   * @throws {DataError} The dataset lacks what the model needs.
   */
  build(context: ModelContext<Specs>): Model | Promise<Model>;
}
