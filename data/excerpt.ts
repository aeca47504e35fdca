/**
 * Pieces of what was found, as messages quote them.
 *
 * @module
 */
import { printable } from "../errors.ts";

/**
 * A text as a message may quote it: short and on one line, also where it holds what a terminal obeys.
 *
 * @param text What was found; of any length.
 * @param most Characters that are printed; more would hide what the message says.
 * @returns Its beginning, with an ellipsis where it goes on.
 * @example
 * ```ts
 * import { excerpt } from "./excerpt.ts";
 * excerpt("a\nb"); // "a\\nb"
 * excerpt("a".repeat(100)); // 60 times a, and …
 * excerpt("\0".repeat(100)); // 10 times \\u0000, and …
 * ```
 */
export function excerpt(text: string, most = 60): string {
  let shown = "";
  for (const character of text) {
    const printed = printable(character).replace("\n", "\\n");
    if (shown.length + printed.length > most) return `${shown}…`;
    shown += printed;
  }
  return shown;
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

/** Characters of names that a message lists. */
const longestList = 240;

/**
 * Names as a message may list them.
 *
 * @param names All of them.
 * @param most How many are listed; fewer where they are long.
 * @example
 * ```ts
 * import { excerptOfNames } from "./excerpt.ts";
 * excerptOfNames(["a", "b"]); // '"a", "b"'
 * excerptOfNames(["a", "b", "c"], 2); // '"a", "b" and 1 more'
 * ```
 */
export function excerptOfNames(names: readonly string[], most = 8): string {
  const shown: string[] = [];
  let length = 0;
  for (const name of names.slice(0, most)) {
    const quoted = `"${excerpt(name)}"`;
    length += quoted.length;
    if (length > longestList) break;
    shown.push(quoted);
  }
  const more = names.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
