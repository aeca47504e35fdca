/**
 * How deep a text of JSON is nested, which is found out before it is parsed: what is deep takes seconds, in which
 * nobody else is answered.
 *
 * @module
 */

const [quote, backslash] = [0x22, 0x5c];
const opening: readonly number[] = [0x5b, 0x7b];
const closing: readonly number[] = [0x5d, 0x7d];

/**
 * Whether a text of JSON has lists and objects in one another deeper than it may.
 *
 * @param text The text; what is no JSON may give either.
 * @param most How deep it may be.
 * @example
 * ```ts
 * import { isNestedDeeper } from "./nesting.ts";
 * isNestedDeeper('{"a": [["[[["]]}', 3); // false
 * isNestedDeeper("[[[[]]]]", 3); // true
 * ```
 */
export function isNestedDeeper(text: string, most: number): boolean {
  let [depth, isString] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isString && code === backslash) at++;
    else if (code === quote) isString = !isString;
    else if (isString) continue;
    else if (opening.includes(code)) {
      if (++depth > most) return true;
    } else if (closing.includes(code)) depth--;
  }
  return false;
}
