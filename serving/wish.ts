/**
 * From the ids of a question to indices; what the dataset lacks is refused or passed over.
 *
 * @module
 */
import { excerptOfNames } from "../data/excerpt.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Identifiers } from "../data/identifiers.ts";
import type { Id } from "../recommender/options.ts";
import { listOptions } from "../recommender/requests.ts";
import type { ListWish } from "./questions.ts";
import { ServiceError } from "./service_error.ts";
import type { WantedList } from "./wanted_list.ts";

/**
 * How many items a list has, and which it may hold.
 *
 * @param dataset The dataset.
 * @param wish What is wanted, by ids.
 * @throws {ServiceError} The dataset has none of the allowed items.
 * @throws {UsageError} The length is out of range.
 */
export function indexedWish(
  dataset: Dataset,
  { topK, allowed, excluded }: ListWish,
): Pick<WantedList, "k" | "candidates" | "excluded"> {
  const { k } = listOptions(dataset, { topK });
  const candidates = allowed && knownIndices(dataset.itemIds, allowed).sort();
  if (candidates?.length === 0) {
    throw new ServiceError(
      "unknown",
      "The dataset has none of the allowed items",
      "Allow items that it has, or leave the list out to allow all",
    );
  }
  return { k, candidates, excluded: excluded && knownIndices(dataset.itemIds, excluded) };
}

/**
 * The indices of those of some ids that there are, each once, in their order.
 *
 * @param identifiers The ids that there are.
 * @param ids The ids.
 */
export function knownIndices(
  identifiers: Identifiers,
  ids: readonly Id[],
): Uint32Array<ArrayBuffer> {
  const found = new Set<number>();
  for (const id of ids) {
    const index = identifiers.indexOf(String(id));
    if (index !== undefined) found.add(index);
  }
  return Uint32Array.from(found);
}

/**
 * Refuses ids that there are not.
 *
 * @param identifiers The ids that there are.
 * @param ids The ids.
 * @param what What they are of.
 * @throws {ServiceError} There is one.
 */
export function refuseUnknown(
  identifiers: Identifiers,
  ids: readonly Id[],
  what: "user" | "item",
): void {
  const unknown = ids.filter((id) => identifiers.indexOf(String(id)) === undefined);
  if (unknown.length === 0) return;
  const names = excerptOfNames([...new Set(unknown.map(String))]);
  throw new ServiceError(
    "unknown",
    `Unknown ${what}${unknown.length > 1 ? "s" : ""}: ${names}`,
    what === "user"
      ? "Send users that are in the dataset, or histories, or ask for popular items"
      : "Send items that are in the dataset",
  );
}

/**
 * The index of an id.
 *
 * @param identifiers The ids that there are.
 * @param id The id.
 * @param what What it is of.
 * @throws {ServiceError} There is no such id.
 */
export function requireIndex(identifiers: Identifiers, id: Id, what: "user" | "item"): number {
  refuseUnknown(identifiers, [id], what);
  return identifiers.indexOf(String(id))!;
}
