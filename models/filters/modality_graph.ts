/**
 * Item graphs of modalities as a part of a filter (methods.md, §8): `Σ_m w_m·S_m`, `S_m = (A_m + A_mᵀ)/(2k)`.
 *
 * @module
 */
import { type Csr, transpose } from "../../algebra/csr.ts";
import type { Modality } from "../../data/dataset.ts";
import { standardiseColumns } from "../../data/modalities.ts";
import { readTensor, type StoredTensor, type TensorSource } from "../../data/safetensors.ts";
import { DataError } from "../../errors.ts";
import { exactNeighbours, noNeighbour } from "../../graph/exact_neighbours.ts";
import { weightedSum } from "../../graph/merge.ts";
import type { FilterContext } from "./item_graph_part.ts";

/** How near items of a modality weigh. */
export interface ModalityWeight {
  /** k: neighbours of an item, itself among them. */
  readonly neighbours: number;
  /** w: the weight of its graph. */
  readonly weight: number;
}

/** The neighbours of the modalities that weigh anything. */
export interface ModalityNeighbours {
  /** `I×k` items of each modality. */
  readonly neighbours: ReadonlyMap<string, Uint32Array<ArrayBuffer>>;
  /** The same for a run to keep. */
  readonly arrays: ReadonlyMap<string, StoredTensor>;
}

/**
 * The nearest items of each item in each modality that weighs anything: kept in the run, shared by the
 * candidates of a search, or found.
 *
 * @param context What the model is computed from.
 * @param weights The modalities, by their names.
 * @param standardise Whether columns are brought to mean 0 and deviation 1 first.
 * @throws {DataError} What is kept is of something else.
 */
export async function modalityNeighbours(
  { dataset, memory, cache, shared, kept }: FilterContext,
  weights: ReadonlyMap<string, ModalityWeight>,
  standardise: boolean,
): Promise<ModalityNeighbours> {
  const neighbours = new Map<string, Uint32Array<ArrayBuffer>>();
  const arrays = new Map<string, StoredTensor>();
  for (const modality of dataset.modalities) {
    const { name, rows } = modality;
    const { neighbours: k, weight } = weights.get(name)!;
    if (weight === 0) continue;
    const stored = `${name}.neighbours`;
    const find = () => nearest(memory.gpu, modality, k, standardise, cache);
    const found = kept?.tensors.has(stored)
      ? await keptNeighbours(kept, stored, rows, k)
      : await (shared?.once(stored, `${k} ${standardise}`, find) ?? find());
    neighbours.set(name, found);
    arrays.set(stored, { shape: [rows, k], values: found });
  }
  return { neighbours, arrays };
}

/** An item without features has no neighbours, though its standardised columns are not 0. */
async function nearest(
  gpu: FilterContext["memory"]["gpu"],
  modality: Modality,
  k: number,
  standardise: boolean,
  cache: FilterContext["cache"],
): Promise<Uint32Array<ArrayBuffer>> {
  if (!standardise) return await exactNeighbours(gpu, modality, k, cache);
  const { rows, columns, values } = modality;
  const scores = standardiseColumns(modality);
  for (let item = 0; item < rows; item++) {
    const [first, end] = [item * columns, (item + 1) * columns];
    if (values.subarray(first, end).every((value) => value === 0)) {
      (scores.values as Float32Array).fill(0, first, end);
    }
  }
  return await exactNeighbours(gpu, scores, k, cache);
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
 * `factor·Σ_m w_m·(A_m + A_mᵀ)/(2k)`, with value 1 in A_m where one item is near to another.
 *
 * @param items Number of items.
 * @param found The neighbours.
 * @param weights The modalities, by their names.
 * @param factor What all of it is multiplied by.
 * @returns `I×I`; nothing where no modality weighs anything.
 */
export function modalityGraph(
  items: number,
  found: ModalityNeighbours,
  weights: ReadonlyMap<string, ModalityWeight>,
  factor: number,
): Csr | undefined {
  const terms = [...found.neighbours].flatMap(([name, neighbours]) => {
    const { neighbours: k, weight } = weights.get(name)!;
    const matrix = adjacency(items, neighbours, k);
    const each = factor * weight / (2 * k);
    return [{ matrix, weight: each }, { matrix: transpose(matrix), weight: each }];
  });
  return terms.length === 0 ? undefined : weightedSum(terms);
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
