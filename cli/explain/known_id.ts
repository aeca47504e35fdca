/**
 * The index of an id that the user typed.
 *
 * @module
 */
import { excerpt } from "../../data/excerpt.ts";
import type { Identifiers } from "../../data/identifiers.ts";
import { DataError, nearest } from "../../errors.ts";

/**
 * The index of an id; an unknown one is told with the nearest that there is.
 *
 * @param id What the user typed.
 * @param identifiers The ids that there are.
 * @param option The option that it was given with.
 * @throws {DataError} The dataset does not have it.
 * @example
 * ```ts
 * import { indices } from "../../data/identifiers.ts";
 * import { knownId } from "./known_id.ts";
 * knownId("14", indices(20), "--user"); // 14
 * ```
 */
export function knownId(id: string, identifiers: Identifiers, option: string): number {
  const index = identifiers.indexOf(id);
  if (index !== undefined) return index;
  const { count, own, expected } = identifiers;
  const near = own ? nearest(id, idsOf(identifiers)) : undefined;
  throw new DataError(
    `Cannot use ${option} "${excerpt(id)}": expected ${expected}`,
    near !== undefined
      ? `Did you mean "${near}"?`
      : `Name one of the ${count} that there are, such as "${
        excerpt(String(identifiers.idOf(0)))
      }"`,
  );
}

function* idsOf({ count, idOf }: Identifiers): Generator<string> {
  for (let index = 0; index < count; index++) yield String(idOf(index));
}
