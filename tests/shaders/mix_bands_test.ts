import { mixBands } from "../../shaders/mix_bands/mix_bands.ts";
import { checkOp } from "./op_check.ts";

Deno.test("mixBands() is right forward and backward", async () => {
  for (const [rows, columns, bands] of [[1, 1, 1], [65, 3, 2], [70, 8, 5]]) {
    await checkOp({
      inputs: [
        { rows, columns: bands },
        ...Array.from({ length: bands }, () => ({ rows, columns })),
      ],
      build: (program, [weights, ...x]) => mixBands(program, x, weights, "mix"),
      twin: ([weights, ...x]) =>
        Float64Array.from(
          { length: rows * columns },
          (_, at) =>
            x.reduce(
              (sum, band, b) => sum + weights[Math.floor(at / columns) * bands + b] * band[at],
              0,
            ),
        ),
    });
  }
});

Deno.test("mixBands() mixes blocks of columns", async () => {
  for (const [rows, d] of [[65, 4], [3, 3]]) {
    await checkOp({
      inputs: [{ rows, columns: 2 }, { rows, columns: 2 * d }],
      build: (program, [weights, table]) =>
        mixBands(
          program,
          [{ table, column: d, columns: d }, { table, column: 0, columns: d }],
          weights,
          "mix",
        ),
      twin: ([weights, x]) =>
        Float64Array.from({ length: rows * d }, (_, at) => {
          const [row, c] = [Math.floor(at / d), at % d];
          return weights[2 * row] * x[2 * row * d + d + c] +
            weights[2 * row + 1] * x[2 * row * d + c];
        }),
    });
  }
});
