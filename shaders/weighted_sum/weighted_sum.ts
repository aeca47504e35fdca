/**
 * Sums of tensors with constant weights.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("weighted_sum/forward", forwardSource);
const termsPerLaunch = 4;

/** A tensor and its factor. */
export interface Term {
  /** Numbers, as many in all terms of a sum. */
  readonly x: Bindable;
  /** The factor; a term whose factor is 0 is not read. */
  readonly weight: number;
}

/**
 * Appends `y = Σ_i weight_i·x_i`; zeros where all weights are 0. Not differentiated:
 * {@linkcode weightedSums} is.
 *
 * @param program The program.
 * @param terms The terms, at least one; none is y.
 * @param y The sum.
 * @param count Numbers of each.
 * @param accumulate Whether to add to what y holds.
 */
export function launchWeightedSum(
  program: Program,
  terms: readonly Term[],
  y: Bindable,
  count: number,
  accumulate = false,
): void {
  const read = terms.filter(({ weight }) => weight !== 0);
  if (read.length === 0 && accumulate) return;
  const vectors = Math.ceil(count / 4);
  for (let first = 0; first < Math.max(read.length, 1); first += termsPerLaunch) {
    const group = read.slice(first, first + termsPerLaunch);
    // What stands in for the terms that a launch lacks is bound, and not read.
    const at = (n: number) => group[n] ?? { x: terms[0].x, weight: 0 };
    program.launch(forward, {
      buffers: { x0: at(0).x, x1: at(1).x, x2: at(2).x, x3: at(3).x, y },
      uniforms: {
        vectors,
        w0: at(0).weight,
        w1: at(1).weight,
        w2: at(2).weight,
        w3: at(3).weight,
      },
      constants: { terms: group.length, accumulate: Number(accumulate || first > 0) },
      threads: Math.ceil(vectors / 4),
    });
  }
}

/**
 * Several sums of the same tensors, `y_b = Σ_i weights[b][i]·x_i`, differentiated.
 *
 * @param program The program.
 * @param terms Tensors of one shape, at least one.
 * @param weights For each sum the factor of each tensor.
 * @param label What a sum is called.
 * @returns The sums, each of the shape of a term.
 * @throws {Error} The shapes or the number of weights do not match.
 */
export function weightedSums(
  program: Program,
  terms: readonly Tensor[],
  weights: readonly (readonly number[])[],
  label: (sum: number) => string,
): Tensor[] {
  const { rows, columns } = terms[0];
  for (const term of terms) {
    if (term.rows === rows && term.columns === columns) continue;
    throw new Error(`"${term.label}" is not ${rows}×${columns} as "${terms[0].label}"`);
  }
  const count = rows * columns;
  const differentiable = terms.some((term) => term.differentiable);
  const sums = weights.map((row, n) => {
    if (row.length !== terms.length) throw new Error(`A sum of ${terms.length} has ${row.length}`);
    const y = program.tensor(label(n), rows, columns, { differentiable });
    launchWeightedSum(program, terms.map((x, i) => ({ x, weight: row[i] })), y, count);
    return y;
  });
  program.onBackward(() => {
    terms.forEach((term, i) => {
      const upstream = sums.flatMap((sum, n) => {
        const x = program.gradient(sum);
        return x && weights[n][i] !== 0 ? [{ x, weight: weights[n][i] }] : [];
      });
      const target = upstream.length > 0 ? program.gradientTarget(term) : undefined;
      if (target === undefined) return;
      launchWeightedSum(program, upstream, target.gradient, count, target.accumulate);
    });
  });
  return sums;
}
