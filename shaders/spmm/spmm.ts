/**
 * Sparse × dense products.
 *
 * @module
 */
import { columnSlices } from "../../gpu/column_slices.ts";
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import { type Bindable, rangeOf, type Tensor } from "../../gpu/tensor.ts";
import { fitsTexture } from "../../gpu/texture.ts";
import type { DeviceMatrix, SparseOperator } from "./device_matrix.ts";
import { columnsOf, rowsOf, type RowSubset } from "./row_subset.ts";
import forwardSource from "./forward.wgsl" with { type: "text" };
import operandsSource from "./operands.wgsl" with { type: "text" };
import sharedSource from "./shared.wgsl" with { type: "text" };
import splitRowsSource from "./split_rows.wgsl" with { type: "text" };
import bufferSource from "./x_in_buffer.wgsl" with { type: "text" };
import textureSource from "./x_in_texture.wgsl" with { type: "text" };

const forward = kernel("spmm/forward", operandsSource, bufferSource, forwardSource);
const shared = kernel("spmm/shared", operandsSource, bufferSource, sharedSource);
const forwardByTexture = kernel(
  "spmm/forward_by_texture",
  operandsSource,
  textureSource,
  forwardSource,
);
const sharedByTexture = kernel(
  "spmm/shared_by_texture",
  operandsSource,
  textureSource,
  sharedSource,
);
const splitRows = kernel("spmm/split_rows", splitRowsSource);

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
  /** Whether y is a range of a buffer whose other places have been written before. */
  readonly isLast?: boolean;
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
  const { alpha = 1, base, beta = 1, accumulate = false, isLast = false } = options;
  const vectors = d / 4;
  const { gpu } = program.memory;
  const { software, kernels: { sparseProducts: variant }, subgroupSize } = gpu;
  const byTexture = variant === "textures" && fitsTexture(gpu, rangeOf(x).bytes);
  // A subgroup takes two vectors an invocation at least; fewer would leave most of it idle.
  const bySubgroups = variant !== "invocations" && subgroupSize > 0;
  const isShared = bySubgroups && vectors >= 2 * subgroupSize;
  const perThread = !software || vectors === 1 ? 1 : vectors === 2 ? 2 : 4;
  const product = byTexture
    ? isShared ? sharedByTexture : forwardByTexture
    : isShared
    ? shared
    : forward;
  const perLane = bestWidth(vectors, subgroupSize);
  const lanes = Math.ceil(vectors / (isShared ? perLane * subgroupSize : perThread));
  const parts = program.buffer("spmm parts", matrix.slots * d * 4);
  const isSubset = matrix.blocks.some(({ chosenCount }) => chosenCount !== undefined);
  const completes = isLast ? ["y"] : [];
  const flags = { has_base: Number(base !== undefined), accumulate: Number(accumulate) };
  matrix.blocks.forEach(({ entries, chunks, chunkCount, chosenCount }, n) => {
    const isPart = isSubset || n < matrix.blocks.length - 1;
    program.launch(product, {
      buffers: {
        ...{ entries, chunks, chosen_count: chosenCount ?? chunks },
        ...{ x, base: base ?? x, y, parts },
      },
      partial: [
        ...isPart || matrix.splitCount > 0 ? ["y"] : [],
        ...isPart || matrix.slots === 0 ? ["parts"] : [],
      ],
      completes,
      uniforms: { chunks: chunkCount, vectors, lanes, alpha, beta },
      constants: {
        ...flags,
        // Chosen chunks stand at the front of the dispatch; all chunks are spread by themselves.
        shares: software && isSubset ? dispatchShares : 1,
        has_chosen_count: Number(isSubset),
        ...isShared ? { subgroup_lanes: subgroupSize, per_lane: perLane } : {
          per_thread: perThread,
          lane_major: Number(software),
          four_at_once: Number(!software),
        },
      },
      threads: chunkCount * lanes * (isShared ? subgroupSize : 1),
    });
  });
  program.launch(splitRows, {
    buffers: { split_rows: matrix.splits, parts, base: base ?? parts, y },
    partial: isSubset ? ["y"] : [],
    completes,
    uniforms: { rows: matrix.splitCount, vectors, alpha, beta },
    constants: flags,
    threads: matrix.splitCount * vectors,
  });
}

/**
 * Vectors that an invocation of a subgroup takes, so that a row costs least: a subgroup that goes through its entries
 * costs about as much as two vectors more of each invocation (measured on lavapipe).
 */
function bestWidth(vectors: number, subgroupSize: number): number {
  const cost = (width: number) => Math.ceil(vectors / (width * subgroupSize)) * (width + 2);
  return [2, 4, 6].reduce((best, width) => cost(width) < cost(best) ? width : best);
}

/**
 * Appends `y = alpha·A·x + beta·base` of tables, slice by slice where they are cut by columns. Not
 * differentiated.
 *
 * @param program The program.
 * @param matrix A, `rows×columns`.
 * @param x `columns×d`, d a multiple of 4.
 * @param y `rows×d`, cut as x is.
 * @param options The factors, and what to add: a table that is cut as x is.
 */
export function launchTableProduct(
  program: Program,
  matrix: DeviceMatrix,
  x: Tensor,
  y: Tensor,
  options: Omit<SpmmOptions, "base" | "isLast"> & { readonly base?: Tensor } = {},
): void {
  const { base, ...factors } = options;
  const [to, added] = [columnSlices(y), base && columnSlices(base)];
  columnSlices(x).forEach(({ range, columns }, n) =>
    launchSpmm(program, matrix, range, to[n].range, columns, {
      ...factors,
      base: added?.[n].range,
      isLast: n === to.length - 1,
    })
  );
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
  const { differentiable, sliceColumns } = x;
  const y = program.tensor(`${matrix.label}·${x.label}`, matrix.rows, x.columns, {
    differentiable,
    sliceColumns,
  });
  launchTableProduct(program, subset ? rowsOf(program, matrix, subset) : matrix, x, y);
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    const { gradient, accumulate } = target;
    const { transposed } = operator;
    const columns = subset ? columnsOf(program, transposed, subset) : transposed;
    launchTableProduct(program, columns, dy, gradient, { accumulate });
  });
  return y;
}
