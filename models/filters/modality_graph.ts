/**
 * Item graphs of modalities for filters (methods.md, §8): `S_m = (A_m + A_mᵀ)/(2k)`.
 *
 * @module
 */
import { type Csr, transpose } from "../../algebra/csr.ts";
import type { Modality } from "../../data/dataset.ts";
import { standardiseFeatures } from "../../data/modalities.ts";
import { readTensor, type StoredTensor, type TensorSource } from "../../data/safetensors.ts";
import { DataError } from "../../errors.ts";
import { exactNeighbours, noNeighbour } from "../../graph/exact_neighbours.ts";
import { weightedSum } from "../../graph/merge.ts";
import type { FilterContext } from "./filter_context.ts";

/**
 * The nearest items of each item in a modality: kept in the run, shared by the candidates of a search, or found.
 *
 * @param context What the model is computed from.
 * @param modality The features.
 * @param k Neighbours of an item, itself among them.
 * @param standardise Whether columns are brought to mean 0 and deviation 1 first.
 * @returns `I×k` items, {@linkcode noNeighbour} where there are fewer; by the name that a run keeps it by.
 * @throws {DataError} What is kept is of something else.
 */
export async function modalityNeighbours(
  context: FilterContext,
  modality: Modality,
  k: number,
  standardise: boolean,
): Promise<readonly [name: string, StoredTensor & { values: Uint32Array<ArrayBuffer> }]> {
  const { shared, kept } = context;
  const name = `${modality.name}.neighbours`;
  const find = () => nearest(context, modality, k, standardise);
  const values = kept?.tensors.has(name)
    ? await keptNeighbours(kept, name, modality.rows, k)
    : await (shared?.once(name, `${k} ${standardise}`, find) ?? find());
  return [name, { shape: [modality.rows, k], values }];
}

/** An item without features has no neighbours, whatever its standardised columns say. */
async function nearest(
  context: FilterContext,
  modality: Modality,
  k: number,
  standardise: boolean,
): Promise<Uint32Array<ArrayBuffer>> {
  const features = standardise ? standardiseFeatures(modality) : modality;
  return await exactNeighbours(context.memory.gpu, features, k, context);
}

async function keptNeighbours(
  kept: TensorSource,
  name: string,
  items: number,
  k: number,
): Promise<Uint32Array<ArrayBuffer>> {
  const { shape, values } = await readTensor(kept, name);
  const fits = values instanceof Uint32Array && shape.join() === [items, k].join() &&
    values.every((item) => item < items || item === noNeighbour);
  if (fits) return values;
  throw new DataError(
    `Cannot use "${kept.path}": "${name}" is ${shape.join("×")}, expected ${items}×${k} items`,
    "Copy the file again from where it was whole, or train anew",
  );
}

/**
 * `S = (A + Aᵀ)/(2k)`, with value 1 in A where one item is near to another.
 *
 * @param neighbours `I×k` items.
 * @param k Neighbours of an item.
 * @returns `I×I`.
 */
export function modalityGraph(neighbours: Uint32Array, k: number): Csr {
  const matrix = adjacency(neighbours.length / k, neighbours, k);
  const weight = 1 / (2 * k);
  return weightedSum([{ matrix, weight }, { matrix: transpose(matrix), weight }]);
}

function adjacency(items: number, neighbours: Uint32Array, k: number): Csr {
  const rowStart = new Uint32Array(items + 1);
  const column = new Uint32Array(neighbours.length);
  for (let item = 0; item < items; item++) {
    const near = neighbours.subarray(item * k, (item + 1) * k).toSorted();
    const end = near.indexOf(noNeighbour);
    const own = end === -1 ? near : near.subarray(0, end);
    column.set(own, rowStart[item]);
    rowStart[item + 1] = rowStart[item] + own.length;
  }
  const count = rowStart[items];
  const value = new Float32Array(count).fill(1);
  return { rows: items, columns: items, rowStart, column: column.slice(0, count), value };
}
