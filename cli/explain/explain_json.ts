/**
 * Explanations as JSON, with names and sentences.
 *
 * @module
 */
import type { Explanation, SimilarItems } from "../../explain/explanation.ts";
import { explanationText, type NameOf } from "../../explain/explanation_text.ts";
import type { Id } from "../../recommender/options.ts";

/** Where explanations come from. */
export interface Source {
  /** The run's folder. */
  readonly run: string;
  /** The model. */
  readonly model: string;
  /** The dataset. */
  readonly dataset: string;
}

/** An item with its name, where it has one. */
function named<Item extends { readonly item: Id }>(item: Item, nameOf: NameOf) {
  const name = nameOf(item.item);
  return name === undefined ? item : { ...item, name };
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
    explanations: explanations.map((why) => ({
      ...named(why, nameOf),
      ...why.nearest !== undefined && {
        nearest: why.nearest.map((item) => named(item, nameOf)),
      },
      ...why.own !== undefined && {
        own: { ...why.own, parts: why.own.parts.map((part) => named(part, nameOf)) },
      },
      sentences: explanationText(why, nameOf),
    })),
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
    ...named(similar, nameOf),
    items: similar.items.map((item) => named(item, nameOf)),
    lists: similar.lists.map((list) => ({
      ...list,
      items: list.items.map((item) => named(item, nameOf)),
    })),
  };
}
