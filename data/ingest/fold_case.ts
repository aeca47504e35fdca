/**
 * Texts without the differences of capital and small letters.
 *
 * @module
 */

/**
 * A text in small letters and compatibility form (NFKC). The Turkish İ and ı become the i of other
 * languages: JavaScript gives the small letter of İ a dot of its own, so that it would match no i, and
 * which of the two letters I stands for depends on the language.
 *
 * @param text Any text.
 * @example
 * ```ts
 * import { foldCase } from "./fold_case.ts";
 * foldCase("İPEK"); // "ipek"
 * ```
 */
export function foldCase(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll("i\u0307", "i").replaceAll("ı", "i");
}
