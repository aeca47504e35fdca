/**
 * Which WGSL files make up each kernel, read off the TypeScript that joins them.
 *
 * @module
 */

/** The text of each file, by its path. */
export type Files = ReadonlyMap<string, string>;

/** A kernel, as its op joins it. */
export interface KernelSources {
  /** Its name. */
  readonly name: string;
  /** Paths of its WGSL, in the order in which it is joined. */
  readonly paths: readonly string[];
}

/** The code of TypeScript or WGSL. */
export function withoutComments(source: string): string {
  return source.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/\/\/.*$/gm, "");
}

/** All TypeScript and WGSL of the ops, by its path below `shaders/`. */
export async function readShaders(): Promise<Files> {
  const root = new URL("../../shaders/", import.meta.url);
  const files = new Map<string, string>();
  async function read(folder: string): Promise<void> {
    for await (const { name, isDirectory } of Deno.readDir(new URL(folder, root))) {
      const path = `${folder}${name}`;
      if (isDirectory) await read(`${path}/`);
      else if (/\.(ts|wgsl)$/.test(name)) {
        files.set(path, await Deno.readTextFile(new URL(path, root)));
      }
    }
  }
  await read("./");
  return new Map([...files].map(([path, text]) => [path.slice(2), text] as const).toSorted());
}

/** What a module imports, by the name that it has there. */
function importsOf(path: string, code: string): Map<string, string> {
  const imports = new Map<string, string>();
  for (
    const [, single, several, from] of code.matchAll(/import (?:(\w+)|\{([^}]*)\}) from "([^"]+)"/g)
  ) {
    const names = single ? [single] : several.split(",").map((name) => name.trim());
    const target = new URL(from, `file:///${path}`).pathname.slice(1);
    for (const name of names) imports.set(name, target);
  }
  return imports;
}

/**
 * The kernels of all ops. A call of `elementKernel()` makes two of them: of single numbers, and of
 * vectors.
 *
 * @param files What {@linkcode readShaders} gives.
 * @throws {Error} A call that is not understood.
 */
export function kernelsOf(files: Files): KernelSources[] {
  return Array.from(files).filter(([path]) => path.endsWith(".ts")).flatMap(([path, text]) => {
    const code = withoutComments(text);
    // What makes kernels for others makes none of its own.
    if (/export function elementKernel\b/.test(code)) return [];
    return kernelsOfModule(files, path, code);
  });
}

function kernelsOfModule(files: Files, path: string, code: string): KernelSources[] {
  const imports = importsOf(path, code);
  const calls = [
    ...code.matchAll(/\b(kernel|elementKernel)\(\s*(["`])(.*?)\2,([^()]*)\)/gs),
  ].map(([, maker, , name, list]) => ({
    maker,
    name,
    sources: list.split(",").map((source) => source.trim()).filter((source) => source !== ""),
  }));
  const found = code.match(/\b(?:kernel|elementKernel)\(/g)?.length ?? 0;
  if (calls.length !== found) {
    throw new Error(`"${path}" makes ${found} kernels, read ${calls.length}`);
  }
  const named = new Set(calls.flatMap(({ sources }) => sources));
  const wgsl = [...imports].filter(([, from]) => from.endsWith(".wgsl"));
  // A parameter stands for each source in turn that no call names.
  const others = wgsl.filter(([name]) => !named.has(name)).map(([, from]) => from);
  return calls.flatMap(({ maker, name, sources }) => {
    let lists: string[][] = maker === "kernel" ? [[]] : ["scalar", "vector"].map((
      width,
    ) => [sibling(imports.get("elementKernel")!, `${width}.wgsl`)]);
    for (const source of sources) {
      const known = source.startsWith("...")
        ? arrayOf(files, imports, source.slice(3))
        : imports.get(source);
      const choices = known === undefined ? others : [known];
      if (choices.length === 0) throw new Error(`"${path}": nobody knows the source "${source}"`);
      lists = choices.flatMap((choice) => lists.map((list) => list.concat(choice)));
    }
    return lists.map((paths) => ({ name, paths }));
  });
}

const sibling = (path: string, name: string) => path.replace(/[^/]*$/, name);

/** The sources of an array that another module exports. */
function arrayOf(files: Files, imports: ReadonlyMap<string, string>, name: string): string[] {
  const path = imports.get(name)!;
  const code = withoutComments(files.get(path)!);
  const list = code.match(new RegExp(`export const ${name}\\b[^=]*= \\[([^\\]]*)\\]`))![1];
  const own = importsOf(path, code);
  return list.split(",").map((source) => own.get(source.trim())!);
}
