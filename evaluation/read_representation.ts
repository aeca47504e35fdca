/**
 * The rows that a trained model scores users and items by, on the CPU.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import { readBuffers } from "../gpu/readback.ts";
import type { GraphCache } from "../graph/kept_file.ts";
import type { TableRows } from "../models/model.ts";
import { type ModelChoice, scoreSource, type SetParameters } from "./rank_split.ts";

/** Rows of users and items; the score of a pair is their product. */
export interface Embeddings {
  /** Numbers a row. */
  readonly columns: number;
  /** `U×columns`, row-major. */
  readonly users: Float32Array<ArrayBuffer>;
  /** `I×columns`, row-major. */
  readonly items: Float32Array<ArrayBuffer>;
}

/**
 * Computes a model's representation, and reads it.
 *
 * @param gpu The device.
 * @param dataset The dataset.
 * @param choice Which model.
 * @param setParameters Sets its parameters.
 * @param cache Where item graphs are kept.
 * @returns The rows; `undefined` for a model whose scores are no products of rows.
 */
export async function readRepresentation(
  gpu: Gpu,
  dataset: Dataset,
  choice: ModelChoice,
  setParameters?: SetParameters,
  cache?: GraphCache,
): Promise<Embeddings | undefined> {
  const memory = new Memory(gpu, { reuse: true });
  try {
    const { source, prepare } = await scoreSource(memory, dataset, choice, setParameters, cache);
    if (source.kind === "scorer") return undefined;
    const { users, items } = source.representation;
    for (const { table } of [users, items]) memory.keep(table.allocation);
    await prepare();
    return {
      columns: users.table.columns,
      users: await readRows(memory, users),
      items: await readRows(memory, items),
    };
  } finally {
    memory.destroy();
  }
}

/**
 * Reads rows of a table.
 *
 * @param memory Where the table is.
 * @param rows Which rows.
 * @returns `rows×columns`, row-major.
 */
export async function readRows(
  memory: Memory,
  { table, firstRow, rows }: TableRows,
): Promise<Float32Array<ArrayBuffer>> {
  const rowBytes = table.columns * 4;
  const range = { offset: firstRow * rowBytes, bytes: rows * rowBytes };
  const [bytes] = await readBuffers(memory, [{ allocation: table.allocation, ...range }]);
  return new Float32Array(bytes);
}
