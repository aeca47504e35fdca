/**
 * Texts to words.
 *
 * @module
 */
import { foldCase } from "./fold_case.ts";

/** A number with one point or comma in it; more of them divide a list, a date or a version. */
const decimal = String.raw`(?<![\p{N}.,])\p{N}+[.,]\p{N}+(?!\p{N}|[.,]\p{N})`;
const word = new RegExp(String.raw`${decimal}[\p{L}\p{M}]*|[\p{L}\p{M}\p{N}]+`, "gu");
const number = /^\p{N}+(?:\.\p{N}+)?$/u;
/** Not "in", which "3 in 1" has too. */
const unit =
  /^(?:ml|cl|dl|l|mg|g|kg|oz|lbs?|mm|cm|m|km|inch|inches|ft|yd|w|kw|v|mah|[mgt]b|[kmg]?hz|mp)$/;
/** Scripts that put no spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/**
 * The words of a text in lower case: runs of letters and digits, in compatibility form (NFKC)
 * and with one i for all languages; scripts without spaces are divided by ICU's dictionaries.
 * Decimals stay whole, and a number and the unit after it are a word besides, so that "500 ml" has the one of "500ml".
 *
 * @param text Any text.
 * @example
 * ```ts
 * import { tokenise } from "./tokenise.ts";
 * tokenise("Park-Tool FR1, 2nd, 1,5 kg"); // ["park", "tool", "fr1", "2nd", "1.5", "1.5kg", "kg"]
 * ```
 */
export function tokenise(text: string): string[] {
  const plain = foldCase(text);
  const words = unspaced.test(plain)
    ? Array.from(segmenter.segment(plain)).filter(({ isWordLike }) => isWordLike)
      .flatMap(({ segment }) => segment.match(word) ?? [])
    : plain.match(word) ?? [];
  return withUnits(words.map((one) => one.replace(",", ".")));
}

function withUnits(words: readonly string[]): string[] {
  const joined: string[] = [];
  let follows = false;
  for (const one of words) {
    if (follows && unit.test(one)) joined.push(joined.at(-1) + one);
    joined.push(one);
    follows = number.test(one);
  }
  return joined;
}
