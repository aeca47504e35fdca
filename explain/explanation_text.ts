/**
 * Explanations in sentences.
 *
 * @module
 */
import { printable } from "../errors.ts";
import type { Id } from "../recommender/options.ts";
import type { Breakdown, BreakdownPart, Explanation, OwnItems } from "./explanation.ts";
import { modalityWords, partWords, speaking } from "./part_words.ts";

/** The name of an item; nothing where it has none. */
export type NameOf = (item: Id) => string | undefined;

/** Letters of a name, at most. */
const longestName = 48;
/** Parts and items that a sentence names, at most. */
const mostNamed = 3;
/** What is less than this share of all that speaks for an item is not named. */
const leastShare = 0.05;

/**
 * Why a score is what it is, for people to read. Ids and names are the user's own: what a terminal would obey is written
 * out, and whoever puts the sentences into HTML has to escape them.
 *
 * @param why The explanation.
 * @param nameOf The names of items (default: they have none).
 * @returns Sentences.
 * @example
 * ```ts
 * import type { Explanation } from "./explanation.ts";
 * import { explanationText } from "./explanation_text.ts";
 * const why: Explanation = {
 *   ...{ user: "ann", item: "B1", score: 7, basis: "popular", taken: 7, breakdowns: [] },
 * };
 * explanationText(why); // ["The model knows nothing of ann: the score is the number of users …"]
 * ```
 */
export function explanationText(why: Explanation, nameOf: NameOf = () => undefined): string[] {
  const named = (item: Id) => itemName(item, nameOf);
  const whose = why.user === undefined ? "the new user" : printable(String(why.user));
  if (why.basis === "popular") {
    return [
      `The model knows nothing of ${whose}: the score is the number of users who took the item, ` +
      `${why.taken}.`,
    ];
  }
  const { nearest, members = [], own } = why;
  return [
    ...nearest === undefined ? [] : [nearestSentence(nearest.map(({ item }) => named(item)))],
    ...partSentences(why.breakdowns),
    ...members.flatMap(({ member, breakdowns }) =>
      partSentences(breakdowns).map((sentence) => `In ${printable(member)}: ${lowered(sentence)}`)
    ),
    ...own === undefined ? [] : ownSentences(own, why.score, whose, named),
  ];
}

/**
 * What an item is called, in one short line that a terminal may show: its name and its id, or its id alone.
 *
 * @param item Its id.
 * @param nameOf The names of items.
 * @example
 * ```ts
 * import { itemName } from "./explanation_text.ts";
 * itemName("B1", () => "Red hat"); // "Red hat (B1)"
 * ```
 */
export function itemName(item: Id, nameOf: NameOf): string {
  const id = printable(String(item));
  const name = shortName(item, nameOf);
  return name === undefined ? id : `${name} (${id})`;
}

/**
 * The name of an item in one short line that a terminal may show; nothing where it has none.
 *
 * @param item Its id.
 * @param nameOf The names of items.
 * @example
 * ```ts
 * import { shortName } from "./explanation_text.ts";
 * shortName("B1", () => " Red\nhat"); // "Red hat"
 * ```
 */
export function shortName(item: Id, nameOf: NameOf): string | undefined {
  const name = nameOf(item);
  if (name === undefined) return undefined;
  const letters = [...printable(name.replaceAll(/\s+/g, " ").trim())];
  if (letters.length <= longestName) return letters.join("");
  return `${letters.slice(0, longestName - 1).join("").trimEnd()}…`;
}

/** What stands for an item without train rows. */
function nearestSentence(names: readonly string[]): string {
  const others = names.length - mostNamed;
  const some = [...names.slice(0, mostNamed), ...others > 0 ? [`${others} more`] : []];
  return "Nobody has taken it in train: it is scored as the items nearest to it by features, " +
    `${listed(some)}.`;
}

/** What a score is mostly made of; where there are bands and modalities, by both. */
function partSentences(breakdowns: readonly Breakdown[]): string[] {
  const find = (kind: Breakdown["by"]) => breakdowns.find(({ by }) => by === kind);
  const [modality, both] = [find("modality"), find("band and modality")];
  if (modality === undefined || both === undefined) {
    return breakdowns.slice(0, 1).map(({ by, parts }) => strongest(by, parts));
  }
  const [top] = positive(modality.parts);
  const sentence = strongest("modality", modality.parts);
  if (top === undefined || sum(modality.parts) < 0) return [sentence];
  const own = both.parts.filter((part) => part.modality === top.name);
  const [band] = positive(own);
  if (band === undefined) return [sentence];
  const what = raised(speaking(modalityWords(top.name)));
  return [sentence, `${what} ${shareWords(band, own)} in ${partWords("band", band)}.`];
}

/** The parts that speak for an item, the strongest first. */
function positive(parts: readonly BreakdownPart[]): BreakdownPart[] {
  return parts.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
}

function sum(parts: readonly BreakdownPart[]): number {
  return parts.reduce((total, { value }) => total + value, 0);
}

function positiveSum(values: readonly { readonly value: number }[]): number {
  return values.reduce((sum, { value }) => sum + Math.max(0, value), 0);
}

function shareWords(part: BreakdownPart, parts: readonly BreakdownPart[]): string {
  return part.value >= positiveSum(parts) / 2 ? "mostly" : "above all";
}

function strongest(by: Breakdown["by"], parts: readonly BreakdownPart[]): string {
  const all = positiveSum(parts);
  const [first, ...next] = positive(parts).slice(0, mostNamed);
  // The first one is named however many parts there are, and so however small it is.
  const others = next.filter(({ value }) => value >= leastShare * all);
  if (first === undefined) return `By ${by}, nothing speaks for it: all parts are 0 or below.`;
  const words = (part: BreakdownPart) => `${partWords(by, part)} (${percent(part.value / all)})`;
  const against = all - sum(parts);
  const least = parts.toSorted((a, b) => a.value - b.value)[0];
  // Who reads "mostly" takes it for the reason of the score, which is below 0 here.
  if (against > all) {
    return `More speaks against it than for it: ${partWords(by, least)} most of all.`;
  }
  const opposed = against > all / 4 ? `; ${speaking(partWords(by, least))} against it most` : "";
  if (first.value >= all / 2) return `Mostly ${words(first)}${opposed}.`;
  const then = others.length > 0 ? `, then ${listed(others.map(words))}` : "";
  return `First of all ${words(first)}${then}${opposed}.`;
}

function ownSentences(
  own: OwnItems,
  score: number,
  whose: string,
  named: (item: Id) => string,
): string[] {
  const { parts, others, base, remainder, isExact } = own;
  const all = positiveSum([...parts, { value: others.value }, { value: base }]);
  const spoken = parts.filter(({ value }) => value > 0 && value >= leastShare * all)
    .slice(0, mostNamed);
  const against = parts.filter(({ value }) => -value > all / 4).slice(0, mostNamed);
  const sentences: string[] = [];
  if (base > all / 2) sentences.push("Most of the score does not depend on what was taken.");
  if (spoken.length > 0) {
    const names = spoken.map(({ item, value }) => `${named(item)} (${percent(value / all)})`);
    const verb = spoken.length === 1 ? "speaks" : "speak";
    sentences.push(`Of what ${whose} took, ${listed(names)} ${verb} for it most.`);
  }
  if (against.length > 0) {
    const verb = against.length === 1 ? "speaks" : "speak";
    sentences.push(`${listed(against.map(({ item }) => named(item)))} ${verb} against it.`);
  }
  if (!isExact) {
    sentences.push(
      `By items this is an approximation: it leaves ${number(remainder)} of ${number(score)} over.`,
    );
  }
  return sentences;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function raised(words: string): string {
  return words[0].toUpperCase() + words.slice(1);
}

function lowered(sentence: string): string {
  return sentence[0].toLowerCase() + sentence.slice(1);
}
