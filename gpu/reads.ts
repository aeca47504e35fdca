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
  const blocks = [...code.matchAll(/\bif\s*\((\w+)\)\s*\{|[{}]/g)];
  for (const index of placesOf(code, variable)) {
    if (!isRead(code.slice(0, index), code.slice(index + variable.length))) continue;
    const open: (string | undefined)[] = [];
    for (const { 0: brace, 1: condition, index: at } of blocks) {
      if (at + brace.length > index) break;
      if (brace === "}") open.pop();
      else open.push(condition);
    }
    conditions.add(open.findLast((name) => name !== undefined && flags.has(name)));
  }
  if (conditions.size === 0) return false;
  const [flag] = conditions;
  return conditions.size === 1 && flag !== undefined ? flag : true;
}

/**
 * Where a name stands. Without a pattern of its own, which would have to be compiled: every start reads all
 * kernels.
 */
function placesOf(code: string, name: string): number[] {
  const isPart = (character: string | undefined) => /^\w/.test(character ?? "");
  const places: number[] = [];
  for (let at = code.indexOf(name); at !== -1; at = code.indexOf(name, at + 1)) {
    if (!isPart(code[at - 1]) && !isPart(code[at + name.length])) places.push(at);
  }
  return places;
}

/** Whether a name is read that stands between two texts. */
function isRead(before: string, after: string): boolean {
  // A field of a struct, a declaration, or the length of the array.
  if (before.trimEnd().endsWith(".") || /^\s*:/.test(after)) return false;
  return !before.endsWith("arrayLength(&") && !/^\s*=(?!=)/.test(afterPlace(after));
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
    let end = 0;
    for (; end < rest.length; end++) {
      if (rest[end] === "[") depth++;
      if (rest[end] === "]") depth--;
      if (depth === 0) break;
    }
    rest = rest.slice(end + 1);
  }
  return rest;
}
