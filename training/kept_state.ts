/**
 * What a run keeps of a model that is computed: its tables and arrays, as a checkpoint.
 *
 * @module
 */
import { type SafetensorsStream, streamOf, type TensorSource } from "../data/safetensors.ts";
import type { Memory } from "../gpu/memory.ts";
import type { KeptState } from "../models/model.ts";
import { requireFormat, restoreTensors, tensorStream } from "./checkpoint.ts";

const format = "bandpass computed model 1";

/** What a checkpoint of a computed model says of itself. */
export const keptMetadata: Readonly<Record<string, string>> = { format };

/**
 * A checkpoint of what a computed model keeps.
 *
 * @param memory Where its tables are; they must stay as they are until the checkpoint is written.
 * @param kept What it keeps.
 * @param metadata What else the file says.
 */
export function keptCheckpoint(
  memory: Memory,
  { tables = [], arrays = new Map() }: KeptState,
  metadata: Readonly<Record<string, string>>,
): SafetensorsStream {
  const named = tables.map((tensor) => ({ name: tensor.label, tensor }));
  const fromDevice = tensorStream(memory, { ...keptMetadata, ...metadata }, named);
  const fromArrays = streamOf({ metadata: {}, tensors: arrays });
  const blocks = async function* () {
    yield* fromArrays.blocks;
    yield* fromDevice.blocks;
  };
  return {
    metadata: fromDevice.metadata,
    tensors: new Map([...fromArrays.tensors, ...fromDevice.tensors]),
    blocks: blocks(),
  };
}

/**
 * Refuses a checkpoint of something else.
 *
 * @param file The checkpoint.
 * @throws {DataError} It is not what {@linkcode keptCheckpoint} gave.
 */
export function requireKeptState(file: TensorSource): void {
  requireFormat(file, format);
}

/**
 * Puts tables back.
 *
 * @param memory Where they are.
 * @param kept What the model keeps.
 * @param file What {@linkcode keptCheckpoint} gave.
 * @throws {DataError} It lacks a table, or has one of another shape, or with a number that is not finite.
 */
export async function restoreTables(
  memory: Memory,
  { tables = [] }: KeptState,
  file: TensorSource,
): Promise<void> {
  await restoreTensors(memory, tables.map((tensor) => ({ name: tensor.label, tensor })), file);
}
