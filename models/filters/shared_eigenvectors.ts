/**
 * The eigenvectors of a filter: kept in its run, shared by the candidates of a search, or found.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { readTensor, type TensorSource } from "../../data/safetensors.ts";
import { DataError } from "../../errors.ts";
import {
  firstEigenvectors,
  type ItemEigenvectors,
  knownEigenpairs,
  searchedEigenpairs,
} from "../../graph/item_eigenvectors.ts";
import type { KeptState } from "../model.ts";
import type { FilterContext } from "./item_graph_part.ts";

const name = "eigenvectors";

/** Eigenvectors, and what a run keeps of them. */
export interface KeptEigenvectors {
  /** V, `I×K`. */
  readonly eigenvectors: ItemEigenvectors;
  /** What is kept; nothing where they are not needed themselves. */
  readonly kept?: KeptState;
}

/**
 * The first eigenvectors of the item graph.
 *
 * @param context What the model is computed from; it is noted where the cut is moved.
 * @param interactions The train interactions.
 * @param eigenpairs How many.
 * @throws {DataError} What is kept is of something else.
 */
export async function sharedEigenvectors(
  context: FilterContext,
  interactions: Csr,
  eigenpairs: number,
): Promise<KeptEigenvectors> {
  const { memory, cache, shared, note, kept } = context;
  if (kept?.tensors.has(name)) {
    return keeping(await keptVectors(kept, interactions.columns, eigenpairs));
  }
  const find = () => knownEigenpairs(memory.gpu, interactions, eigenpairs, cache);
  const key = String(searchedEigenpairs(eigenpairs));
  const found = firstEigenvectors(await (shared?.once(name, key, find) ?? find()), eigenpairs);
  if (found.isComplete) {
    note?.(`${eigenpairs} eigenpairs would divide those of eigenvalue 0: all are taken`);
    return { eigenvectors: found };
  }
  if (found.count > eigenpairs) {
    note?.(
      `${eigenpairs} eigenpairs would divide the eigenvalue ${
        found.lastValue!.toPrecision(4)
      }, which is ` +
        `repeated: ${found.count} are taken, up to its end`,
    );
  }
  return keeping(found);
}

function keeping(eigenvectors: ItemEigenvectors): KeptEigenvectors {
  const { vectors: values, count } = eigenvectors;
  const shape = [values.length / count, count];
  return { eigenvectors, kept: { arrays: new Map([[name, { shape, values }]]) } };
}

async function keptVectors(
  kept: TensorSource,
  items: number,
  eigenpairs: number,
): Promise<ItemEigenvectors> {
  const { shape, values } = await readTensor(kept, name);
  const [rows, count] = shape;
  const fits = values instanceof Float32Array && shape.length === 2 && rows === items &&
    count >= eigenpairs && values.every(Number.isFinite);
  if (!fits) {
    throw new DataError(
      `Cannot use "${kept.path}": "${name}" is ${
        shape.join("×")
      }, expected ${items} rows of at least ` +
        `${eigenpairs} finite numbers`,
      "Copy the file again from where it was whole, or train anew",
    );
  }
  return { count, vectors: values, isComplete: false };
}
