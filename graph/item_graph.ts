/**
 * Item graphs from features: nearest neighbours with the weightings of methods.md, §1, kept on disk.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import type { Modality } from "../data/dataset.ts";
import type { SafetensorsFile } from "../data/safetensors.ts";
import type { ComputeObservers } from "../gpu/compute_observers.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { ownKernels } from "../gpu/kernel_choices.ts";
import { type GraphCache, keptOrComputed } from "./kept_file.ts";
import { type NearestItems, nearestItems } from "./nearest_items.ts";

/** Where neighbours are kept (default: nowhere), and who watches the search for them. */
export interface NeighbourSearch extends ComputeObservers {
  /** Where they are kept between runs. */
  readonly cache?: GraphCache;
}

/** How neighbours are weighted: unit weights, or their similarity; both normalised. */
export type ItemWeighting = "mean" | "similarity";

/** Raised when the neighbours of the same features would come out differently. */
const cacheVersion = "2";
const format = `bandpass neighbours ${cacheVersion}`;

/**
 * The graph of the k nearest items of each item.
 *
 * `mean`: value 1/k. `similarity`: `s_ij/√(r_i·r_j)` with `r_i = Σ_j s_ij`, the row sums on both
 * sides (SMORE); an item whose similarities sum to nothing has no neighbours' weight.
 *
 * @param gpu The device.
 * @param modality The features.
 * @param options k, itself included, at most the number of items; the weighting.
 * @param search Where neighbours are kept between runs, and who watches.
 * @returns `I×I`, columns ascending within a row.
 */
export async function itemGraph(
  gpu: Gpu,
  modality: Modality,
  options: { k: number; weighting: ItemWeighting },
  search?: NeighbourSearch,
): Promise<Csr> {
  const k = Math.min(options.k, modality.rows);
  return weighted(await keptNeighbours(gpu, modality, k, search), modality.rows, options.weighting);
}

/**
 * Gives neighbours their weights.
 *
 * @param nearest The neighbours.
 * @param items Number of items.
 * @param weighting How they are weighted.
 */
export function weighted(nearest: NearestItems, items: number, weighting: ItemWeighting): Csr {
  const { k } = nearest;
  const sums = new Float64Array(items);
  nearest.similarities.forEach((similarity, n) => sums[Math.floor(n / k)] += similarity);
  const inverseRoot = sums.map((sum) => sum > 0 ? 1 / Math.sqrt(sum) : 0);
  const column = new Uint32Array(items * k);
  const value = new Float32Array(items * k);
  for (let item = 0; item < items; item++) {
    const places = Array.from({ length: k }, (_, n) => item * k + n)
      .sort((a, b) => nearest.items[a] - nearest.items[b]);
    places.forEach((place, n) => {
      const neighbour = nearest.items[place];
      column[item * k + n] = neighbour;
      value[item * k + n] = weighting === "mean"
        ? 1 / k
        : nearest.similarities[place] * inverseRoot[item] * inverseRoot[neighbour];
    });
  }
  const rowStart = Uint32Array.from({ length: items + 1 }, (_, item) => item * k);
  return { rows: items, columns: items, rowStart, column, value };
}

/**
 * The nearest items of each item, from the cache, or found and kept.
 *
 * @param gpu The device.
 * @param modality The features.
 * @param k Neighbours of an item, itself included; at most the number of items, and 1,000.
 * @param search Where they are kept between runs, and who watches.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function keptNeighbours(
  gpu: Gpu,
  modality: Modality,
  k: number,
  { cache, signal, onProgress }: NeighbourSearch = {},
): Promise<NearestItems> {
  const { rows, columns, name } = modality;
  const shape = [rows, k];
  return await keptOrComputed(cache, async () => ({
    name: `neighbours-${await fingerprint(gpu, modality, k)}`,
    what: "item graph",
    announcement: `Finding the ${k} nearest of ${rows.toLocaleString("en")} items by ${columns} ` +
      `columns of ${name}`,
    encode: ({ items, similarities }) => ({
      metadata: { format, modality: name },
      tensors: new Map([
        ["items", { shape, values: items }],
        ["similarities", { shape, values: similarities }],
      ]),
    }),
    decode: (file) => neighboursIn(file, rows, k),
  }), () => nearestItems(gpu, modality, k, { signal, onProgress }));
}

function neighboursIn(
  { metadata, tensors }: SafetensorsFile,
  rows: number,
  k: number,
): NearestItems | undefined {
  const items = tensors.get("items")?.values;
  const similarities = tensors.get("similarities")?.values;
  const fits = metadata.format === format &&
    items instanceof Uint32Array && similarities instanceof Float32Array &&
    items.length === rows * k && similarities.length === rows * k &&
    items.every((item) => item < rows);
  return fits ? { k, items, similarities } : undefined;
}

/** All that neighbours depend on: the features themselves, their shape, k, and how they are found. */
async function fingerprint(gpu: Gpu, modality: Modality, k: number): Promise<string> {
  const { rows, columns, values } = modality;
  const features = await crypto.subtle.digest("SHA-256", values as Float32Array<ArrayBuffer>);
  const key = JSON.stringify({
    cacheVersion,
    rows,
    columns,
    k,
    features: new Uint8Array(features).toHex(),
    kernels: ownKernels(gpu),
  });
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return new Uint8Array(digest).toHex().slice(0, 32);
}
