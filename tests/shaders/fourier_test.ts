import { assertAlmostEquals } from "@std/assert";
import {
  fourierMatrix,
  inverseFourierMatrix,
  spectralProduct,
} from "../../shaders/fourier/fourier.ts";
import { product } from "../reference/dense.ts";
import { checkOp, randomValues } from "./op_check.ts";

/** The orthonormal real transform as PyTorch's rfft, one bin (re, im) after the other. */
function rfft(x: Float64Array): [number, number][] {
  const d = x.length;
  return Array.from({ length: d / 2 + 1 }, (_, k) => {
    let [re, im] = [0, 0];
    x.forEach((value, n) => {
      re += value * Math.cos(2 * Math.PI * k * n / d) / Math.sqrt(d);
      im -= value * Math.sin(2 * Math.PI * k * n / d) / Math.sqrt(d);
    });
    return [re, im];
  });
}

/** Its inverse; the imaginary parts of the first and the last bin do not count. */
function irfft(bins: readonly [number, number][], d: number): Float64Array {
  return Float64Array.from({ length: d }, (_, n) => {
    let sum = 0;
    bins.forEach(([re, im], k) => {
      const angle = 2 * Math.PI * k * n / d;
      const isEnd = k === 0 || k === d / 2;
      sum += isEnd ? re * Math.cos(angle) : 2 * (re * Math.cos(angle) - im * Math.sin(angle));
    });
    return sum / Math.sqrt(d);
  });
}

const unpack = (p: ArrayLike<number>, d: number): [number, number][] =>
  Array.from(
    { length: d / 2 + 1 },
    (_, k) => [p[k], k === 0 || k === d / 2 ? 0 : p[d / 2 + k]],
  );

Deno.test("fourierMatrix() packs PyTorch's rfft, and inverseFourierMatrix() undoes it", () => {
  for (const d of [2, 4, 6, 10, 64]) {
    const x = Float64Array.from(randomValues(d, d));
    const packed = product(x, fourierMatrix(d), 1, d, d);
    rfft(x).forEach(([re, im], k) => {
      assertAlmostEquals(packed[k], re, 1e-6);
      if (k > 0 && k < d / 2) assertAlmostEquals(packed[d / 2 + k], im, 1e-6);
    });
    const back = product(packed, inverseFourierMatrix(d), 1, d, d, false, true);
    back.forEach((value, n) => assertAlmostEquals(value, x[n], 1e-6));
    const direct = irfft(unpack(packed, d), d);
    direct.forEach((value, n) => assertAlmostEquals(value, x[n], 1e-6));
  }
});

Deno.test("spectralProduct() multiplies bin by bin, forward and backward", async () => {
  for (const d of [4, 10, 64]) {
    for (const [rows, bRows] of [[1, 1], [65, 65], [65, 1]]) {
      for (const conjugate of [false, true]) {
        for (const bins of [1, 3, d / 2 + 1]) {
          await checkOp({
            inputs: [{ rows, columns: d }, { rows: bRows, columns: d }],
            build: (program, [a, b]) => spectralProduct(program, a, b, { conjugate, bins }),
            twin: ([a, b]) => {
              const y = new Float64Array(rows * d);
              for (let row = 0; row < rows; row++) {
                const left = unpack(a.subarray(row * d, (row + 1) * d), d);
                const at = bRows === 1 ? 0 : row * d;
                const right = unpack(b.subarray(at, at + d), d);
                left.forEach(([re, im], k) => {
                  if (k >= bins) return;
                  const [br, bi] = [right[k][0], conjugate ? -right[k][1] : right[k][1]];
                  y[row * d + k] = re * br - im * bi;
                  if (k > 0 && k < d / 2) y[row * d + d / 2 + k] = re * bi + im * br;
                });
              }
              return y;
            },
          });
        }
      }
    }
  }
});
