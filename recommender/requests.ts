/**
 * From what a program asks for, by own ids, to indices and rows; what cannot be had is refused.
 *
 * @module
 */
import { excerptOfJson } from "../data/excerpt.ts";
import { allSplits, type Dataset } from "../data/dataset.ts";
import type { Identifiers } from "../data/identifiers.ts";
import { UsageError } from "../errors.ts";
import type { ListOptions } from "../evaluation/best_items.ts";
import type { Representation, RowRepresentation } from "../models/model.ts";
import { greatestK } from "../shaders/top_k/top_k.ts";
import type { Id, RecommendOptions } from "./options.ts";

const defaultTopK = 20;

const named = (words: readonly string[]) => words.map((word) => `"${word}"`).join(", ");

/**
 * A list that a caller gave, whose types may not be checked.
 *
 * @param name What the list is called.
 * @param list The list.
 * @throws {UsageError} It is none.
 */
export function asList<T>(name: string, list: readonly T[]): readonly T[] {
  if (Array.isArray(list)) return list;
  throw new UsageError(
    `Cannot use ${JSON.stringify(list)} as "${name}": expected a list`,
    `Write [${JSON.stringify(list)}]`,
  );
}

/**
 * Refuses what no ranking can be asked for, for callers whose types are not checked.
 *
 * @param split Whose items are held out.
 * @param mask Whose items are no candidates.
 * @throws {UsageError} There is no such split or mask.
 */
export function assertRanking(split: string, mask: string): void {
  const known = { split: ["valid", "test"], mask: ["train", "train+valid"] };
  for (const [what, value] of Object.entries({ split, mask })) {
    const words = known[what as keyof typeof known];
    if (words.includes(value)) continue;
    throw new UsageError(
      `Cannot evaluate with ${what} ${JSON.stringify(value)}: expected ${named(words)}`,
      `Leave "${what}" out for "${words[what === "split" ? 1 : 0]}"`,
    );
  }
}

/**
 * The index of an id.
 *
 * @param identifiers The ids that there are.
 * @param id The id.
 * @param what What it is of: a user or an item.
 * @throws {UsageError} There is no such id.
 */
export function indexOf(identifiers: Identifiers, id: Id, what: "user" | "item"): number {
  const index = identifiers.indexOf(String(id));
  if (index !== undefined) return index;
  throw new UsageError(
    `Unknown ${what} ${excerptOfJson(id)}: expected ${identifiers.expected}`,
    `Give ${what}s that are in the dataset`,
  );
}

/**
 * What is wanted of a list, by indices.
 *
 * @param dataset The dataset.
 * @param options What is wanted, by ids.
 * @throws {UsageError} The dataset has no such item, or the length is out of range.
 */
export function listOptions(dataset: Dataset, options: RecommendOptions): ListOptions {
  const { topK: k = defaultTopK, excludeSeen: seen = allSplits, items } = options;
  if (!(Number.isInteger(k) && k >= 1 && k <= greatestK)) {
    throw new UsageError(
      `Cannot give ${k} items: expected an integer from 1 to ${greatestK}`,
      'Set "topK" to 20, for example',
    );
  }
  for (const split of asList("excludeSeen", seen)) {
    if (allSplits.includes(split)) continue;
    throw new UsageError(
      `Cannot exclude what was seen in ${JSON.stringify(split)}: expected ${named(allSplits)}`,
      'Leave "excludeSeen" out for all three, or set it to ["train"], for example',
    );
  }
  const candidates = items &&
    Uint32Array.from(
      new Set(asList("items", items).map((id) => indexOf(dataset.itemIds, id, "item"))),
    ).sort();
  return { k, seen, candidates };
}

/**
 * The rows of a model.
 *
 * @param representation Where its scores come from.
 * @param model Its name, for messages.
 * @throws {UsageError} Its scores are not products of rows.
 */
export function rowsOf(representation: Representation, model: string): RowRepresentation {
  if ("users" in representation) return representation;
  throw new UsageError(
    `Cannot give embeddings: ${model} has none, as its scores are not products of rows`,
    ({ command }) =>
      `Take its lists (${command("recommend")}), or its rankings for trec_eval (${
        command("export", { format: "trec" })
      })`,
  );
}
