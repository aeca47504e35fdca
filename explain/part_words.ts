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
      return `${itemHops(item!)} matched with ${userHops(user!)}`;
    case "filter":
      return filterWords(name);
    case "member":
      return `the member ${name}`;
  }
}

/**
 * The words of a part with their verb.
 *
 * @param words What {@linkcode partWords} gives.
 * @example
 * ```ts
 * import { speaking } from "./part_words.ts";
 * speaking("its words"); // "its words speak"
 * ```
 */
export function speaking(words: string): string {
  const isPlural = /^(its \S+s|the (items|people) .*|people .*|broad tastes .*)$/.test(words);
  return `${words} ${isPlural ? "speak" : "speaks"}`;
}

function viewWords(user: string | undefined, item: string): string {
  if (item.endsWith(" neighbours")) {
    return `the items most like it in ${item.slice(0, -" neighbours".length)}`;
  }
  const own = item === "behaviour"
    ? "its interactions"
    : item === "fusion"
    ? "its modalities together"
    : `its ${item}`;
  if (user === undefined || user === item) return own;
  return `${own} against the user's ${user === "behaviour" ? "interactions" : user}`;
}

/** An odd number of hops on the interaction graph leads from an item to people, an even one to items. */
function itemHops(hops: string): string {
  if (hops === "own row") return "the item itself";
  if (hops === "1 hop") return "the people who took it";
  return hops === "2 hops" ? "what people took with it" : `what is ${hops} from it`;
}

function userHops(hops: string): string {
  if (hops === "own row") return "the user";
  if (hops === "1 hop") return "what the user took";
  return hops === "2 hops" ? "people who took the same" : `what is ${hops} from the user`;
}

function filterWords(name: string): string {
  const similar = /^similar (.+)$/.exec(name);
  if (similar !== null) return `its likeness in ${similar[1]}`;
  if (name === "taken together") return "what others took together with it";
  return name === "low frequencies"
    ? "broad tastes that many share (low frequencies)"
    : `the ${name}`;
}
