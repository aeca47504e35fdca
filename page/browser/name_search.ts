/**
 * Users and items by what is typed.
 *
 * @module
 */

/** Something that can be found. */
export interface Findable {
  /** Its own id. */
  readonly id: string;
  /** Its name; the id where it has none. */
  readonly name: string;
}

/** Characters that tell nothing: upper and lower case, accents. */
function folded(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();
}

/**
 * What fits best to what is typed: the id itself, then ids and names that begin with it, then names of which a word
 * does, then those that hold it anywhere; each in its order.
 *
 * @param things What there is.
 * @param typed What is typed; nothing fits to nothing.
 * @param most How many are given at most.
 * @returns Their places.
 * @example
 * ```ts
 * import { findNames } from "./name_search.ts";
 * const things = [{ id: "12", name: "Red hat" }, { id: "1", name: "Hat" }];
 * findNames(things, "1", 9); // [1, 0]
 * findNames(things, "hat", 9); // [1, 0]
 * ```
 */
export function findNames(things: readonly Findable[], typed: string, most: number): number[] {
  const wanted = folded(typed.trim());
  if (wanted === "") return [];
  const ranks: number[][] = [[], [], [], []];
  things.forEach((thing, place) => {
    const rank = rankOf(thing, typed.trim(), wanted);
    if (rank !== undefined && ranks[rank].length < most) ranks[rank].push(place);
  });
  return ranks.flat().slice(0, most);
}

function rankOf({ id, name }: Findable, typed: string, wanted: string): number | undefined {
  if (id === typed) return 0;
  const [ofId, ofName] = [folded(id), folded(name)];
  if (ofId.startsWith(wanted) || ofName.startsWith(wanted)) return 1;
  if (ofName.includes(` ${wanted}`)) return 2;
  return ofId.includes(wanted) || ofName.includes(wanted) ? 3 : undefined;
}
