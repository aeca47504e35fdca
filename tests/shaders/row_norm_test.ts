import { normaliseGrid, normaliseRows } from "../../shaders/row_norm/row_norm.ts";
import { checkOp } from "./op_check.ts";

const shapes = [[1, 1], [63, 3], [64, 4], [65, 64], [130, 20]];

Deno.test("normaliseRows() is right forward and backward", async () => {
  for (const [rows, columns] of shapes) {
    await checkOp({
      hardware: true,
      inputs: [{ rows, columns }],
      build: (program, [x]) => normaliseRows(program, x),
      twin: ([x]) =>
        x.map((value, n) => {
          const start = Math.floor(n / columns) * columns;
          return value / Math.max(Math.hypot(...x.subarray(start, start + columns)), 1e-12);
        }),
      gradientError: 1e-4,
    });
  }
});

Deno.test("normaliseRows() leaves rows of zeros as they are", async () => {
  await checkOp({
    hardware: true,
    inputs: [{ rows: 2, columns: 4, values: new Float32Array(8), differentiable: false }],
    build: (program, [x]) => normaliseRows(program, x),
    twin: () => new Float64Array(8),
  });
});

Deno.test("normaliseGrid() is right forward and backward", async () => {
  for (const [upper, lower, d] of [[1, 1, 4], [64, 65, 8], [3, 70, 5]]) {
    await checkOp({
      hardware: true,
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

Deno.test("normaliseGrid() takes blocks of columns", async () => {
  for (const [rows, d] of [[1, 4], [70, 8], [65, 3]]) {
    await checkOp({
      hardware: true,
      inputs: [{ rows, columns: 3 * d }],
      build: (program, [table]) =>
        normaliseGrid(
          program,
          [[{ table, column: 2 * d, columns: d }, { table, column: d, columns: d }]],
          "grid",
        ),
      twin: ([x]) =>
        Float64Array.from(
          Array.from({ length: rows }, (_, row) =>
            [2, 1].flatMap((block) => {
              const start = (3 * row + block) * d;
              const part = Array.from(x.subarray(start, start + d));
              return part.map((value) => value / Math.hypot(...part));
            })).flat(),
        ),
      gradientError: 1e-4,
    });
  }
});

function unit(row: Float64Array): Float64Array {
  const length = Math.hypot(...row);
  return row.map((value) => value / length);
}
