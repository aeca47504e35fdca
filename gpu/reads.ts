/**
 * Whether a kernel reads what it writes, found in its WGSL.
 *
 * @module
 */

/**
 * Whether a kernel reads a buffer that it is bound to for reading and writing.
 *
 * Whatever is no plain assignment counts as reading: `y[n] += 1`, an atomic, a pointer. So the answer may
 * be `true` for a kernel that reads only what it has written itself, never `false` for one that reads.
 *
 * @param code WGSL without comments.
 * @param variable The buffer's name.
 * @returns Whether it does; or the name of the `override` of type bool, false by default, that every
 * read stands under: `if (accumulate) { value += y[n]; }`.
 * @example
 * ```ts
 * import { readsOf } from "./reads.ts";
 * readsOf("y[row[n]] = x[n];", "y"); // false
 * readsOf("y[n] += x[n];", "y"); // true
 * readsOf("override add: bool = false; if (add) { v += y[n]; } y[n] = v;", "y"); // "add"
 * ```
 */
export function readsOf(code: string, variable: string): boolean | string {
  const flags = new Set(
    [...code.matchAll(/override\s+(\w+)\s*:\s*bool\s*=\s*false/g)].map(([, flag]) => flag),
  );
  const conditions = new Set<string | undefined>();
  for (const { index } of code.matchAll(new RegExp(`\\b${variable}\\b`, "g"))) {
    const before = code.slice(0, index);
    const after = code.slice(index + variable.length);
    // A field of a struct, a declaration, or the length of the array.
    if (/\.\s*$/.test(before) || /^\s*:/.test(after) || /arrayLength\(&$/.test(before)) continue;
    if (/^\s*=(?!=)/.test(afterPlace(after))) continue;
    conditions.add(conditionsAt(before).find((condition) => flags.has(condition)));
  }
  if (conditions.size === 0) return false;
  const [flag] = conditions;
  return conditions.size === 1 && flag !== undefined ? flag : true;
}

/** What comes after the index and the fields of an array's place. */
function afterPlace(text: string): string {
  let rest = text;
  while (/^[[.]/.test(rest)) {
    if (rest[0] === ".") {
      rest = rest.replace(/^\.\w+/, "");
      continue;
    }
    let depth = 0;
    const end = [...rest].findIndex((character) => {
      if (character === "[") depth++;
      if (character === "]") depth--;
      return depth === 0;
    });
    rest = rest.slice(end + 1);
  }
  return rest;
}

/** The conditions `if (name) {` that the end of a text stands under. */
function conditionsAt(text: string): string[] {
  const conditions: string[] = [];
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === "}") depth++;
    if (text[at] !== "{") continue;
    if (depth > 0) {
      depth--;
      continue;
    }
    const condition = text.slice(0, at).match(/\bif\s*\((\w+)\)\s*$/);
    if (condition !== null) conditions.push(condition[1]);
  }
  return conditions;
}
