/**
 * Checkpoints: the parameters of the best epoch, and the whole state of a training.
 *
 * @module
 */
import type { SafetensorsStream, TensorSource } from "../data/safetensors.ts";
import { DataError } from "../errors.ts";
import type { Memory } from "../gpu/memory.ts";
import type { Tensor } from "../gpu/tensor.ts";
import { placesInSlices } from "../gpu/column_slices.ts";
import { streamTables } from "../gpu/readback.ts";
import { Upload } from "../gpu/upload.ts";
import type { Adam } from "../shaders/adam/adam.ts";
import { parsePosition, type SavedPosition, type TrainingPosition } from "./position.ts";

const formatVersion = "1";
const parametersFormat = `bandpass parameters ${formatVersion}`;

/** A tensor, and its name in a file. */
export interface NamedTensor {
  /** The name. */
  readonly name: string;
  /** The tensor. */
  readonly tensor: Tensor;
}

/**
 * Tensors as a file is to hold them; they are read back while it is written.
 *
 * @param memory Where they are.
 * @param metadata What the file says.
 * @param named The tensors.
 */
export function tensorStream(
  memory: Memory,
  metadata: Readonly<Record<string, string>>,
  named: readonly NamedTensor[],
): SafetensorsStream {
  const layouts = named.map(({ name, tensor: { rows, columns } }) =>
    [name, { type: "F32", shape: [rows, columns] }] as const
  );
  const blocks = streamTables(memory, named.map(({ tensor }) => tensor));
  return { metadata, tensors: new Map(layouts), blocks };
}

/**
 * A checkpoint of the parameters alone.
 *
 * @param memory Where they are; they must stay as they are until the checkpoint is written.
 * @param parameters The parameters.
 * @param metadata What else the file says.
 */
export function parameterCheckpoint(
  memory: Memory,
  parameters: readonly Tensor[],
  metadata: Readonly<Record<string, string>>,
): SafetensorsStream {
  return tensorStream(
    memory,
    { format: parametersFormat, ...metadata },
    parameters.map((tensor) => ({ name: tensor.label, tensor })),
  );
}

/** The arrays on the device that a training goes on with. */
export interface DeviceState {
  /** The parameters. */
  readonly parameters: readonly Tensor[];
  /** Holds the moments of each parameter. */
  readonly optimiser: Adam;
  /** The losses of the epoch that is not done. */
  readonly record: Tensor;
}

/** The tensors of a training's state by their names in the file. */
function stateTensors({ parameters, optimiser, record }: DeviceState): NamedTensor[] {
  return [
    ...parameters.map((tensor) => ({ name: tensor.label, tensor })),
    ...optimiser.moments.flatMap(({ parameter, mean, variance }) => [
      { name: `adam/mean/${parameter.label}`, tensor: mean },
      { name: `adam/variance/${parameter.label}`, tensor: variance },
    ]),
    { name: "epoch/record", tensor: record },
  ];
}

/**
 * A checkpoint of the whole state: with it, and the configuration, a training goes on exactly.
 *
 * The random numbers are functions of (seed, stream, step, index) and the learning rate of the
 * epoch, so that the position stands for both.
 *
 * @param memory Where the arrays are; they must stay as they are until the checkpoint is written.
 * @param state The arrays.
 * @param position Where the training stands.
 */
export function stateCheckpoint(
  memory: Memory,
  state: DeviceState,
  position: SavedPosition,
): SafetensorsStream {
  const metadata = {
    format: `bandpass training state ${formatVersion}`,
    position: JSON.stringify(position),
  };
  return tensorStream(memory, metadata, stateTensors(state));
}

/**
 * Puts the whole state back.
 *
 * @param memory Where the arrays are.
 * @param state The arrays.
 * @param file What {@linkcode stateCheckpoint} gave.
 * @returns Where the training stands.
 * @throws {DataError} The file is of something else, or says what no training does.
 */
export async function restoreState(
  memory: Memory,
  state: DeviceState,
  file: TensorSource,
): Promise<TrainingPosition> {
  const { epochs: _, ...position } = savedPosition(file);
  await restoreTensors(memory, stateTensors(state), file);
  return position;
}

/**
 * Where the training of a state stands.
 *
 * @param file What {@linkcode stateCheckpoint} gave.
 * @throws {DataError} The file is of something else, or says what no training does.
 */
export function savedPosition(file: TensorSource): SavedPosition {
  requireFormat(file, `bandpass training state ${formatVersion}`);
  return parsePosition(file.metadata.position, file.path);
}

/**
 * Puts parameters back.
 *
 * @param memory Where they are.
 * @param parameters The parameters.
 * @param file What {@linkcode parameterCheckpoint} gave.
 * @throws {DataError} The file is of something else.
 */
export async function restoreParameters(
  memory: Memory,
  parameters: readonly Tensor[],
  file: TensorSource,
): Promise<void> {
  requireParameters(file);
  const named = parameters.map((tensor) => ({ name: tensor.label, tensor }));
  await restoreTensors(memory, named, file);
}

/**
 * Refuses a file that is no checkpoint of parameters.
 *
 * @param file The file.
 * @throws {DataError} It is of something else.
 */
export function requireParameters(file: TensorSource): void {
  requireFormat(file, parametersFormat);
}

/**
 * Refuses a file of something else.
 *
 * @param file The file.
 * @param format The format that it is to be in.
 * @throws {DataError} It is in another one.
 */
export function requireFormat({ metadata, path }: TensorSource, format: string): void {
  if (metadata.format === format) return;
  throw new DataError(
    `Cannot use "${path}": its format is "${metadata.format ?? "unknown"}", ` +
      `expected "${format}"`,
    "Give a run that was trained by this version of Bandpass",
  );
}

/**
 * From the file to the device block by block, once all tensors are known to fit and to be finite.
 *
 * @param memory Where the tensors are.
 * @param named The tensors.
 * @param file The file.
 * @throws {DataError} It lacks one, or has one of another shape, or with a number that is not finite.
 */
export async function restoreTensors(
  memory: Memory,
  named: readonly NamedTensor[],
  file: TensorSource,
): Promise<void> {
  for (const { name, tensor } of named) requireTensor(file, name, tensor);
  for (const { name } of named) await requireFinite(file, name);
  const upload = new Upload(memory);
  for (const { name, tensor } of named) {
    let first = 0;
    for await (const { buffer, byteLength } of file.blocks(name)) {
      const numbers = new Uint32Array(buffer, 0, byteLength / 4);
      for (const { offset, words } of placesInSlices(tensor, numbers, first)) {
        await upload.write(tensor.allocation, words, offset);
      }
      first += numbers.length;
    }
  }
}

function requireTensor(
  { tensors, path }: TensorSource,
  name: string,
  { rows, columns }: Tensor,
): void {
  const stored = tensors.get(name);
  const found = stored === undefined ? "nothing" : stored.shape.join("×");
  if (stored?.type === "F32" && found === `${rows}×${columns}`) return;
  throw new DataError(
    `Cannot use "${path}": found ${found} for "${name}", expected ${rows}×${columns}`,
    "The dataset or the configuration has changed since; train again",
  );
}

async function requireFinite(file: TensorSource, name: string): Promise<void> {
  let first = 0;
  for await (const { buffer, byteLength } of file.blocks(name)) {
    const values = new Float32Array(buffer, 0, byteLength / 4);
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at !== -1) {
      throw new DataError(
        `Cannot use "${file.path}": value ${first + at} of "${name}" is ${values[at]}, ` +
          "expected a finite number",
        "Restore the file from an intact copy, or train again",
      );
    }
    first += values.length;
  }
}
