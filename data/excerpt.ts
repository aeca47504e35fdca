/**
 * Pieces of what was found, as messages quote them.
 *
 * @module
 */

/** Characters that are quoted; more would hide what the message says. */
const mostCharacters = 60;

/** Characters that a terminal obeys, or that part lines. */
// deno-lint-ignore no-control-regex
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text as a message may quote it: short, on one line, and without what a terminal would obey.
 *
 * @param text What was found; of any length.
 * @returns Its beginning, with an ellipsis where it goes on.
 * @example
 * ```ts
 * import { excerpt } from "./excerpt.ts";
 * excerpt("a\nb"); // "a\\nb"
 * excerpt("a".repeat(100)); // 60 times a, and …
 * ```
 */
export function excerpt(text: string): string {
  const isLong = text.length > mostCharacters;
  const shown = isLong ? text.slice(0, mostCharacters).replace(/[\ud800-\udbff]$/, "") : text;
  const clean = shown.replace(
    control,
    (character) =>
      escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return isLong ? `${clean}…` : clean;
}

/**
 * A value of JSON as a message may quote it. Not by `JSON.stringify`, which takes a stack frame for each
 * level of a deeply nested one.
 *
 * @param value What was found.
 * @example
 * ```ts
 * import { excerptOfJson } from "./excerpt.ts";
 * excerptOfJson("a"); // '"a"'
 * excerptOfJson([[1]]); // "a list"
 * ```
 */
export function excerptOfJson(value: unknown): string {
  if (typeof value === "string") return `"${excerpt(value)}"`;
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/**
 * Names as a message may list them.
 *
 * @param names All of them.
 * @param most How many are listed.
 * @example
 * ```ts
 * import { excerptOfNames } from "./excerpt.ts";
 * excerptOfNames(["a", "b"]); // '"a", "b"'
 * excerptOfNames(["a", "b", "c"], 2); // '"a", "b" and 1 more'
 * ```
 */
export function excerptOfNames(names: readonly string[], most = 8): string {
  const shown = names.slice(0, most).map((name) => `"${excerpt(name)}"`).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
