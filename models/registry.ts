/**
 * The built-in models by name.
 *
 * @module
 */
import { excerpt } from "../data/excerpt.ts";
import { nearest, UsageError } from "../errors.ts";
import { bpr } from "./bpr/bpr.ts";
import { chebycf } from "./chebycf/chebycf.ts";
import type { ModelDefinition } from "./define_model.ts";
import { ease } from "./ease/ease.ts";
import { fitmm } from "./fitmm/fitmm.ts";
import { freedom } from "./freedom/freedom.ts";
import { gfcf } from "./gfcf/gfcf.ts";
import { itemKnn } from "./item_knn/item_knn.ts";
import { lightgcn } from "./lightgcn/lightgcn.ts";
import { mmgf } from "./mmgf/mmgf.ts";
import { popularity } from "./popularity/popularity.ts";
import { smore } from "./smore/smore.ts";
import { ssr } from "./ssr/ssr.ts";
import { turbocf } from "./turbocf/turbocf.ts";
import { vbpr } from "./vbpr/vbpr.ts";

/** All built-in models. */
export const models: readonly ModelDefinition[] = [
  popularity,
  itemKnn,
  gfcf,
  turbocf,
  chebycf,
  mmgf,
  ease,
  bpr,
  lightgcn,
  vbpr,
  freedom,
  smore,
  fitmm,
  ssr,
];

/** The name of what is made of runs, and not trained: see blend/. */
export const blendName = "blend";

/**
 * Refuses a model of a user's own that has the name of a built-in one: its runs would be taken for runs
 * of that.
 *
 * @param model The model.
 * @param place Where it is defined, for the message.
 * @throws {UsageError} It has.
 */
export function assertOwnName(model: ModelDefinition, place = ""): void {
  const names = [...models.map(({ name }) => name), blendName];
  if (models.includes(model) || !names.includes(model.name)) return;
  throw new UsageError(
    `Cannot use the model "${model.name}"${place}: a built-in model has that name`,
    "Give it a name of its own in defineModel()",
  );
}

/**
 * The built-in model of a name.
 *
 * @param name What the user typed.
 * @throws {UsageError} There is none.
 * @example
 * ```ts
 * import { modelNamed } from "./registry.ts";
 * modelNamed("lightgcn").name; // "lightgcn"
 * ```
 */
export function modelNamed(name: string): ModelDefinition {
  const model = models.find((one) => one.name === name);
  if (model !== undefined) return model;
  const names = models.map((one) => one.name);
  const near = nearest(name, names);
  throw new UsageError(
    `Unknown model "${excerpt(name)}"`,
    near === undefined ? `The models are ${names.join(", ")}` : `Did you mean "${near}"?`,
  );
}
