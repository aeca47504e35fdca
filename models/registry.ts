/**
 * The models by name.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import { nearest, UsageError } from "../errors.ts";
import { bpr } from "./bpr/bpr.ts";
import { fitmm } from "./fitmm/fitmm.ts";
import { freedom } from "./freedom/freedom.ts";
import { itemKnn, itemKnnSettings } from "./item_knn/item_knn.ts";
import { lightgcn } from "./lightgcn/lightgcn.ts";
import type { ModelDefinition } from "./model.ts";
import { popularity } from "./popularity/popularity.ts";
import type { RowScorer } from "./score_rows.ts";
import { resolveSettings, type SettingSpecs, type SettingValue } from "./settings.ts";
import { smore } from "./smore/smore.ts";
import { ssr } from "./ssr/ssr.ts";
import { vbpr } from "./vbpr/vbpr.ts";

/** A model without parameters, computed on the CPU. */
export interface ScorerDefinition {
  /** Its name on the command line. */
  readonly name: string;
  /** What it is; no final period. */
  readonly description: string;
  /** Its settings. */
  readonly settings: SettingSpecs;
  /**
   * Makes it.
   *
   * @param interactions The train interactions, `U×I`, value 1 each.
   * @param settings Its settings.
   */
  score(interactions: Csr, settings: Readonly<Record<string, SettingValue>>): RowScorer;
}

const scorers: readonly ScorerDefinition[] = [
  {
    name: "popularity",
    description: "The items that were taken most often, the same for every user",
    settings: {},
    score: popularity,
  },
  {
    name: "itemknn",
    description: "The items most similar to those that a user has (shrunk cosine)",
    settings: itemKnnSettings,
    score: (interactions, settings) =>
      itemKnn(interactions, resolveSettings(itemKnnSettings, settings)),
  },
];

const trained: readonly ModelDefinition[] = [
  bpr,
  lightgcn,
  vbpr,
  freedom,
  smore,
  fitmm,
  ssr,
] as unknown as ModelDefinition[];

/** All models: those that are trained, and those that are counted. */
export const models: readonly (ModelDefinition | ScorerDefinition)[] = [...scorers, ...trained];

/**
 * The model of a name.
 *
 * @param name What the user typed.
 * @throws {UsageError} There is none.
 * @example
 * ```ts
 * import { modelNamed } from "./registry.ts";
 * modelNamed("lightgcn").name; // "lightgcn"
 * ```
 */
export function modelNamed(name: string): ModelDefinition | ScorerDefinition {
  const model = models.find((one) => one.name === name);
  if (model !== undefined) return model;
  const names = models.map((one) => one.name);
  const near = nearest(name, names);
  throw new UsageError(
    `Unknown model "${name}"`,
    near === undefined ? `The models are ${names.join(", ")}` : `Did you mean "${near}"?`,
  );
}

/**
 * Whether a model has parameters to train.
 *
 * @param model A model of the registry.
 */
export function isTrained(model: ModelDefinition | ScorerDefinition): model is ModelDefinition {
  return "build" in model;
}

/**
 * The trained model that a reference implementation calls by a name.
 *
 * @param name Such as `"LightGCN"`.
 */
export function modelOfReference(name: string): ModelDefinition | undefined {
  return trained.find((model) => model.reference.model === name);
}
