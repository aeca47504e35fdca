/**
 * What databases, programs and sites write for nothing or nobody, and what looks like an id all the same.
 *
 * @module
 */

const words: ReadonlySet<string> = new Set([
  ...["null", "(null)", "<null>", "nul", "nil", "none", "(none)", "nonetype", "void"],
  ...[
    "nan",
    "<nan>",
    "na",
    "n/a",
    "n/a.",
    "n.a.",
    "#n/a",
    "<na>",
    "nat",
    "\\n",
    "#ref!",
    "#value!",
  ],
  ...["undefined", "missing", "unknown", "(unknown)", "(not set)", "not set", "not available"],
  ...["anonymous", "anon", "guest", "deleted", "[deleted]", "[removed]", "(empty)", "empty"],
  ...["-", "--", "–", "—", "?", ".", "-1", "[]", "{}", '""'],
  "00000000-0000-0000-0000-000000000000",
]);

/** The longest of them, in bytes. */
export const longestNullWord = 36;

/**
 * Whether a text is such a word, however it is written and whatever is around it.
 *
 * @param text The text.
 * @example
 * ```ts
 * import { isNullWord } from "./null_words.ts";
 * isNullWord(" Null"); // true
 * ```
 */
export function isNullWord(text: string): boolean {
  return words.has(text.trim().toLowerCase());
}
