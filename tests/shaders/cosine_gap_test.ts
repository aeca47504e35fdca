import { cosineGaps } from "../../shaders/cosine_gap/cosine_gap.ts";
import { checkOp } from "./op_check.ts";

/** `factor·Σ_pairs (cos(a_r, b_r) − 1)²` in f64. */
function twin(
  x: Float64Array,
  columns: number,
  pairs: readonly (readonly [number, number])[],
  { width, factor }: { readonly width: number; readonly factor: number },
): Float64Array {
  const dot = (p: Float64Array, q: Float64Array) => p.reduce((sum, v, n) => sum + v * q[n], 0);
  return Float64Array.from({ length: x.length / columns }, (_, row) => {
    const block = (column: number) =>
      x.subarray(row * columns + column, row * columns + column + width);
    return pairs.reduce((sum, [one, other]) => {
      const [a, b] = [block(one), block(other)];
      return sum + factor * (dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)) - 1) ** 2;
    }, 0);
  });
}

Deno.test("cosineGaps() is right forward and backward for blocks of columns", async () => {
  for (const [rows, width] of [[1, 4], [65, 8], [130, 64]]) {
    // Three blocks, and columns that belong to none.
    const columns = 3 * width + 4;
    const [a, b, c] = [0, width + 4, 2 * width + 4];
    const pairs = [[a, b], [a, c], [b, c]] as const;
    for (const used of [pairs, pairs.slice(1, 2)]) {
      const options = { width, factor: 0.7, label: "gaps" };
      await checkOp({
        hardware: true,
        inputs: [{ rows, columns }],
        build: (program, [x]) => cosineGaps(program, x, used, options),
        twin: ([x]) => twin(x, columns, used, options),
        gradientError: 1e-4,
      });
    }
  }
});

Deno.test("cosineGaps() takes pairs of wide blocks in several launches", async () => {
  const [width, columns] = [12288, 36864];
  const pairs = [[0, 12288], [24576, 0], [12288, 24576]] as const;
  const options = { width, factor: 1, label: "gaps" };
  await checkOp({
    hardware: true,
    inputs: [{ rows: 2, columns }],
    build: (program, [x]) => cosineGaps(program, x, pairs, options),
    twin: ([x]) => twin(x, columns, pairs, options),
    gradientError: 1e-4,
    gradientGroups: 4,
  });
});
