import { bottleneckLoss } from "../../shaders/bottleneck_loss/bottleneck_loss.ts";
import { reshape } from "../../shaders/columns/reshape.ts";
import { cosineGaps } from "../../shaders/cosine_gap/cosine_gap.ts";
import { meanLoss } from "../../shaders/mean_loss/mean_loss.ts";
import { mixBands } from "../../shaders/mix_bands/mix_bands.ts";
import { scaleBy, scaleColumns } from "../../shaders/scale/scale.ts";
import { checkLoss, checkOp } from "./op_check.ts";

Deno.test("scaleColumns() is right forward and backward", async () => {
  for (const [rows, columns] of [[1, 1], [65, 3], [300, 8]]) {
    await checkOp({
      inputs: [{ rows, columns }, { rows: 1, columns }],
      build: (program, [x, v]) => scaleColumns(program, x, v),
      twin: ([x, v]) => x.map((value, at) => value * v[at % columns]),
    });
  }
});

Deno.test("scaleBy() and reshape() are right forward and backward", async () => {
  for (const [rows, columns] of [[1, 1], [65, 3], [300, 8]]) {
    await checkOp({
      inputs: [{ rows, columns }, { rows: 1, columns: 1 }],
      build: (program, [x, s]) => reshape(program, scaleBy(program, x, s), rows),
      twin: ([x, [s]]) => x.map((value) => s * value),
    });
  }
});

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

Deno.test("bottleneckLoss() is right forward and backward", async () => {
  for (const [rows, bands, phi] of [[1, 1, 0], [65, 3, 0], [300, 4, 0.2]]) {
    const constants = { alpha: 0.7, mu: 1.3, phi };
    await checkLoss({
      inputs: [{ rows, columns: bands }],
      build: (losses, [x]) =>
        bottleneckLoss(losses, x, { ...constants, weight: 0.5, name: "bottleneck" }),
      twin([x]) {
        let sum = 0;
        for (let row = 0; row < rows; row++) {
          const delta = x.slice(row * bands, (row + 1) * bands).map((v) => Math.max(v, 0));
          const square = delta.reduce((total, v) => total + v * v, 0);
          const excess = delta.reduce((total, v) => total + Math.max(v - phi, 0), 0);
          sum += 0.7 * square + 1.3 * Math.sqrt(square + 1e-12) * excess;
        }
        return 0.5 * sum / rows;
      },
    });
  }
});

Deno.test("cosineGaps() is right forward and backward for blocks of columns", async () => {
  for (const [rows, width] of [[1, 4], [65, 8], [130, 64]]) {
    const columns = width + 4;
    const inputs = [{ rows, columns }, { rows, columns }];
    await checkOp({
      inputs,
      build: (program, [a, b]) =>
        cosineGaps(
          program,
          [
            [{ tensor: a }, { tensor: b, column: 4 }],
            [{ tensor: a }, { tensor: a, column: 4 }],
          ],
          { width, factor: 0.7, label: "gaps" },
        ),
      twin([a, b]) {
        const gap = (x: Float64Array, y: Float64Array) => {
          const dot = (p: Float64Array, q: Float64Array) =>
            p.reduce((sum, v, n) => sum + v * q[n], 0);
          return 0.7 * (dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)) - 1) ** 2;
        };
        return Float64Array.from({ length: rows }, (_, row) => {
          const block = (x: Float64Array, column: number) =>
            x.subarray(row * columns + column, row * columns + column + width);
          return gap(block(a, 0), block(b, 4)) + gap(block(a, 0), block(a, 4));
        });
      },
      gradientError: 1e-4,
    });
  }
});

Deno.test("meanLoss() takes the rows of a short batch alone", async () => {
  for (const [rows, batchRows] of [[1, 1], [65, 65], [300, 70]]) {
    await checkLoss({
      inputs: [{ rows, columns: 1 }],
      batchRows,
      build: (losses, [x]) => meanLoss(losses, x, 0.3, "mean"),
      twin: ([x]) => 0.3 * x.subarray(0, batchRows).reduce((sum, v) => sum + v, 0) / batchRows,
    });
  }
});
