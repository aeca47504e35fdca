/**
 * Sums of tensors with constant weights.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import { rowsWorthSharing } from "../columns/columns.ts";
import { elementKernel } from "../common/element/element.ts";
import besideSource from "./beside.wgsl" with { type: "text" };
import besideBackwardSource from "./beside_backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("weighted_sum/forward", forwardSource);
const beside = elementKernel("weighted_sum/beside", besideSource);
const besideBackward = elementKernel("weighted_sum/beside_backward", besideBackwardSource);
/** Tensors that one launch reads. */
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
 * Several sums of the same tensors side by side, `y[r, b] = Σ_i weights[b][i]·x_i[r]`, differentiated.
 *
 * @param program The program.
 * @param terms Tensors of one shape, `rows×columns`, at least one.
 * @param weights For each of M sums the factor of each tensor.
 * @param label What the result is called.
 * @returns `rows×(M·columns)`.
 * @throws {Error} The shapes or the number of weights do not match.
 */
export function weightedSums(
  program: Program,
  terms: readonly Tensor[],
  weights: readonly (readonly number[])[],
  label: string,
): Tensor {
  const { rows, columns } = terms[0];
  for (const term of terms) {
    if (term.rows === rows && term.columns === columns) continue;
    throw new Error(`"${term.label}" is not ${rows}×${columns} as "${terms[0].label}"`);
  }
  for (const { length } of weights) {
    if (length !== terms.length) throw new Error(`A sum of ${terms.length} has ${length}`);
  }
  const differentiable = terms.some((term) => term.differentiable);
  const y = program.tensor(label, rows, weights.length * columns, { differentiable });
  const factors = Float32Array.from(weights.flat());
  const listed = program.buffer(`weights of ${label}`, factors.byteLength, factors);
  const { width, kernel } = beside(columns);
  const sizes = {
    rows,
    columns: columns / width,
    all_terms: terms.length,
  };
  const rowsEach = rowsWorthSharing(program.memory.gpu);
  const threads = Math.ceil(rows / rowsEach) * columns / width;
  const unrolled = { rows_each: rowsEach, sums: weights.length };
  for (let first = 0; first < terms.length; first += termsPerLaunch) {
    const group = terms.slice(first, first + termsPerLaunch);
    // What stands in for the terms that a launch lacks is bound, and not read.
    const at = (n: number) => group[n] ?? terms[0];
    program.launch(kernel, {
      buffers: { x0: at(0), x1: at(1), x2: at(2), x3: at(3), weights: listed, y },
      uniforms: { ...sizes, first_term: first },
      constants: { ...unrolled, terms: group.length, accumulate: Number(first > 0) },
      threads,
    });
  }
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    const targets = terms.map((x) => program.gradientTarget(x));
    let first = 0;
    while (first < terms.length) {
      const target = targets[first];
      if (target === undefined) {
        first++;
        continue;
      }
      // Neighbours that are stored alike are written in one launch.
      const isAlike = (n: number) =>
        targets[n]?.accumulate === target.accumulate && terms.indexOf(terms[n]) === n;
      let end = first + 1;
      while (end < first + termsPerLaunch && isAlike(end)) end++;
      const at = (n: number) => targets[first + n]!.gradient;
      const spare = (n: number) => first + n < end ? at(n) : program.buffer("no gradient", 16);
      program.launch(besideBackward(columns).kernel, {
        buffers: { dy, weights: listed, dx0: at(0), dx1: spare(1), dx2: spare(2), dx3: spare(3) },
        partial: ["dx1", "dx2", "dx3"].slice(end - first - 1),
        uniforms: { ...sizes, first_term: first },
        constants: {
          ...unrolled,
          terms: end - first,
          accumulate: Number(target.accumulate),
        },
        threads,
      });
      first = end;
    }
  });
  return y;
}
