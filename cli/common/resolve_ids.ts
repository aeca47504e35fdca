/**
 * From ids that the user named to indices of a dataset.
 *
 * @module
 */
import { excerpt } from "../../data/excerpt.ts";
import type { ListedId } from "../../data/id_list.ts";
import type { Identifiers } from "../../data/identifiers.ts";
import { DataError } from "../../errors.ts";
import { counted } from "../../data/counts.ts";

/** What to do with ids that a dataset does not have. */
export const unknownPolicies = ["error", "skip", "popular"] as const;

/** One of {@linkcode unknownPolicies}. */
export type UnknownPolicy = typeof unknownPolicies[number];

/** An id that the user named. */
export interface ResolvedId {
  /** As they wrote it. */
  readonly id: string;
  /** Its index; nothing where the dataset does not have it. */
  readonly index?: number;
}

/**
 * The indices of ids, each id once, in their order.
 *
 * @param listed The ids.
 * @param identifiers The ids that there are.
 * @param source Where they come from, for messages.
 * @param policy Whether one that there is not is an error.
 * @throws {DataError} The dataset does not have an id, and that is an error.
 * @example
 * ```ts
 * import { indices } from "../../data/identifiers.ts";
 * import { parseIdRow } from "../../data/id_list.ts";
 * import { resolveIds } from "./resolve_ids.ts";
 * resolveIds(parseIdRow("3,14", "--history"), indices(20), "--history", "error");
 * ```
 */
export function resolveIds(
  listed: readonly ListedId[],
  identifiers: Identifiers,
  source: string,
  policy: UnknownPolicy,
): ResolvedId[] {
  const taken = new Set<number>();
  const resolved: ResolvedId[] = [];
  for (const { id, place } of listed) {
    const index = identifiers.indexOf(id);
    if (index === undefined && policy === "error") {
      throw new DataError(
        `Cannot use "${source}": ${place} is "${excerpt(id)}", expected ${identifiers.expected}`,
        "Correct it, or say what to do with unknown ids: --unknown skip or --unknown popular",
      );
    }
    if (index !== undefined && taken.has(index)) continue;
    if (index !== undefined) taken.add(index);
    resolved.push({ id, index });
  }
  return resolved;
}

/** How many unknown ids a note names. */
const namedInNote = 3;

/**
 * A note on the ids that a dataset does not have; nothing where it has all.
 *
 * @param resolved The ids.
 * @param source Where they come from.
 * @param consequence What becomes of them, such as `left out`.
 * @example
 * ```ts
 * import { unknownNote } from "./resolve_ids.ts";
 * unknownNote([{ id: "anna" }], "users.txt", "left out");
 * // '1 unknown id in "users.txt", left out: "anna"'
 * ```
 */
export function unknownNote(
  resolved: readonly ResolvedId[],
  source: string,
  consequence: string,
): string | undefined {
  const unknown = resolved.filter(({ index }) => index === undefined);
  if (unknown.length === 0) return undefined;
  const named = unknown.slice(0, namedInNote).map(({ id }) => `"${excerpt(id)}"`).join(", ");
  const more = unknown.length > namedInNote ? ", …" : "";
  return `${counted(unknown.length, "unknown id")} in "${source}", ${consequence}: ${named}${more}`;
}

/**
 * The indices of the ids that the dataset has.
 *
 * @param resolved The ids.
 */
export function knownIndices(resolved: readonly ResolvedId[]): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(resolved.flatMap(({ index }) => index === undefined ? [] : [index]));
}
