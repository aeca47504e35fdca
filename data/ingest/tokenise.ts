/**
 * Texts to words.
 *
 * @module
 */
import { foldCase } from "./fold_case.ts";

const word = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that put no spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/**
 * The words of a text in lower case: runs of letters and digits, in compatibility form (NFKC)
 * and with one i for all languages; scripts without spaces are divided by ICU's dictionaries.
 *
 * @param text Any text.
 * @example
 * ```ts
 * import { tokenise } from "./tokenise.ts";
 * tokenise("Park-Tool FR1, 2nd"); // ["park", "tool", "fr1", "2nd"]
 * ```
 */
export function tokenise(text: string): string[] {
  const plain = foldCase(text);
  if (!unspaced.test(plain)) return plain.match(word) ?? [];
  return Array.from(segmenter.segment(plain))
    .filter((segment) => segment.isWordLike)
    .flatMap(({ segment }) => segment.match(word) ?? []);
}
