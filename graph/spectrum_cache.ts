/**
 * Eigenpairs kept on disk, by all that they depend on.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import { openChecked } from "../data/checked_safetensors.ts";
import { readFailure } from "../data/file_failure.ts";
import {
  type SafetensorsFile,
  SafetensorsReader,
  type StoredArray,
  type StoredTensor,
} from "../data/safetensors.ts";
import { DataError } from "../errors.ts";
import type { KernelChoices } from "../gpu/kernel_choices.ts";
import { type GraphCache, keptOrComputed } from "./kept_file.ts";
import { type GraphSpectrum, spectrumDefaults, type SpectrumPlan } from "./spectrum_plan.ts";
import { counted } from "../data/counts.ts";

/** Raised when the same graph and options would give other eigenpairs. */
const cacheVersion = "3";
const format = `bandpass spectrum ${cacheVersion}`;

/** What is wanted of a graph, and the kernels that it is found with, where they are not the shipped ones. */
export type KeptPlan = SpectrumPlan & { readonly kernels?: KernelChoices };

/**
 * Eigenpairs from the cache, or computed and kept.
 *
 * @param adjacency The graph.
 * @param plan What is wanted of it.
 * @param cache Where it is kept (default: nowhere).
 * @param compute Finds the eigenpairs.
 */
export async function keptSpectrum(
  adjacency: Csr,
  plan: KeptPlan,
  cache: GraphCache | undefined,
  compute: () => Promise<GraphSpectrum>,
): Promise<GraphSpectrum> {
  const { rows } = adjacency;
  const { eigenpairs, label } = plan;
  return await keptOrComputed(cache, async () => {
    const key = await keyOf(adjacency, plan);
    return {
      name: `spectrum-${key.slice(0, 32)}`,
      what: "eigenpairs",
      announcement: `Finding ${counted(eigenpairs, "eigenpair")} of ${label}, ` +
        counted(rows, "node"),
      encode: (spectrum) => fileOf(key, rows, spectrum),
      decode: (file) => spectrumIn(file, key, rows, eigenpairs),
    };
  }, compute);
}

/**
 * The eigenvalue after kept eigenpairs, from the cache, or computed and kept.
 *
 * @param adjacency The graph.
 * @param plan What was wanted of it.
 * @param cache Where it is kept (default: nowhere).
 * @param compute Finds it.
 */
export async function keptNext(
  adjacency: Csr,
  plan: KeptPlan,
  cache: GraphCache | undefined,
  compute: () => Promise<number>,
): Promise<number> {
  return await keptOrComputed(cache, async () => {
    const key = await keyOf(adjacency, plan);
    return {
      name: `spectrum-${key.slice(0, 32)}-next`,
      what: "next eigenvalue",
      announcement: `Finding the eigenvalue after the ${plan.eigenpairs} of ${plan.label}`,
      encode: (next) => {
        const tensors = new Map([["next", { shape: [1], values: Float64Array.of(next) }]]);
        return { metadata: { format, key }, tensors };
      },
      decode: ({ metadata, tensors }) => {
        const isIt = metadata.format === format && metadata.key === key;
        return isIt ? tensors.get("next")?.values[0] : undefined;
      },
    };
  }, compute);
}

/**
 * The eigenvalues of a graph that are kept, where they were searched for as usual: the longest list of them. Nothing is
 * computed, and a damaged file counts as none.
 *
 * @param adjacency The graph.
 * @param folder Where they are kept.
 * @returns Eigenvalues, descending; nothing where none are kept.
 */
export async function keptEigenvalues(
  adjacency: Csr,
  folder: string,
): Promise<Float64Array | undefined> {
  let most: Float64Array | undefined;
  for (const path of await spectrumFiles(folder)) {
    try {
      using file = await SafetensorsReader.open(path);
      const eigenpairs = file.tensors.get("values")?.shape[0] ?? 0;
      const plan = { ...spectrumDefaults, eigenpairs };
      if (eigenpairs <= (most?.length ?? 0)) continue;
      if (file.metadata.key !== await keyOf(adjacency, plan)) continue;
      using whole = await openChecked(path);
      const { values } = await whole.tensor("values");
      if (values instanceof Float64Array) most = values;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }
  return most;
}

async function spectrumFiles(folder: string): Promise<string[]> {
  const paths: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (/^spectrum-[0-9a-f]{32}\.safetensors$/.test(name)) paths.push(`${folder}/${name}`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw readFailure(folder, error);
  }
  return paths.sort();
}

/** All that eigenpairs depend on. */
async function keyOf(adjacency: Csr, plan: KeptPlan): Promise<string> {
  const { rowStart, column, value } = adjacency;
  const parts = await Promise.all([rowStart, column, value].map(hashOf));
  const { eigenpairs, tolerance, block, basis, seed, kernels } = plan;
  const wanted = { eigenpairs, tolerance, block, basis, seed, kernels };
  const key = JSON.stringify({ format, parts, ...wanted });
  return await hashOf(new TextEncoder().encode(key));
}

async function hashOf(words: StoredArray | Uint8Array | Csr["column" | "value"]): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", words as Uint8Array<ArrayBuffer>);
  return new Uint8Array(digest).toHex();
}

function fileOf(key: string, nodes: number, spectrum: GraphSpectrum): SafetensorsFile {
  const { values, vectors, residuals, kept: _, ...others } = spectrum;
  const [k, rest] = [values.length, JSON.stringify(others)];
  return {
    metadata: { format, key, rest },
    tensors: new Map<string, StoredTensor>([
      ["values", { shape: [k], values }],
      ["residuals", { shape: [k], values: residuals }],
      ["vectors", { shape: [nodes, k], values: vectors }],
    ]),
  };
}

function spectrumIn(
  { metadata, tensors }: SafetensorsFile,
  key: string,
  nodes: number,
  eigenpairs: number,
): GraphSpectrum | undefined {
  const [values, vectors, residuals] = ["values", "vectors", "residuals"].map((name) =>
    tensors.get(name)?.values
  );
  const fits = metadata.format === format && metadata.key === key &&
    values instanceof Float64Array && vectors instanceof Float32Array &&
    residuals instanceof Float64Array && values.length === eigenpairs &&
    vectors.length === nodes * eigenpairs;
  if (!fits) return undefined;
  return { values, vectors, residuals, ...JSON.parse(metadata.rest), kept: true };
}
