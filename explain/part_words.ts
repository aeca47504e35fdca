/**
 * What parts of a score are called in sentences.
 *
 * @module
 */
import { wholeRow } from "../models/composition.ts";
import type { BreakdownKind, BreakdownPart } from "./explanation.ts";

/**
 * A modality in a sentence.
 *
 * @param modality Its name.
 * @example
 * ```ts
 * import { modalityWords } from "./part_words.ts";
 * modalityWords("image"); // "its image"
 * ```
 */
export function modalityWords(modality: string): string {
  if (modality === "id") return "its interactions";
  return modality === "bias" ? "a bonus that all items get" : `its ${modality}`;
}

/**
 * A part in a sentence.
 *
 * @param by What the parts are.
 * @param part The part.
 * @example
 * ```ts
 * import { partWords } from "./part_words.ts";
 * partWords("band", { name: "low × low", user: "low", item: "low", value: 1 }); // "the low band"
 * ```
 */
export function partWords(
  by: BreakdownKind,
  { name, user, item, modality }: BreakdownPart,
): string {
  switch (by) {
    case "modality":
      return modalityWords(name);
    case "band":
      return user === item
        ? `the ${user} band`
        : `its ${item ?? wholeRow} band against the user's ${user ?? wholeRow} band`;
    case "band and modality":
      return `${partWords("band", { name, user, item, value: 0 })} of ${modalityWords(modality!)}`;
    case "view":
      return viewWords(user, item ?? name);
    case "hop":
      return user === item && user === "own row"
        ? "its own row and the user's"
        : `what is ${hopWords(item!)} from it against what is ${hopWords(user!)} from the user`;
    case "filter":
      return filterWords(name);
    case "member":
      return `the member ${name}`;
  }
}

function viewWords(user: string | undefined, item: string): string {
  if (item.endsWith(" neighbours")) {
    return `items of a similar ${item.slice(0, -" neighbours".length)}`;
  }
  const own = item === "behaviour"
    ? "its interactions"
    : item === "fusion"
    ? "its modalities together"
    : `its ${item}`;
  if (user === undefined || user === item) return own;
  return `${own} against the user's ${user === "behaviour" ? "interactions" : user}`;
}

function hopWords(hops: string): string {
  return hops === "own row" ? "no hop" : hops;
}

function filterWords(name: string): string {
  const similar = /^similar (.+)$/.exec(name);
  if (similar !== null) return `a similar ${similar[1]}`;
  if (name === "taken together") return "what others took together with it";
  return name === "low frequencies"
    ? "broad tastes that many share (low frequencies)"
    : `the ${name}`;
}
