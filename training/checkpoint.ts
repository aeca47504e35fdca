/**
 * Checkpoints: the parameters of the best epoch, and the whole state of a training.
 *
 * @module
 */
import type { SafetensorsFile, StoredTensor } from "../data/safetensors.ts";
import { DataError } from "../errors.ts";
import type { Memory } from "../gpu/memory.ts";
import type { Tensor } from "../gpu/program.ts";
import { readBuffers } from "../gpu/readback.ts";
import type { Adam } from "../shaders/adam/adam.ts";

/** Early stopping, as it stands after an evaluation. */
export interface StoppingState {
  /** The best validation score; −1, which any score is better than, before the first evaluation. */
  readonly bestScore: number;
  /** Its epoch, counted from 1; 0 before the first evaluation. */
  readonly bestEpoch: number;
  /** Evaluations since then. */
  readonly withoutBetter: number;
}

/** Where a training stands, beside the arrays on the device. */
export interface TrainingPosition {
  /** Epochs that are done. */
  readonly epoch: number;
  /** Steps of the next epoch that are done. */
  readonly epochStep: number;
  /** Early stopping. */
  readonly stopping: StoppingState;
  /** Seconds that those steps took. */
  readonly epochSeconds: number;
}

const formatVersion = "1";

/**
 * Reads tensors back as a file keeps them.
 *
 * @param memory Where they are.
 * @param tensors The tensors, by their names in the file.
 */
export async function storedTensors(
  memory: Memory,
  tensors: readonly { name: string; tensor: Tensor }[],
): Promise<Map<string, StoredTensor>> {
  const arrays = await readBuffers(
    memory,
    tensors.map(({ tensor: { allocation, rows, columns } }) => ({
      allocation,
      bytes: rows * columns * 4,
    })),
  );
  return new Map(tensors.map(({ name, tensor: { rows, columns } }, n) => [
    name,
    { shape: [rows, columns], values: new Float32Array(arrays[n]) },
  ]));
}

/**
 * A checkpoint of the parameters alone.
 *
 * @param memory Where they are.
 * @param parameters The parameters.
 * @param metadata What else the file says.
 */
export async function parameterCheckpoint(
  memory: Memory,
  parameters: readonly Tensor[],
  metadata: Readonly<Record<string, string>>,
): Promise<SafetensorsFile> {
  const tensors = parameters.map((tensor) => ({ name: tensor.label, tensor }));
  return {
    metadata: { format: `bandpass parameters ${formatVersion}`, ...metadata },
    tensors: await storedTensors(memory, tensors),
  };
}

/** The tensors of a training's state by their names in the file. */
function stateTensors(parameters: readonly Tensor[], optimiser: Adam, record: Tensor) {
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
 * @param memory Where the arrays are.
 * @param state The arrays: parameters, moments, and the losses of the epoch that is not done.
 * @param position Where the training stands.
 */
export async function stateCheckpoint(
  memory: Memory,
  state: { parameters: readonly Tensor[]; optimiser: Adam; record: Tensor },
  position: TrainingPosition,
): Promise<SafetensorsFile> {
  const tensors = stateTensors(state.parameters, state.optimiser, state.record);
  return {
    metadata: {
      format: `bandpass training state ${formatVersion}`,
      position: JSON.stringify(position),
    },
    tensors: await storedTensors(memory, tensors),
  };
}

/**
 * Puts the whole state back.
 *
 * @param memory Where the arrays are.
 * @param state The arrays.
 * @param file What {@linkcode stateCheckpoint} gave.
 * @param path The file's place, for messages.
 * @returns Where the training stands.
 * @throws {DataError} The file is of something else.
 */
export function restoreState(
  memory: Memory,
  state: { parameters: readonly Tensor[]; optimiser: Adam; record: Tensor },
  file: SafetensorsFile,
  path: string,
): TrainingPosition {
  requireFormat(file, `bandpass training state ${formatVersion}`, path);
  for (
    const { name, tensor } of stateTensors(state.parameters, state.optimiser, state.record)
  ) {
    restoreTensor(memory, tensor, file, name, path);
  }
  return JSON.parse(file.metadata.position);
}

/**
 * Puts parameters back.
 *
 * @param memory Where they are.
 * @param parameters The parameters.
 * @param file What {@linkcode parameterCheckpoint} gave.
 * @param path The file's place, for messages.
 * @throws {DataError} The file is of something else.
 */
export function restoreParameters(
  memory: Memory,
  parameters: readonly Tensor[],
  file: SafetensorsFile,
  path: string,
): void {
  requireFormat(file, `bandpass parameters ${formatVersion}`, path);
  for (const parameter of parameters) {
    restoreTensor(memory, parameter, file, parameter.label, path);
  }
}

function requireFormat(file: SafetensorsFile, format: string, path: string): void {
  if (file.metadata.format === format) return;
  throw new DataError(
    `Cannot use "${path}": its format is "${file.metadata.format ?? "unknown"}", ` +
      `expected "${format}"`,
    "Give a run that this version of Bandpass has trained",
  );
}

function restoreTensor(
  memory: Memory,
  tensor: Tensor,
  file: SafetensorsFile,
  name: string,
  path: string,
): void {
  const stored = file.tensors.get(name);
  const found = stored === undefined ? "nothing" : stored.shape.join("×");
  if (
    stored === undefined || !(stored.values instanceof Float32Array) ||
    found !== `${tensor.rows}×${tensor.columns}`
  ) {
    throw new DataError(
      `Cannot use "${path}": found ${found} for "${name}", ` +
        `expected ${tensor.rows}×${tensor.columns}`,
      "The dataset or the configuration has changed since; train anew",
    );
  }
  memory.write(tensor.allocation, stored.values);
}
