/**
 * Explanations as JSON, with names and sentences.
 *
 * @module
 */
import type { Explanation, SimilarItems } from "../../explain/explanation.ts";
import type { NameOf } from "../../explain/explanation_text.ts";
import { namedExplanation, withName } from "../../explain/named_explanation.ts";

/** Where explanations come from. */
export interface Source {
  /** The run's folder. */
  readonly run: string;
  /** The model. */
  readonly model: string;
  /** The dataset. */
  readonly dataset: string;
}

/**
 * Explanations of scores.
 *
 * @param source Where they come from.
 * @param explanations The explanations.
 * @param nameOf The names of items.
 */
export function explanationsJson(
  source: Source,
  explanations: readonly Explanation[],
  nameOf: NameOf,
): unknown {
  return {
    ...source,
    explanations: explanations.map((why) => namedExplanation(why, nameOf)),
  };
}

/**
 * What is similar to an item.
 *
 * @param source Where it comes from.
 * @param similar The items.
 * @param nameOf The names of items.
 */
export function similarJson(source: Source, similar: SimilarItems, nameOf: NameOf): unknown {
  return {
    ...source,
    ...withName(similar, nameOf),
    items: similar.items.map((item) => withName(item, nameOf)),
    lists: similar.lists.map((list) => ({
      ...list,
      items: list.items.map((item) => withName(item, nameOf)),
    })),
  };
}
