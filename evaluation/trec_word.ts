/**
 * Ids in the files of TREC, which trec_eval and its kin read and write.
 *
 * @module
 */

/**
 * An id as a word of a TREC file, whose words are parted by white space: white space,
 * control characters (which some readers part words at too, as Python does at U+001C) and the percent
 * sign are percent-encoded as in an address.
 *
 * @param id The id.
 * @example
 * ```ts
 * import { trecWord } from "./trec_word.ts";
 * trecWord("user 14457"); // "user%2014457"
 * ```
 */
export function trecWord(id: string | number): string {
  return String(id).replace(/[\s\p{Cc}%]/gu, encodeURIComponent);
}
