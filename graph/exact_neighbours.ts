/**
 * The nearest items of each item whatever the device rounds: it finds candidates in f32, of which the nearest
 * are chosen in f64.
 *
 * @module
 */
import type { Modality } from "../data/dataset.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { greatestK } from "../shaders/top_k/top_k.ts";
import { keptNeighbours, type NeighbourSearch } from "./item_graph.ts";

/** Stands in the place of a neighbour that there is not. */
export const noNeighbour = 0xffffffff;

/** Candidates beside the k wanted: more than round to the same cosine by chance. */
const spare = 8;

/**
 * The k nearest items of each item by the cosine of their features, itself among them, ties by smaller index.
 * An item whose features are all 0 has no neighbours, and is nobody's.
 *
 * @param gpu The device.
 * @param modality The features.
 * @param k Neighbours of an item, at most 1,000.
 * @param search Where candidates are kept between runs, and who watches.
 * @returns `I×k` items, the nearest first; {@linkcode noNeighbour} where there are fewer.
 */
export async function exactNeighbours(
  gpu: Gpu,
  modality: Modality,
  k: number,
  search?: NeighbourSearch,
): Promise<Uint32Array<ArrayBuffer>> {
  const { rows: items, columns } = modality;
  const found = new Uint32Array(items * k).fill(noNeighbour);
  const known = withFeatures(modality);
  const rows = known.length;
  if (rows === 0) return found;
  const values = new Float32Array(rows * columns);
  known.forEach((item, row) => values.set(featuresOf(modality, item), row * columns));
  const candidates = Math.min(k + spare, rows, greatestK);
  const own = rows === items ? modality : { ...modality, rows, values };
  const near = await keptNeighbours(gpu, own, candidates, search);
  const lengths = Float64Array.from(known, (item) => {
    const features = featuresOf(modality, item);
    return Math.sqrt(inner(features, features));
  });
  for (let row = 0; row < rows; row++) {
    const features = featuresOf(own, row);
    const others = near.items.subarray(row * candidates, (row + 1) * candidates);
    const ranked = Array.from(others, (other) => ({
      other,
      cosine: inner(features, featuresOf(own, other)) / (lengths[row] * lengths[other]),
    })).sort((a, b) => b.cosine - a.cosine || a.other - b.other);
    ranked.slice(0, k).forEach(({ other }, n) => found[known[row] * k + n] = known[other]);
  }
  return found;
}

function featuresOf({ columns, values }: Modality, item: number): Float32Array {
  return values.subarray(item * columns, (item + 1) * columns);
}

function inner(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += a[n] * b[n];
  return sum;
}

/** The items that have features. */
function withFeatures(modality: Modality): Uint32Array {
  return Uint32Array.from({ length: modality.rows }, (_, item) => item)
    .filter((item) => featuresOf(modality, item).some((value) => value !== 0));
}
