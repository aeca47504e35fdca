/**
 * How a model of ours and its reference implementation name and arrange the same things.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { TrainedDefinition } from "../models/define_model.ts";
import type { Model, ModelContext } from "../models/model.ts";

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
  /** What golden files call the model. */
  readonly model: string;
  /** Our model. */
  readonly definition: TrainedDefinition;
  /**
   * Plans our model with what the reference drew at random in a step, where it drew something.
   *
   * @param context What the model is built from.
   * @param draws By the names of the golden file, such as `"mask/user"`.
   */
  buildWithDraws?(
    context: ModelContext,
    draws: ReadonlyMap<string, Float32Array>,
  ): Model | Promise<Model>;
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
