/**
 * What docs/architecture.md says of the form of the repository, as checks of its files. Each takes the
 * files by their paths, and gives what is not as it should be.
 *
 * @module
 */
import { basename, dirname, join } from "node:path/posix";

/** Texts by path. */
export type Files = ReadonlyMap<string, string>;

const isModule = (path: string) => path.endsWith(".ts");
const folderOf = (path: string) => path.split("/")[0];

/** The relative imports of a module, type imports and texts too, as paths from the project's folder. */
export function importsOf(path: string, text: string): string[] {
  // Examples in comments begin with a star, so they are none.
  const statements = text.matchAll(
    /^(?:import|export)\b(?:[^;"]*?\bfrom)?\s*"(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/gm,
  );
  return Array.from(statements, ([, from, dynamic]) => join(dirname(path), from ?? dynamic));
}

/** A circle of imports: each module imports the next, the last the first; none where there is no circle. */
export function circle(files: Files): string[] {
  const left = new Map(
    [...files].filter(([path]) => isModule(path)).map((
      [path, text],
    ) => [path, importsOf(path, text)]),
  );
  const open = (path: string) => left.get(path)!.filter((other) => left.has(other));
  // What imports nothing that is left is in no circle.
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const path of left.keys()) if (open(path).length === 0) left.delete(path);
  }
  if (left.size === 0) return [];
  const way = [...left.keys()].slice(0, 1);
  while (true) {
    const next = open(way.at(-1)!)[0];
    if (way.includes(next)) return way.slice(way.indexOf(next));
    way.push(next);
  }
}

/** The floor of each folder, or file of the project's folder, by the table of docs/architecture.md. */
export function floorsIn(document: string): Map<string, number> {
  const floors = new Map<string, number>();
  for (const [, floor, names] of document.matchAll(/^\| (\d) +\|([^|]+)\|/gm)) {
    for (const [, name] of names.matchAll(/`([\w.]+)\/?`/g)) floors.set(name, Number(floor));
  }
  return floors;
}

/** Folders of one floor of which the first may import from the second. */
const neighbours = new Set(["data → algebra", "training → evaluation", "page → explain"]);

/** These may import anything, and only they may import `mod.ts`. */
const above = new Set(["bench", "docs", "mod.ts", "tests"]);

/** Imports from a floor above, or from a neighbour that is not to be known. */
export function floorFaults(files: Files, floors: ReadonlyMap<string, number>): string[] {
  const faults: string[] = [];
  for (const [path, text] of files) {
    const folder = folderOf(path);
    if (!isModule(path) || above.has(folder)) continue;
    const floor = floors.get(folder);
    if (floor === undefined) {
      faults.push(`${path} is on no floor`);
      continue;
    }
    for (const other of importsOf(path, text)) {
      const otherFolder = folderOf(other);
      if (otherFolder === folder || otherFolder === "deno.json") continue;
      const isBelow = (floors.get(otherFolder) ?? Infinity) < floor;
      if (isBelow || neighbours.has(`${folder} → ${otherFolder}`)) continue;
      faults.push(`${path} imports ${other}`);
    }
  }
  return faults;
}

/** Files of code with more lines than one idea takes. */
export function longFiles(files: Files, mostLines = 300): string[] {
  return [...files].filter(([path]) => /\.(?:ts|wgsl|sh|py)$|^bandpass$/.test(path))
    .map(([path, text]) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > mostLines)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

/** Folders whose own contracts are no part of a sub-path. */
const kept = ["data/encode/", "data/ingest/", "data/table/"];

/** Modules that the `mod.ts` of their folder does not export. */
export function unexported(files: Files): string[] {
  return [...files].filter(([path]) => /^\w+\/mod\.ts$/.test(path)).flatMap(([mod, text]) => {
    const exported = new Set(importsOf(mod, text));
    const folder = `${dirname(mod)}/`;
    return [...files.keys()].filter((path) =>
      isModule(path) && path.startsWith(folder) && path !== mod && !exported.has(path) &&
      !kept.some((part) => path.startsWith(part))
    );
  });
}

/** The names that a module exports from others; it throws for `export *`, whose names are not in it. */
export function namesIn(text: string): string[] {
  if (/^export \*/m.test(text)) throw new Error("It exports all names of a module");
  return Array.from(text.matchAll(/^export (?:type )?\{([^}]*)\}/gm), ([, names]) => names)
    .flatMap((names) => names.split(",").map((name) => name.replace(/^\s*type\s/, "").trim()))
    .filter((name) => name !== "");
}

/** Why files of one name may stand in several folders. */
const sharedNames: readonly (readonly [path: RegExp, reason: string])[] = [
  [/\.wgsl$/, "kernels are called by their op: spmm/shared, matmul/shared"],
  [/(?:^|\/)mod\.ts$/, "a sub-path"],
  [/^verification\/references\//, "the reference of the model of that name"],
  [/^bench\//, "a benchmark of the module of that name"],
  [/^cli\/[\w-]+\/main\.ts$/, "the program of the command of that folder"],
  [/^cli\/common\/device\.ts$/, "a command's way to gpu/device.ts"],
  [/^shaders\/spmm\/upload\.ts$/, "what gpu/upload.ts does with bytes, of sparse matrices"],
];

/** Files of code of one name, those aside that have a reason to share it. */
export function sameNames(files: Files): string[] {
  const byName = new Map<string, string[]>();
  for (const path of files.keys()) {
    if (!/\.(?:ts|wgsl|sh)$/.test(path) || path.startsWith("tests/")) continue;
    if (sharedNames.some(([shared]) => shared.test(path))) continue;
    byName.set(basename(path), [...byName.get(basename(path)) ?? [], path]);
  }
  return [...byName.values()].filter((paths) => paths.length > 1).map((paths) => paths.join(", "));
}
