/**
 * Sparse × dense products, and sums of powers of a sparse matrix.
 *
 * @module
 */
import { buildChunks } from "./chunks.ts";
import { type Csr, transpose } from "../../data/csr.ts";
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation, Memory } from "../../gpu/memory.ts";
import type { Bindable, Program, Tensor } from "../../gpu/program.ts";
import { columnsOf, rowsOf, type RowSubset } from "./row_subset.ts";
import forwardSource from "./forward.wgsl" with { type: "text" };
import operandsSource from "./operands.wgsl" with { type: "text" };
import sharedSource from "./shared.wgsl" with { type: "text" };
import splitRowsSource from "./split_rows.wgsl" with { type: "text" };

const forward = kernel("spmm/forward", operandsSource, forwardSource);
const shared = kernel("spmm/shared", operandsSource, sharedSource);
const splitRows = kernel("spmm/split_rows", splitRowsSource);

/** Entries of a chunk, and chunks that are sorted by length together; measured on lavapipe. */
const longestChunk = 64;
const sortWindow = 64;

/** A sparse matrix on the device. */
export interface DeviceMatrix {
  /** What it is. */
  readonly label: string;
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** (column, value) of each entry. */
  readonly entries: Allocation;
  /** Which entry of the matrix stands in each place: the order in which chunks are stored. */
  readonly entryOrder: Uint32Array;
  /** Column of each entry of the matrix. */
  readonly entryColumns: Uint32Array;
  /** Number of chunks. */
  readonly chunkCount: number;
  /** (row, start, end, slot) of each chunk. */
  readonly chunks: Allocation;
  /** How many of the chunks count, where that changes with the step, u32. */
  readonly chosenCount?: Allocation;
  /** Number of partial sums. */
  readonly slots: number;
  /** Number of rows with partial sums. */
  readonly splitCount: number;
  /** (row, first slot, end slot, 0) of each split row. */
  readonly splits: Allocation;
}

/** A sparse matrix with what its backward pass needs. */
export interface SparseOperator {
  /** A. */
  readonly matrix: DeviceMatrix;
  /** Aᵀ; A itself where it is symmetric. It is planned when it is first asked for: only gradients need it. */
  readonly transposed: DeviceMatrix;
}

/**
 * Plans a sparse matrix on the device.
 *
 * @param memory Where its buffers are planned.
 * @param label What it is.
 * @param matrix The matrix.
 * @param options Whether it equals its transpose, and so needs to be stored once only.
 */
export function uploadSparse(
  memory: Memory,
  label: string,
  matrix: Csr,
  options: { symmetric?: boolean } = {},
): SparseOperator {
  const stored = uploadMatrix(memory, label, matrix);
  if (options.symmetric) return { matrix: stored, transposed: stored };
  let transposed: DeviceMatrix | undefined;
  return {
    matrix: stored,
    get transposed() {
      return transposed ??= uploadMatrix(memory, `${label} transposed`, transpose(matrix));
    },
  };
}

function uploadMatrix(memory: Memory, label: string, matrix: Csr): DeviceMatrix {
  const chunks = buildChunks(matrix, longestChunk);
  const nonzeros = matrix.column.length;
  const entries = new Uint32Array(2 * nonzeros);
  const bits = new Uint32Array(matrix.value.buffer, matrix.value.byteOffset, nonzeros);
  const chunkCount = chunks.chunkRow.length;
  const packed = new Uint32Array(4 * chunkCount);
  // Invocations that run side by side wait for the longest of their chunks, so chunks of the same
  // length stand together; within windows, for neighbouring rows find their neighbours in the cache.
  const length = (n: number) => chunks.chunkEnd[n] - chunks.chunkStart[n];
  const windowOf = (n: number) => Math.floor(n / sortWindow);
  const byLength = Uint32Array.from({ length: chunkCount }, (_, n) => n)
    .sort((a, b) => windowOf(a) - windowOf(b) || length(b) - length(a) || a - b);
  const entryOrder = new Uint32Array(nonzeros);
  let stored = 0;
  byLength.forEach((n, place) => {
    packed.set([chunks.chunkRow[n], stored, stored + length(n), chunks.chunkSlot[n]], 4 * place);
    // The entries in the order of their chunks, so that they are read one after the other.
    for (let entry = chunks.chunkStart[n]; entry < chunks.chunkEnd[n]; entry++, stored++) {
      entries[2 * stored] = matrix.column[entry];
      entries[2 * stored + 1] = bits[entry];
      entryOrder[stored] = entry;
    }
  });
  const splitCount = chunks.splitRow.length;
  const splits = new Uint32Array(4 * splitCount);
  for (let n = 0; n < splitCount; n++) {
    splits[4 * n] = chunks.splitRow[n];
    splits[4 * n + 1] = chunks.splitStart[n];
    splits[4 * n + 2] = chunks.splitStart[n + 1];
  }
  const reserve = (part: string, data: Uint32Array) =>
    memory.reserve(`${label}: ${part}`, data.byteLength, "graphs", data);
  return {
    label,
    rows: matrix.rows,
    columns: matrix.columns,
    entries: reserve("entries", entries),
    entryOrder,
    entryColumns: matrix.column,
    chunkCount,
    chunks: reserve("chunks", packed),
    slots: chunks.slots,
    splitCount,
    splits: reserve("split rows", splits),
  };
}

/**
 * Uploads other values for the entries of a matrix that is allocated; an entry of value 0 is as good as
 * none.
 *
 * @param memory Where the matrix is.
 * @param matrix The matrix.
 * @param values The value of each entry, in the order in which the matrix was given.
 */
export function writeValues(memory: Memory, matrix: DeviceMatrix, values: Float32Array): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const words = new Uint32Array(2 * values.length);
  matrix.entryOrder.forEach((entry, place) => {
    words[2 * place] = matrix.entryColumns[entry];
    words[2 * place + 1] = bits[entry];
  });
  memory.write(matrix.entries, words);
}

/** Any number of cores up to it that divides it gets equal shares of a dispatch. */
const dispatchShares = 8;

/** What {@linkcode launchSpmm} does beside the product. */
export interface SpmmOptions {
  /** Factor of the product; 1 where nothing is said. */
  readonly alpha?: number;
  /** A matrix that is added, of the shape of the result. */
  readonly base?: Bindable;
  /** Factor of the base; 1 where nothing is said. */
  readonly beta?: number;
  /** Whether to add to what the result holds. */
  readonly accumulate?: boolean;
}

/**
 * Appends `y = alpha·A·x + beta·base`. Not differentiated: {@linkcode spmm} is.
 *
 * @param program The program.
 * @param matrix A, `rows×columns`.
 * @param x `columns×d`, d a multiple of 4.
 * @param y `rows×d`.
 * @param d Columns of x and y.
 * @param options The factors, and what to add.
 */
export function launchSpmm(
  program: Program,
  matrix: DeviceMatrix,
  x: Bindable,
  y: Bindable,
  d: number,
  options: SpmmOptions = {},
): void {
  if (d % 4 !== 0) throw new Error(`Cannot multiply "${matrix.label}": ${d} columns, not 4·n`);
  const { alpha = 1, base, beta = 1, accumulate = false } = options;
  const vectors = d / 4;
  const { software, subgroupSize } = program.memory.gpu;
  // A subgroup takes two vectors an invocation; fewer would leave most of it idle.
  const isShared = software && subgroupSize > 0 && vectors >= 2 * subgroupSize;
  const perThread = !software || vectors === 1 ? 1 : vectors === 2 ? 2 : 4;
  const lanes = Math.ceil(vectors / (isShared ? 2 * subgroupSize : perThread));
  const parts = program.buffer("spmm parts", matrix.slots * d * 4);
  const isSubset = matrix.chosenCount !== undefined;
  const flags = { has_base: Number(base !== undefined), accumulate: Number(accumulate) };
  program.launch(isShared ? shared : forward, {
    buffers: {
      entries: matrix.entries,
      chunks: matrix.chunks,
      chosen_count: matrix.chosenCount ?? matrix.chunks,
      x,
      base: base ?? x,
      y,
      parts,
    },
    partial: [
      ...isSubset || matrix.splitCount > 0 ? ["y"] : [],
      ...isSubset || matrix.slots === 0 ? ["parts"] : [],
    ],
    uniforms: { chunks: matrix.chunkCount, vectors, lanes, alpha, beta },
    constants: {
      ...flags,
      // Chosen chunks stand at the front of the dispatch; all chunks are spread by themselves.
      shares: software && isSubset ? dispatchShares : 1,
      has_chosen_count: Number(isSubset),
      ...isShared
        ? { subgroup_lanes: subgroupSize }
        : { per_thread: perThread, lane_major: Number(software) },
    },
    threads: matrix.chunkCount * lanes * (isShared ? subgroupSize : 1),
  });
  program.launch(splitRows, {
    buffers: { split_rows: matrix.splits, parts, base: base ?? parts, y },
    partial: isSubset ? ["y"] : [],
    uniforms: { rows: matrix.splitCount, vectors, alpha, beta },
    constants: flags,
    threads: matrix.splitCount * vectors,
  });
}

/**
 * `A·x`, differentiated: `∂x = Aᵀ·∂y`.
 *
 * @param program The program.
 * @param operator A, `rows×columns`.
 * @param x `columns×d`, d a multiple of 4.
 * @param subset The rows that are read; all where nothing is said.
 * @returns `rows×d`; rows of A without entries give zeros, rows outside the subset hold nothing of
 * use.
 */
export function spmm(
  program: Program,
  operator: SparseOperator,
  x: Tensor,
  subset?: RowSubset,
): Tensor {
  const { matrix } = operator;
  if (x.rows !== matrix.columns) {
    throw new Error(
      `Cannot multiply "${matrix.label}" of ${matrix.columns} columns by ${x.rows} rows`,
    );
  }
  const { differentiable } = x;
  const y = program.tensor(`${matrix.label}·${x.label}`, matrix.rows, x.columns, {
    differentiable,
  });
  launchSpmm(program, subset ? rowsOf(program, matrix, subset) : matrix, x, y, x.columns);
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    const { gradient, accumulate } = target;
    const { transposed } = operator;
    const columns = subset ? columnsOf(program, transposed, subset) : transposed;
    launchSpmm(program, columns, dy, gradient, x.columns, { accumulate });
  });
  return y;
}

/**
 * `scale·Σ_{l=0..layers} Aˡ·x`, differentiated: LightGCN's mean (scale 1/(layers+1)) and the sums of
 * the branch networks (scale 1) of methods.md, §2 and §4.
 *
 * Horner's form `x + A(x + A(x + …))` needs one product a layer and no pass that adds the layers.
 * The gradient is the same polynomial of Aᵀ.
 *
 * @param program The program.
 * @param operator A, `n×n`.
 * @param x `n×d`, d a multiple of 4.
 * @param layers Number of products.
 * @param scale Factor of the sum.
 * @param subset The rows that are read; the last product is done for them alone, and the first one
 * of the backward pass knows that the gradient of all others is zero. All rows where nothing is said.
 * @returns `n×d`; rows outside the subset hold nothing of use.
 */
export function propagateSum(
  program: Program,
  operator: SparseOperator,
  x: Tensor,
  layers: number,
  scale: number,
  subset?: RowSubset,
): Tensor {
  const { rows, columns, differentiable } = x;
  const y = program.tensor(`propagated ${x.label}`, rows, columns, { differentiable });
  // One buffer more than products in turn: a product cannot write what it reads.
  const scratch = layers > 1
    ? [0, 1].slice(0, layers - 1).map((n) =>
      program.tensor(`propagation ${n} of ${x.label}`, rows, columns, { differentiable: false })
    )
    : [];
  const horner = (
    matrixOf: (layer: number) => DeviceMatrix,
    from: Tensor,
    to: Tensor,
    accumulate: boolean,
  ) => {
    let current = from;
    for (let layer = 1; layer <= layers; layer++) {
      const isLast = layer === layers;
      const next = isLast ? to : scratch[(layer - 1) % 2];
      const factor = isLast ? scale : 1;
      launchSpmm(program, matrixOf(layer), current, next, columns, {
        alpha: factor,
        base: from,
        beta: factor,
        accumulate: isLast && accumulate,
      });
      current = next;
    }
  };
  if (layers === 0) throw new Error("propagateSum() needs at least one layer");
  const { matrix } = operator;
  const lastRows = subset && rowsOf(program, matrix, subset);
  horner((layer) => layer === layers && lastRows || matrix, x, y, false);
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    const { transposed } = operator;
    const firstColumns = subset && columnsOf(program, transposed, subset);
    const { gradient, accumulate } = target;
    horner((layer) => layer === 1 && firstColumns || transposed, dy, gradient, accumulate);
  });
  return y;
}
