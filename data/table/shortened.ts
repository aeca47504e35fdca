/**
 * Pieces of a file in messages, which are to be short whatever the file holds.
 *
 * @module
 */

/**
 * A text, or its first 40 characters.
 *
 * @param text The text.
 * @example
 * ```ts
 * import { shortened } from "./shortened.ts";
 * shortened("abc"); // "abc"
 * ```
 */
export function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
