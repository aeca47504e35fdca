/**
 * Keys that a JSON text has twice, of which `JSON.parse` keeps the last without a word.
 *
 * @module
 */

/**
 * The first key that an object of a JSON text holds twice, however it is written.
 *
 * @param text Text that `JSON.parse` accepts.
 * @returns Nothing where all keys of each object differ.
 * @example
 * ```ts
 * import { repeatedKey } from "./repeated_key.ts";
 * repeatedKey('{"a": {"b": 1}, "\\u0061": 2}'); // "a"
 * ```
 */
export function repeatedKey(text: string): string | undefined {
  /** The keys of the objects that are open; nothing for a list. */
  const open: (Set<string> | undefined)[] = [];
  let isKey = false;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case "{":
        open.push(new Set());
        isKey = true;
        break;
      case "[":
        open.push(undefined);
        isKey = false;
        break;
      case "}":
      case "]":
        open.pop();
        break;
      case ",":
        isKey = open.at(-1) !== undefined;
        break;
      case ":":
        isKey = false;
        break;
      case '"': {
        const from = at++;
        while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
        if (!isKey) break;
        const key: string = JSON.parse(text.slice(from, at + 1));
        const keys = open.at(-1)!;
        if (keys.has(key)) return key;
        keys.add(key);
      }
    }
  }
  return undefined;
}
