/**
 * Texts to parts of words.
 *
 * @module
 */
import { tokenise } from "./tokenise.ts";

/** Characters of a part; measured (bench/RESULTS.md). */
const length = 4;
const hasDigit = /\p{N}/u;

/**
 * The parts of the words of a text: runs of four characters of each word in angle brackets, so that words of one stem
 * share most of theirs, in any language (McNamee and Mayfield, Information Retrieval 7, 2004). A shorter word is one
 * part, and so is one with a digit, which says something as a whole alone: "m8", "1.5kg".
 *
 * @param text Any text.
 * @example
 * ```ts
 * import { wordParts } from "./word_parts.ts";
 * wordParts("shoes M8"); // ["<sho", "shoe", "hoes", "oes>", "m8"]
 * ```
 */
export function wordParts(text: string): string[] {
  return tokenise(text).flatMap((word) => {
    if (hasDigit.test(word)) return [word];
    const letters = Array.from(`<${word}>`);
    const count = Math.max(1, letters.length - length + 1);
    return Array.from({ length: count }, (_, at) => letters.slice(at, at + length).join(""));
  });
}
