/**
 * What takes long to find about a graph, kept on disk between runs.
 *
 * @module
 */
import { readChecked, writeChecked } from "../data/checked_safetensors.ts";
import type { SafetensorsFile } from "../data/safetensors.ts";

/** Where neighbours and eigenpairs are kept, and who is told about it. */
export interface GraphCache {
  /** The folder. */
  readonly folder: string;
  /** Told what a user would want to know. */
  readonly note: (text: string) => void;
}

/** What is kept in a file, and how. */
export interface Kept<T> {
  /** The name of its file, which says all that it depends on. */
  readonly name: string;
  /** What it is called where it cannot be kept. */
  readonly what: string;
  /** Said before it is computed. */
  readonly announcement: string;
  /** The contents of its file. */
  readonly encode: (found: T) => SafetensorsFile | Promise<SafetensorsFile>;
  /** What a file holds; nothing if it is not what was kept. */
  readonly decode: (file: SafetensorsFile) => T | undefined | Promise<T | undefined>;
}

/**
 * Takes what is kept; a file that is damaged is told, and counts as none.
 *
 * @param cache Where it is kept.
 * @param kept What.
 * @returns Nothing where it is not kept.
 */
export async function keptAlready<T>(cache: GraphCache, kept: Kept<T>): Promise<T | undefined> {
  return await read(pathOf(cache, kept), kept, cache);
}

function pathOf<T>({ folder }: GraphCache, { name }: Kept<T>): string {
  return `${folder}/${name}.safetensors`;
}

/**
 * Takes what is kept, or computes and keeps it. A file that is damaged, or cannot be written, is told
 * and costs the time to compute it again.
 *
 * @param cache Where it is kept (default: nowhere).
 * @param describe What; asked only where there is a cache, for a name takes a hash of all that it depends on.
 * @param compute Finds it.
 */
export async function keptOrComputed<T>(
  cache: GraphCache | undefined,
  describe: () => Promise<Kept<T>>,
  compute: () => Promise<T>,
): Promise<T> {
  if (cache === undefined) return await compute();
  const kept = await describe();
  const path = pathOf(cache, kept);
  const known = await read(path, kept, cache);
  if (known !== undefined) return known;
  cache.note(`${kept.announcement}; cached for the next run`);
  const found = await compute();
  try {
    await Deno.mkdir(cache.folder, { recursive: true });
    const { metadata, tensors } = await kept.encode(found);
    await writeChecked(path, { metadata: { ...metadata, name: kept.name }, tensors });
  } catch (error) {
    cache.note(`Cannot cache the ${kept.what} in "${path}": ${(error as Error).message}`);
  }
  return found;
}

async function read<T>(
  path: string,
  { name, decode }: Kept<T>,
  { note }: GraphCache,
): Promise<T | undefined> {
  try {
    await Deno.stat(path);
  } catch {
    return undefined;
  }
  try {
    const file = await readChecked(path);
    const found = file.metadata.name === name ? await decode(file) : undefined;
    if (found !== undefined) return found;
    note(`"${path}" has changed since it was cached; it is computed again`);
  } catch (error) {
    // Whatever is wrong with the file, what it holds can be had without it.
    note(`${(error as Error).message}; it is computed again`);
  }
  return undefined;
}
