/**
 * Feature tables as parameters or constants, and what a dataset must have of them.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";
import { standardiseColumns } from "../../data/modalities.ts";
import { DataError, nearest, UsageError } from "../../errors.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { principalComponents } from "./principal_components.ts";
import type { ModelContext } from "../model.ts";
import { constantTensor, type Parameters } from "../parameters.ts";

/** The settings of models that take features. */
export const featureSettings = {
  features: {
    type: "choice",
    default: "trainable",
    choices: ["trainable", "frozen"],
    description:
      "Train the feature tables too, as the reference implementations do, or keep them frozen",
  },
  standardise: {
    type: "boolean",
    default: false,
    ofFeatures: true,
    tuned: { choices: [false, true] },
    description: "Scale each feature column to mean 0 and standard deviation 1 first",
  },
  feature_dim: {
    type: "integer",
    default: 0,
    minimum: 0,
    maximum: 4096,
    description:
      "Reduce each modality to this many principal components first; 0 keeps all columns",
  },
  neighbours: {
    type: "string",
    default: "10",
    ofFeatures: true,
    tuned: { choices: ["5", "10", "20", "40"] },
    description:
      'Neighbours in the item graph: a number, or one per modality, such as "image=40,text=10"',
  },
} as const;

/**
 * The modalities of a dataset, standardised and reduced to their principal components where asked.
 *
 * @param context The dataset, the settings, and who is told how much variance components keep.
 * @param model The model that needs them, for the message.
 * @throws {DataError} There are none.
 */
export async function preparedModalities(
  context: Pick<ModelContext<typeof featureSettings>, "dataset" | "memory" | "note" | "settings">,
  model: string,
): Promise<readonly Modality[]> {
  const { dataset, memory, note, settings: { standardise, feature_dim } } = context;
  if (dataset.modalities.length === 0) {
    throw new DataError(
      `Cannot train "${model}" on "${dataset.name}": the dataset has no features`,
      "Put a <modality>_feat.npy beside the .inter file, or train an ID-only model such as lightgcn",
    );
  }
  const prepared: Modality[] = [];
  for (const modality of dataset.modalities) {
    const features = standardise ? standardiseColumns(modality) : modality;
    if (feature_dim === 0 || feature_dim >= features.columns) {
      prepared.push(features);
      continue;
    }
    const reduced = await principalComponents(memory.gpu, features, feature_dim);
    note?.(
      `${features.name}: ${feature_dim} principal components of ${features.columns} columns keep ` +
        `${(100 * reduced.keptVariance).toFixed(2)} % of the variance`,
    );
    prepared.push(reduced.modality);
  }
  return prepared;
}

/**
 * A modality's table: a parameter where features are trained.
 *
 * @param parameters The parameters of the model.
 * @param modality The features.
 * @param features `trainable` or `frozen`.
 */
export function featureTable(
  parameters: Parameters,
  modality: Modality,
  features: "trainable" | "frozen",
): Tensor {
  const { name, rows, columns, values } = modality;
  const label = `${name}.features`;
  if (features === "trainable") return parameters.add(label, rows, columns, values);
  return constantTensor(parameters.memory, label, rows, columns, values, "features");
}

/**
 * The number of neighbours of each modality's item graph.
 *
 * @param setting A number, or `name=number` pairs separated by commas; a modality that is not named
 * gets 10.
 * @param names The modalities.
 * @throws {UsageError} The setting is malformed, or names a modality that there is not.
 * @example
 * ```ts
 * import { neighboursOf } from "./feature_tables.ts";
 * neighboursOf("image=40", ["image", "text"]).get("text"); // 10
 * ```
 */
export function neighboursOf(
  setting: string,
  names: readonly string[],
): ReadonlyMap<string, number> {
  const isCount = (value: number) => Number.isInteger(value) && value >= 1 && value <= 1000;
  return perModality("neighbours", setting, names, 10, "an integer from 1 to 1000", isCount);
}

/**
 * The word that leaves the weights of modalities to the validation split (training/modality_weights.ts).
 */
export const byValidation = "validation";

/**
 * The weight of each modality's mean graph in the item graph (methods.md, §1).
 *
 * @param setting `name=number` pairs separated by commas, a number for all, or nothing for the
 * published weights: image .1, the others .9 between them, or equal weights where there is no image. Where they
 * are left to validation and nobody has measured them, as for a plan of memory, they are equal.
 * @param names The modalities.
 * @throws {UsageError} The setting is malformed, or names a modality that there is not.
 * @example
 * ```ts
 * import { graphWeightsOf } from "./feature_tables.ts";
 * graphWeightsOf("", ["image", "text"]).get("text"); // 0.9
 * ```
 */
export function graphWeightsOf(
  setting: string,
  names: readonly string[],
): ReadonlyMap<string, number> {
  const equal = new Map(names.map((name) => [name, 1 / names.length]));
  if (setting === byValidation) return equal;
  if (setting === "") {
    if (!names.includes("image") || names.length === 1) {
      return equal;
    }
    const other = 0.9 / (names.length - 1);
    return new Map(names.map((name) => [name, name === "image" ? 0.1 : other]));
  }
  const isWeight = (value: number) => value >= 0 && value <= 1;
  return perModality("graph_weights", setting, names, 0, "a number from 0 to 1", isWeight);
}

/**
 * A number for each modality.
 *
 * @param key The setting, for messages.
 * @param setting A number for all, or `name=number` pairs separated by commas.
 * @param names The modalities.
 * @param unnamed What a modality gets that no pair names.
 * @param expected The numbers that are allowed, in words.
 * @param accepts Whether one is allowed.
 * @throws {UsageError} The setting is malformed, or names a modality that there is not.
 * @example
 * ```ts
 * import { perModality } from "./feature_tables.ts";
 * const names = ["audio", "image"];
 * perModality("weights", "image=0.3", names, 0, "a number", (value) => value < 1).get("image"); // 0.3
 * ```
 */
export function perModality(
  key: string,
  setting: string,
  names: readonly string[],
  unnamed: number,
  expected: string,
  accepts: (value: number) => boolean,
): ReadonlyMap<string, number> {
  const malformed = (next: string) =>
    new UsageError(
      `Cannot set "${key}": found "${setting}", expected ${expected}, or one per modality`,
      next,
    );
  const number = (text: string) => {
    const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
    if (accepts(value)) return value;
    throw malformed(`Write for example ${key}=${unnamed} or ${key}=${names[0]}=${unnamed}`);
  };
  if (!setting.includes("=")) return new Map(names.map((name) => [name, number(setting)]));
  const values = new Map(names.map((name) => [name, unnamed]));
  for (const pair of setting.split(",")) {
    const [name, text = ""] = pair.split("=");
    if (!values.has(name)) {
      const near = nearest(name, names);
      const hint = near === undefined ? `there are ${names.join(", ")}` : `did you mean "${near}"?`;
      throw malformed(`There is no modality "${name}"; ${hint}`);
    }
    values.set(name, number(text));
  }
  return values;
}
