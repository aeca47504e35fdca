/**
 * The eigenvectors of a filter: kept in its run, shared by the candidates of a search, or found.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { readTensor, type StoredTensor, type TensorSource } from "../../data/safetensors.ts";
import { DataError } from "../../errors.ts";
import {
  endOfCut,
  firstEigenvectors,
  knownEigenpairs,
  searchedEigenpairs,
} from "../../graph/item_eigenvectors.ts";
import type { FilterContext } from "./filter_context.ts";

const name = "eigenvectors";

/** Eigenvectors up to several cuts. */
export interface CutEigenvectors {
  /** V up to the last cut, `I×K`, row-major. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** K. */
  readonly count: number;
  /** How many each cut takes; infinity where it takes all there are. */
  readonly ends: readonly number[];
  /** V for a run to keep. */
  readonly arrays: ReadonlyMap<string, StoredTensor>;
}

/**
 * The first eigenvectors of the item graph, up to cuts that divide no eigenvalue.
 *
 * @param context What the model is computed from; it is noted where a cut is moved.
 * @param interactions The train interactions.
 * @param cuts How many eigenpairs each cut is to take, at least one cut.
 * @throws {DataError} What is kept is of something else.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function sharedEigenvectors(
  context: FilterContext,
  interactions: Csr,
  cuts: readonly number[],
): Promise<CutEigenvectors> {
  const { memory, cache, shared, note, kept, signal, onProgress } = context;
  const most = Math.max(...cuts);
  if (kept?.tensors.has(name)) return await keptVectors(kept, interactions.columns, most);
  const find = () => knownEigenpairs(memory.gpu, interactions, most, { cache, signal, onProgress });
  const key = String(searchedEigenpairs(most));
  const known = await (shared?.once(name, key, find) ?? find());
  const ends = cuts.map((cut) => endOfCut(known, cut));
  cuts.forEach((cut, n) => {
    if (ends[n] === cut) return;
    note?.(
      ends[n] === Infinity
        ? `${cut} eigenpairs would divide those of eigenvalue 0: all are taken`
        : `${cut} eigenpairs would divide the eigenvalue ${
          known.values[cut - 1].toPrecision(4)
        }, which ` +
          `is repeated: ${ends[n]} are taken, up to its end`,
    );
  });
  const count = Math.max(0, ...ends.filter(Number.isFinite));
  const values = firstEigenvectors(known, count);
  const stored = { shape: [interactions.columns, count], values };
  return { vectors: values, count, ends, arrays: new Map(count > 0 ? [[name, stored]] : []) };
}

async function keptVectors(
  kept: TensorSource,
  items: number,
  eigenpairs: number,
): Promise<CutEigenvectors> {
  const stored = await readTensor(kept, name);
  const { shape, values } = stored;
  const [rows, count] = shape;
  const fits = values instanceof Float32Array && shape.length === 2 && rows === items &&
    count >= eigenpairs && values.every(Number.isFinite);
  if (fits) return { vectors: values, count, ends: [count], arrays: new Map([[name, stored]]) };
  throw new DataError(
    `Cannot use "${kept.path}": "${name}" is ${
      shape.join("×")
    }, expected ${items} rows of at least ` +
      `${eigenpairs} finite numbers`,
    "Copy the file again from where it was whole, or train anew",
  );
}
