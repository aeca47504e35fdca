/**
 * Sums: over columns, over everything, and of partial results, always in a fixed order.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import { isFilledBy } from "../../gpu/tensor.ts";
import { countOf } from "../common/element/counted.ts";
import {
  type Activation,
  activationConstant,
  activationSources,
} from "../elementwise/activation.ts";
import countedSource from "../common/element/counted.wgsl" with { type: "text" };
import stateSource from "../common/step/state.wgsl" with { type: "text" };
import columnSumSource from "./column_sum.wgsl" with { type: "text" };
import combineSource from "./combine.wgsl" with { type: "text" };
import combineOperandsSource from "./combine_operands.wgsl" with { type: "text" };
import partialSource from "./partial.wgsl" with { type: "text" };
import partialOperandsSource from "./partial_operands.wgsl" with { type: "text" };
import totalSource from "./total.wgsl" with { type: "text" };
import workgroupCombineSource from "./workgroup_combine.wgsl" with { type: "text" };
import workgroupPartialSource from "./workgroup_partial.wgsl" with { type: "text" };

const columnSum = kernel("reduce/column_sum", countedSource, columnSumSource);
const combine = kernel(
  "reduce/combine",
  ...activationSources,
  combineOperandsSource,
  combineSource,
);
const workgroupCombine = kernel(
  "reduce/workgroup_combine",
  ...activationSources,
  combineOperandsSource,
  workgroupCombineSource,
);
const partial = kernel("reduce/partial", partialOperandsSource, partialSource);
const workgroupPartial = kernel(
  "reduce/workgroup_partial",
  partialOperandsSource,
  workgroupPartialSource,
);
const total = kernel("reduce/total", stateSource, totalSource);

/** Up to so many parts an invocation sums by itself. */
const mostPartsOfInvocation = 8;
/** Numbers of a workgroup that sums more (workgroup_combine.wgsl). */
const combinedWidth = 32;
/** Rows whose sum is a part, and the most parts: an invocation waits for each of its rows. */
const rowsOfPart = {
  invocations: { rows: 64, parts: 256 },
  workgroups: { rows: 16, parts: 1024 },
};

/**
 * Appends `c = f(Σ_s parts[s] (+ bias))`.
 *
 * @param program The program.
 * @param parts `splits×count` numbers.
 * @param c `count` numbers.
 * @param shape The sizes, a bias for each row of `columns` numbers, the function f that follows, and
 * whether to add to `c`.
 */
export function combineParts(
  program: Program,
  parts: Bindable,
  c: Bindable,
  shape: {
    count: number;
    columns: number;
    splits: number;
    bias?: Bindable;
    activation?: Activation;
    accumulate?: boolean;
  },
): void {
  const { count, columns, splits, bias, activation, accumulate = false } = shape;
  const inWorkgroups = program.memory.gpu.kernels.sums === "workgroups" &&
    splits > mostPartsOfInvocation;
  program.launch(inWorkgroups ? workgroupCombine : combine, {
    buffers: { parts, bias: bias ?? parts, c },
    partial: isFilledBy(c, count) ? [] : ["c"],
    uniforms: { count, columns, splits },
    constants: {
      accumulate: Number(accumulate),
      has_bias: Number(bias !== undefined),
      activation: activationConstant(activation),
    },
    threads: inWorkgroups ? Math.ceil(count / combinedWidth) * 256 : count,
    workgroupSize: inWorkgroups ? 256 : undefined,
  });
}

/**
 * Appends the sum over rows: the gradient of a bias.
 *
 * @param program The program.
 * @param x `rows×columns`.
 * @param target `1×columns`.
 * @param accumulate Whether to add to the target.
 * @param count How many rows count, u32 (default: all).
 */
export function sumColumns(
  program: Program,
  x: Tensor,
  target: Tensor,
  accumulate: boolean,
  count?: Bindable,
): void {
  const { rows, columns } = x;
  const most = rowsOfPart[program.memory.gpu.kernels.sums];
  const splits = Math.max(1, Math.min(most.parts, Math.ceil(rows / most.rows)));
  const part = Math.max(1, Math.ceil(rows / splits));
  const isSplit = splits > 1;
  const counted = countOf(count, x);
  const parts = isSplit ? program.buffer("column sum parts", splits * columns * 4) : target;
  program.launch(columnSum, {
    buffers: { x, parts, ...counted.buffers },
    uniforms: { rows, columns, part, splits },
    constants: { accumulate: Number(accumulate && !isSplit), ...counted.constants },
    threads: splits * columns,
  });
  if (isSplit) {
    combineParts(program, parts, target, { count: columns, columns, splits, accumulate });
  }
}

/** What {@linkcode sumAll} does beside summing. */
export interface SumOptions {
  /** How many numbers, from the first. */
  readonly count: number;
  /** Whether to sum the squares. */
  readonly square?: boolean;
  /** Whether to take the square root of the sum. */
  readonly squareRoot?: boolean;
  /** Factor of the result. */
  readonly scale?: number;
  /** The state of the step, to divide by the number of rows of the batch. */
  readonly perBatchRow?: Allocation;
}

/**
 * Appends `output[slot] = scale·f(Σ x)`.
 *
 * @param program The program.
 * @param x The numbers.
 * @param output Where the result goes.
 * @param slot Its place there.
 * @param options What to sum, and what to do with it.
 */
export function sumAll(
  program: Program,
  x: Bindable,
  output: Allocation,
  slot: number,
  options: SumOptions,
): void {
  const { count, square = false, squareRoot = false, scale = 1, perBatchRow } = options;
  const inWorkgroups = program.memory.gpu.kernels.sums === "workgroups";
  // At most 1,024 partial sums, for the one workgroup that adds them.
  const parts = Math.max(1, Math.min(1024, Math.ceil(count / (inWorkgroups ? 1024 : 16))));
  const part = Math.max(1, Math.ceil(count / parts));
  const partials = program.buffer("partial sums", Math.max(parts, 8) * 4);
  program.launch(inWorkgroups ? workgroupPartial : partial, {
    buffers: { x, parts: partials },
    partial: parts < 8 ? ["parts"] : [],
    uniforms: { count, part, parts },
    constants: { square: Number(square) },
    threads: inWorkgroups ? parts * 256 : parts,
    workgroupSize: inWorkgroups ? 256 : undefined,
  });
  program.launch(total, {
    buffers: { parts: partials, state: perBatchRow ?? partials, output },
    partial: ["output"],
    uniforms: { parts, slot, scale },
    constants: {
      square_root: Number(squareRoot),
      per_batch_row: Number(perBatchRow !== undefined),
    },
    threads: 64,
  });
}
