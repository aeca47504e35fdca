import { scaleBlocks } from "../../shaders/block_scale/block_scale.ts";
import { narrowLinear } from "../../shaders/narrow_linear/narrow_linear.ts";
import { normaliseGrid } from "../../shaders/row_norm/row_norm.ts";
import { product } from "../reference/dense.ts";
import { checkOp } from "./op_check.ts";

Deno.test("scaleBlocks() is right forward and backward, above and below the weighted rows", async () => {
  for (const [rows, weighted, blocks, d] of [[1, 1, 1, 4], [65, 64, 3, 8], [70, 70, 2, 64]]) {
    await checkOp({
      inputs: [{ rows, columns: blocks * d }, { rows: weighted, columns: blocks }],
      build: (program, [x, weights]) => scaleBlocks(program, x, weights),
      twin: ([x, weights]) =>
        x.map((value, at) => {
          const block = Math.floor(at / d);
          return block < weights.length ? weights[block] * value : value;
        }),
    });
  }
});

Deno.test("narrowLinear() is right forward and backward for a range of rows", async () => {
  for (const [rows, columns, out, firstRow] of [[1, 4, 1, 0], [300, 12, 3, 65], [64, 48, 5, 1]]) {
    const all = rows + firstRow + 2;
    await checkOp({
      inputs: [{ rows: all, columns }, { rows: out, columns }, { rows: 1, columns: out }],
      build: (program, [x, weight, bias]) =>
        narrowLinear(program, x, { weight, bias }, { firstRow, rows }),
      twin: ([x, weight, bias]) =>
        product(x, weight, all, out, columns, false, true)
          .slice(firstRow * out, (firstRow + rows) * out)
          .map((value, at) => value + bias[at % out]),
    });
  }
});

Deno.test("normaliseGrid() is right forward and backward", async () => {
  for (const [upper, lower, d] of [[1, 1, 4], [64, 65, 8], [3, 70, 5]]) {
    await checkOp({
      inputs: [
        { rows: upper, columns: d },
        { rows: upper, columns: 2 * d },
        { rows: lower, columns: d },
        { rows: lower, columns: 2 * d },
      ],
      build: (program, [a, b, c, e]) => normaliseGrid(program, [[a, b], [c, e]], "grid"),
      twin: ([a, b, c, e]) =>
        Float64Array.from(
          [[a, b, upper], [c, e, lower]].flatMap(([left, right, rows]) =>
            Array.from({ length: rows as number }, (_, row) => [
              ...unit((left as Float64Array).subarray(row * d, (row + 1) * d)),
              ...unit((right as Float64Array).subarray(2 * row * d, 2 * (row + 1) * d)),
            ]).flat()
          ),
        ),
      gradientError: 1e-4,
    });
  }
});

function unit(row: Float64Array): Float64Array {
  const length = Math.hypot(...row);
  return row.map((value) => value / length);
}
