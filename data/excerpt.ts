/**
 * Pieces of what was found, as messages quote them.
 *
 * @module
 */

/**
 * A text as a message may quote it: short and on one line.
 *
 * @param text What was found; of any length.
 * @param most Characters that are quoted; more would hide what the message says.
 * @returns Its beginning, with an ellipsis where it goes on.
 * @example
 * ```ts
 * import { excerpt } from "./excerpt.ts";
 * excerpt("a\nb"); // "a\\nb"
 * excerpt("a".repeat(100)); // 60 times a, and …
 * ```
 */
export function excerpt(text: string, most = 60): string {
  const isLong = text.length > most;
  const shown = isLong ? text.slice(0, most).replace(/[\ud800-\udbff]$/, "") : text;
  return `${shown.replaceAll("\n", "\\n")}${isLong ? "…" : ""}`;
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
