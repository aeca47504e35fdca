/**
 * The rows that a trained model scores users and items by, on the CPU.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { Gpu } from "../gpu/device.ts";
import { Memory } from "../gpu/memory.ts";
import { streamBuffers } from "../gpu/readback.ts";
import type { GraphCache } from "../graph/kept_file.ts";
import type { Representation, TableRows } from "../models/model.ts";
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
 * Computes a model's representation, and keeps it on the device while it is used.
 *
 * @param gpu The device.
 * @param dataset The dataset.
 * @param choice Which model, how its parameters are set, and where item graphs are kept.
 * @param use What is done with it; {@linkcode streamRows} and {@linkcode readRows} read it.
 * @returns What `use` gives; `undefined` for a model whose scores are no products of rows.
 */
export async function useRepresentation<T>(
  gpu: Gpu,
  dataset: Dataset,
  choice: ModelChoice & { readonly setParameters?: SetParameters; readonly cache?: GraphCache },
  use: (memory: Memory, representation: Representation) => Promise<T>,
): Promise<T | undefined> {
  const memory = new Memory(gpu);
  const { setParameters, cache } = choice;
  try {
    const { source, prepare } = await scoreSource(memory, dataset, choice, setParameters, cache);
    if (source.kind === "scorer") return undefined;
    await prepare();
    return await use(memory, source.representation);
  } finally {
    memory.destroy();
  }
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
  return await useRepresentation(
    gpu,
    dataset,
    { ...choice, setParameters, cache },
    async (memory, { users, items }) => ({
      columns: users.table.columns,
      users: await readRows(memory, users),
      items: await readRows(memory, items),
    }),
  );
}

/**
 * Reads rows of a table block by block.
 *
 * @param memory Where the table is.
 * @param rows Which rows.
 * @returns Their bytes, row-major, cut anywhere; a block is valid until the next one is asked for.
 */
export function streamRows(
  memory: Memory,
  { table, firstRow, rows }: TableRows,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const rowBytes = table.columns * 4;
  const range = { offset: firstRow * rowBytes, bytes: rows * rowBytes };
  return streamBuffers(memory, [{ allocation: table.allocation, ...range }]);
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
  rows: TableRows,
): Promise<Float32Array<ArrayBuffer>> {
  const values = new Float32Array(rows.rows * rows.table.columns);
  const bytes = new Uint8Array(values.buffer);
  let filled = 0;
  for await (const block of streamRows(memory, rows)) {
    bytes.set(block, filled);
    filled += block.length;
  }
  return values;
}
