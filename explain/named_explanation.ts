/**
 * Explanations with the names of items, and sentences: what programs are given that show them to people.
 *
 * @module
 */
import type { Id } from "../recommender/options.ts";
import type { Explanation } from "./explanation.ts";
import { explanationText, type NameOf } from "./explanation_text.ts";

/** What an item is called, where that is known. */
export interface Named {
  /** Its name. */
  readonly name?: string;
}

/** An explanation with names, and sentences. */
export interface NamedExplanation extends Explanation, Named {
  /** The explanation in sentences, the most important one first. */
  readonly sentences: readonly string[];
}

/**
 * An item with its name, where it has one.
 *
 * @param item The item.
 * @param nameOf The names of items.
 */
export function withName<Item extends { readonly item: Id }>(
  item: Item,
  nameOf: NameOf,
): Item & Named {
  const name = nameOf(item.item);
  return name === undefined ? item : { ...item, name };
}

/**
 * An explanation with names and sentences.
 *
 * @param why The explanation.
 * @param nameOf The names of items.
 */
export function namedExplanation(why: Explanation, nameOf: NameOf): NamedExplanation {
  return {
    ...withName(why, nameOf),
    ...why.nearest !== undefined && { nearest: why.nearest.map((item) => withName(item, nameOf)) },
    ...why.own !== undefined && {
      own: { ...why.own, parts: why.own.parts.map((part) => withName(part, nameOf)) },
    },
    sentences: explanationText(why, nameOf),
  };
}
