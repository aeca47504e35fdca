/**
 * Spectra along the feature axis: the orthonormal real Fourier transform as a product with a constant
 * matrix, and products of spectra (SMORE, methods.md, §3).
 *
 * A spectrum is packed in as many numbers as the signal has: the real parts of the bins 0..d/2, then
 * the imaginary parts of the bins 1..d/2−1; those of bins 0 and d/2 are zero for a real signal, and
 * inert in a filter.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import { sumColumns } from "../reduce/reduce.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };
import packedSource from "./packed.wgsl" with { type: "text" };

const forward = elementKernel("spectrum/forward", packedSource, forwardSource);
const backward = elementKernel("spectrum/backward", packedSource, backwardSource);

/**
 * The orthonormal real transform of length d as a matrix: the packed spectrum of a row x is `x·F`.
 *
 * @param d The length, even.
 * @returns `F`, `d×d`, row-major.
 * @throws {Error} d is odd.
 * @example
 * ```ts
 * import { fourierMatrix } from "./fourier.ts";
 * fourierMatrix(2); // [1, 1, 1, −1]/√2
 * ```
 */
export function fourierMatrix(d: number): Float32Array<ArrayBuffer> {
  return packedMatrix(d, () => 1);
}

/**
 * The inverse of {@linkcode fourierMatrix}, transposed: the signal of a packed row p is `p·Gᵀ` with
 * this G, the form in which {@linkcode linear} takes its weight.
 *
 * @param d The length, even.
 * @returns `G`, `d×d`, row-major.
 * @throws {Error} d is odd.
 * @example
 * ```ts
 * import { inverseFourierMatrix } from "./fourier.ts";
 * inverseFourierMatrix(2); // [1, 1, 1, −1]/√2
 * ```
 */
export function inverseFourierMatrix(d: number): Float32Array<ArrayBuffer> {
  // A bin between the ends stands for itself and its mirror image.
  return packedMatrix(d, (bin) => bin === 0 || bin === d / 2 ? 1 : 2);
}

function packedMatrix(d: number, factor: (bin: number) => number): Float32Array<ArrayBuffer> {
  if (d % 2 !== 0) throw new Error(`A packed spectrum has an even length, not ${d}`);
  const half = d / 2;
  const matrix = new Float32Array(d * d);
  for (let n = 0; n < d; n++) {
    for (let bin = 0; bin <= half; bin++) {
      // The angle modulo a turn, so that it keeps its digits.
      const angle = 2 * Math.PI * (n * bin % d) / d;
      const scale = factor(bin) / Math.sqrt(d);
      matrix[n * d + bin] = scale * Math.cos(angle);
      if (bin > 0 && bin < half) matrix[n * d + half + bin] = -scale * Math.sin(angle);
    }
  }
  return matrix;
}

/**
 * The product of two packed spectra, bin by bin, differentiated.
 *
 * @param program The program.
 * @param a `rows×d`.
 * @param b `rows×d`, or `1×d`: one filter for all rows.
 * @param options Whether b enters by its conjugate; the number of bins that are kept, from the lowest
 * (default: all d/2+1).
 * @returns `rows×d`; dropped bins are zero.
 * @throws {Error} The shapes do not match.
 */
export function spectralProduct(
  program: Program,
  a: Tensor,
  b: Tensor,
  options: { conjugate?: boolean; bins?: number } = {},
): Tensor {
  const { rows, columns } = a;
  if (b.columns !== columns || b.rows !== rows && b.rows !== 1) {
    throw new Error(`"${a.label}" is ${rows}×${columns}, "${b.label}" ${b.rows}×${b.columns}`);
  }
  const { conjugate = false, bins = columns / 2 + 1 } = options;
  const y = program.tensor(`${a.label}·${b.label}`, rows, columns);
  const { kernel, width } = forward(columns / 2);
  const sizes = { rows, half: columns / 2 / width, width, bins };
  const threads = rows * sizes.half;
  program.launch(kernel, {
    buffers: { a, b, y },
    uniforms: { ...sizes, other_rows: b.rows },
    constants: { conjugate: Number(conjugate) },
    threads,
  });
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    const launch = (
      other: Tensor,
      gradient: Tensor,
      flags: { of_conjugate: number; other_conjugate: number; accumulate: number },
    ) =>
      program.launch(backward(columns / 2).kernel, {
        buffers: { dy, other, gradient },
        uniforms: { ...sizes, other_rows: other.rows },
        constants: flags,
        threads,
      });
    const toA = program.gradientTarget(a);
    if (toA !== undefined) {
      launch(b, toA.gradient, {
        of_conjugate: 0,
        other_conjugate: Number(conjugate),
        accumulate: Number(toA.accumulate),
      });
    }
    const toB = program.gradientTarget(b);
    if (toB === undefined) return;
    const flags = { of_conjugate: Number(conjugate), other_conjugate: 0 };
    if (b.rows === rows) {
      launch(a, toB.gradient, { ...flags, accumulate: Number(toB.accumulate) });
      return;
    }
    const each = program.tensor(`d ${b.label} by rows`, rows, columns, { differentiable: false });
    launch(a, each, { ...flags, accumulate: 0 });
    sumColumns(program, each, toB.gradient, toB.accumulate);
  });
  return y;
}
