/**
 * Eigenpairs kept on disk, by all that they depend on.
 *
 * @module
 */
import type { Csr } from "../data/csr.ts";
import { readSafetensors, type StoredArray, writeSafetensors } from "../data/safetensors.ts";
import type { ItemGraphCache } from "./item_graph.ts";
import type { GraphSpectrum, SpectrumPlan } from "./spectrum.ts";

/** Where eigenpairs are kept, and who is told about it: the folder of item graphs, among others. */
export type SpectrumCache = ItemGraphCache;

/** Raised when the same graph and options would give other eigenpairs. */
const cacheVersion = "2";
const format = `bandpass spectrum ${cacheVersion}`;

/**
 * Eigenpairs from the cache, or computed and kept.
 *
 * @param adjacency The graph.
 * @param plan What is wanted of it.
 * @param cache Where; nothing is kept if nothing is given.
 * @param compute Finds the eigenpairs.
 */
export async function keptSpectrum(
  adjacency: Csr,
  plan: SpectrumPlan,
  cache: SpectrumCache | undefined,
  compute: () => Promise<GraphSpectrum>,
): Promise<GraphSpectrum> {
  if (cache === undefined) return await compute();
  const key = await keyOf(adjacency, plan);
  const path = `${cache.folder}/spectrum-${key.slice(0, 32)}.safetensors`;
  const kept = await readSpectrum(path, key, adjacency.rows, plan.eigenpairs, cache);
  if (kept !== undefined) return kept;
  cache.note(
    `Finding ${plan.eigenpairs} eigenpair${plan.eigenpairs === 1 ? "" : "s"} of ${plan.label}, ` +
      `${adjacency.rows.toLocaleString("en")} nodes; they are kept for the next run`,
  );
  const spectrum = await compute();
  try {
    await Deno.mkdir(cache.folder, { recursive: true });
    await writeSpectrum(path, key, adjacency.rows, spectrum);
  } catch (error) {
    // The next run computes them again; this one has what it needs.
    cache.note(`Cannot keep the eigenpairs in "${path}": ${(error as Error).message}`);
  }
  return spectrum;
}

/** All that eigenpairs depend on. */
async function keyOf(adjacency: Csr, plan: SpectrumPlan): Promise<string> {
  const { rowStart, column, value } = adjacency;
  const parts = await Promise.all([rowStart, column, value].map(hashOf));
  const { eigenpairs, tolerance, block, basis, seed } = plan;
  const key = JSON.stringify({ format, parts, eigenpairs, tolerance, block, basis, seed });
  return await hashOf(new TextEncoder().encode(key));
}

async function hashOf(words: StoredArray | Uint8Array | Csr["column" | "value"]): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", words as Uint8Array<ArrayBuffer>);
  return new Uint8Array(digest).toHex();
}

/** A hash of all that was found: a file of the right form may still have lost a bit. */
async function checksumOf({ values, vectors, residuals }: Arrays, rest: string): Promise<string> {
  const parts = [values, vectors, residuals, new TextEncoder().encode(rest)];
  return (await Promise.all(parts.map(hashOf))).join(" ");
}

type Arrays = Pick<GraphSpectrum, "values" | "vectors" | "residuals">;

async function writeSpectrum(
  path: string,
  key: string,
  nodes: number,
  spectrum: GraphSpectrum,
): Promise<void> {
  const { values, vectors, residuals, kept: _, ...others } = spectrum;
  const [k, rest] = [values.length, JSON.stringify(others)];
  await writeSafetensors(path, {
    metadata: { format, key, rest, checksum: await checksumOf(spectrum, rest) },
    tensors: new Map<string, { shape: number[]; values: StoredArray }>([
      ["values", { shape: [k], values }],
      ["residuals", { shape: [k], values: residuals }],
      ["vectors", { shape: [nodes, k], values: vectors }],
    ]),
  });
}

async function readSpectrum(
  path: string,
  key: string,
  nodes: number,
  eigenpairs: number,
  cache: SpectrumCache,
): Promise<GraphSpectrum | undefined> {
  try {
    await Deno.stat(path);
  } catch {
    return undefined;
  }
  try {
    const { metadata, tensors } = await readSafetensors(path);
    const [values, vectors, residuals] = ["values", "vectors", "residuals"].map((name) =>
      tensors.get(name)?.values
    );
    if (
      metadata.format === format && metadata.key === key && values instanceof Float64Array &&
      vectors instanceof Float32Array && residuals instanceof Float64Array &&
      values.length === eigenpairs && vectors.length === nodes * eigenpairs &&
      metadata.checksum === await checksumOf({ values, vectors, residuals }, metadata.rest)
    ) {
      return { values, vectors, residuals, ...JSON.parse(metadata.rest), kept: true };
    }
    cache.note(`"${path}" is not what was kept there; it is computed again`);
  } catch (error) {
    // Whatever is wrong with the file, the eigenpairs can be had without it.
    cache.note(`${(error as Error).message}; it is computed again`);
  }
  return undefined;
}
