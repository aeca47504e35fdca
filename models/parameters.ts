/**
 * Parameters and their initial values, each a function of the seed and of the parameter's name.
 *
 * @module
 */
import { inSlices, sliceWidth, tableBytes, type TableShape } from "../gpu/column_slices.ts";
import type { Memory } from "../gpu/memory.ts";
import type { Tensor } from "../gpu/tensor.ts";
import { hashOf, normalAt, randomBits, streams, uniformOf } from "../gpu/random.ts";

/** Makes the initial values of a `rows×columns` matrix with a given name. */
export type Initialiser = (
  name: string,
  rows: number,
  columns: number,
) => Float32Array<ArrayBuffer>;

/** Initialisers of a seed. */
export interface Initialisers {
  /** Uniform in ±bound. */
  readonly uniform: (bound: number) => Initialiser;
  /** Normal with mean 0. */
  readonly normal: (deviation: number) => Initialiser;
  /** Uniform with variance 2/(rows+columns) (Glorot and Bengio, AISTATS 2010). */
  readonly xavierUniform: Initialiser;
  /** Normal with variance 2/(rows+columns) (Glorot and Bengio, AISTATS 2010). */
  readonly xavierNormal: Initialiser;
}

/**
 * The initialisers of methods.md, §1, for a seed.
 *
 * @param seed What the values follow from.
 */
export function initialisers(seed: number): Initialisers {
  const fill = (name: string, count: number, value: (stream: number, index: number) => number) => {
    const stream = (streams.initialise + hashOf(name)) >>> 0;
    return Float32Array.from({ length: count }, (_, index) => value(stream, index));
  };
  const uniform = (bound: number): Initialiser => (name, rows, columns) =>
    fill(
      name,
      rows * columns,
      (stream, index) => bound * (2 * uniformOf(randomBits(seed, stream, 0, index)[0]) - 1),
    );
  const normal = (deviation: number): Initialiser => (name, rows, columns) =>
    fill(name, rows * columns, (stream, index) => deviation * normalAt(seed, stream, index));
  return {
    uniform,
    normal,
    xavierUniform: (name, rows, columns) =>
      uniform(Math.sqrt(6 / (rows + columns)))(name, rows, columns),
    xavierNormal: (name, rows, columns) =>
      normal(Math.sqrt(2 / (rows + columns)))(name, rows, columns),
  };
}

/** The parameters of a model, in the order in which they were made. */
export class Parameters {
  /** All of them. */
  readonly all: Tensor[] = [];

  /**
   * None yet.
   *
   * @param memory Where they are planned.
   */
  constructor(readonly memory: Memory) {}

  /**
   * Makes a parameter.
   *
   * @param label Its name, which the checkpoint keeps.
   * @param rows Number of rows.
   * @param columns Number of columns.
   * @param values Its initial values.
   * @throws {GpuError} The device has no buffer of that size.
   */
  add(label: string, rows: number, columns: number, values: Float32Array): Tensor {
    return this.#add({ label, rows, columns }, values);
  }

  /**
   * Makes a table of embeddings, of which sparse products and gathers are taken alone: it is cut by columns
   * where the device doesn't bind it whole (gpu/column_slices.ts).
   *
   * @param label Its name, which the checkpoint keeps.
   * @param rows Number of rows.
   * @param columns Number of columns, a multiple of 4.
   * @param values Its initial values, row-major.
   * @throws {GpuError} Not even four columns can be bound, or the device has no buffer of that size.
   */
  addEmbeddings(label: string, rows: number, columns: number, values: Float32Array): Tensor {
    const sliceColumns = sliceWidth(this.memory.gpu, label, rows, columns);
    return this.#add({ label, rows, columns, sliceColumns }, values);
  }

  #add(shape: TableShape & { readonly label: string }, values: Float32Array): Tensor {
    const stored = inSlices(shape, values);
    const allocation = this.memory.reserve(shape.label, tableBytes(shape), "parameters", stored);
    const parameter = { ...shape, allocation, differentiable: true };
    this.all.push(parameter);
    return parameter;
  }

  /**
   * Makes a linear layer, U(±1/√fan_in) for weight and bias as in PyTorch.
   *
   * @param label Its name; the parameters are `label.weight` (`out×in`) and `label.bias` (`1×out`).
   * @param columns Number of inputs.
   * @param out Number of outputs.
   * @param seed What the values follow from.
   */
  linear(
    label: string,
    columns: number,
    out: number,
    seed: number,
  ): { weight: Tensor; bias: Tensor } {
    const initialise = initialisers(seed).uniform(1 / Math.sqrt(columns));
    const add = (name: string, rows: number, width: number) =>
      this.add(name, rows, width, initialise(name, rows, width));
    return { weight: add(`${label}.weight`, out, columns), bias: add(`${label}.bias`, 1, out) };
  }
}

/**
 * A tensor that no gradient flows to, outside of any program.
 *
 * @param memory Where it is planned.
 * @param label What it holds.
 * @param rows Number of rows.
 * @param columns Number of columns.
 * @param values Its values.
 * @param owner Its owner in the memory plan.
 */
export function constantTensor(
  memory: Memory,
  label: string,
  rows: number,
  columns: number,
  values: Float32Array,
  owner: string,
): Tensor {
  const allocation = memory.reserve(label, rows * columns * 4, owner, values);
  return { label, rows, columns, allocation, differentiable: false };
}

/**
 * Two matrices of the same width, one above the other.
 *
 * @param upper The first rows.
 * @param lower The rows after them.
 * @example
 * ```ts
 * import { stackRows } from "./parameters.ts";
 * stackRows(new Float32Array([1]), new Float32Array([2])); // [1, 2]
 * ```
 */
export function stackRows(
  upper: Float32Array,
  lower: Float32Array,
): Float32Array<ArrayBuffer> {
  const both = new Float32Array(upper.length + lower.length);
  both.set(upper);
  both.set(lower, upper.length);
  return both;
}
