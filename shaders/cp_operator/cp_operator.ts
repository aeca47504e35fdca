/**
 * The hyperspectral operator in CP form: the tensor that maps M bands of D columns to M bands of D
 * columns, as a sum of r products of a vector over output bands, one over columns and one over input
 * bands (SSR; methods.md, §5, `operator=cp`).
 *
 * The full tensor has M²D² parameters, and takes M²D² multiply-adds a row. In CP form there are 2Mr + rD
 * parameters, and rD(2M+1) multiply-adds a row: with M=3, D=192, r=4, 792 in place of 331,776, and 5,376
 * in place of 331,776.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import { combineParts } from "../reduce/reduce.ts";
import { scaleColumns } from "../scale/scale.ts";
import mixSource from "./mix.wgsl" with { type: "text" };
import mixWeightsSource from "./mix_weights.wgsl" with { type: "text" };

const mix = elementKernel("cp_operator/mix", mixSource);
const mixWeights = elementKernel("cp_operator/mix_weights", mixWeightsSource);

/** Rows of a part of the gradient of the weights. */
const partRows = 16;

/** The factors of an operator of rank r. */
export interface CpFactors {
  /** Q over output bands, `M×r`. */
  readonly output: Tensor;
  /** K over input bands, `M×r`. */
  readonly input: Tensor;
  /** V over columns, as one row: `1×(r·D)`. */
  readonly columns: Tensor;
}

/**
 * `y_m = Σ_ρ Q_mρ·V_ρ⊙(Σ_n K_nρ·x_n)`, differentiated.
 *
 * @param program The program.
 * @param x `rows×(M·D)`, the bands side by side.
 * @param factors Q, K and V.
 * @returns `rows×(M·D)`.
 * @throws {Error} The shapes do not match.
 */
export function cpOperator(program: Program, x: Tensor, factors: CpFactors): Tensor {
  const { output, input, columns } = factors;
  const inner = mixBlocks(program, x, input, false);
  return mixBlocks(program, scaleColumns(program, inner, columns), output, true);
}

/**
 * `y_j = Σ_i W_ij·x_i` over blocks of columns, differentiated.
 *
 * @param program The program.
 * @param x `rows×(in·D)`.
 * @param weights W, `in×out`, or `out×in` where it is transposed.
 * @param isTransposed Whether it is.
 * @returns `rows×(out·D)`.
 * @throws {Error} The shapes do not match.
 */
export function mixBlocks(
  program: Program,
  x: Tensor,
  weights: Tensor,
  isTransposed: boolean,
): Tensor {
  const { rows } = x;
  const [blocksIn, blocksOut] = isTransposed
    ? [weights.columns, weights.rows]
    : [weights.rows, weights.columns];
  if (x.columns % blocksIn !== 0) {
    throw new Error(`Cannot cut "${x.label}" of ${x.columns} columns in ${blocksIn} blocks`);
  }
  const d = x.columns / blocksIn;
  const { width, kernel } = mix(d);
  const y = program.tensor(`${weights.label} mixes ${x.label}`, rows, blocksOut * d);
  const stride = weights.columns;
  const launch = (from: Bindable, to: Bindable, isBackward: boolean, accumulate: boolean) => {
    const isTurned = isTransposed !== isBackward;
    program.launch(kernel, {
      buffers: { x: from, w: weights, y: to },
      uniforms: {
        rows,
        columns: d / width,
        blocks_in: isBackward ? blocksOut : blocksIn,
        blocks_out: isBackward ? blocksIn : blocksOut,
        w_in: isTurned ? 1 : stride,
        w_out: isTurned ? stride : 1,
      },
      constants: { accumulate: Number(accumulate) },
      threads: rows * (isBackward ? blocksIn : blocksOut) * d / width,
    });
  };
  launch(x, y, false, false);
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    const toX = program.gradientTarget(x);
    if (toX !== undefined) launch(dy, toX.gradient, true, toX.accumulate);
    const toWeights = program.gradientTarget(weights);
    if (toWeights === undefined) return;
    const count = blocksIn * blocksOut;
    const splits = Math.max(1, Math.ceil(rows / partRows));
    const parts = program.buffer("mixing weight parts", splits * count * 4);
    program.launch(mixWeights(d).kernel, {
      buffers: { x, dy, parts },
      uniforms: {
        rows,
        columns: d / width,
        blocks_in: blocksIn,
        blocks_out: blocksOut,
        part: partRows,
        splits,
        is_transposed: Number(isTransposed),
      },
      threads: splits * count,
    });
    const { gradient, accumulate } = toWeights;
    combineParts(program, parts, gradient, { count, columns: count, splits, accumulate });
  });
  return y;
}
