import { gather } from "../../shaders/gather/gather.ts";
import { rowList } from "../../shaders/gather/row_lists.ts";
import { mixBands } from "../../shaders/mix_bands/mix_bands.ts";
import { applyBands } from "../../shaders/orthogonal_bands/apply_bands.ts";
import { bandBasis } from "../../shaders/orthogonal_bands/orthogonal_bands.ts";
import { blockEigen, orthogonalBands } from "../reference/bands.ts";
import { checkOp, randomValues } from "./op_check.ts";

Deno.test("bands are right forward and backward, for one and for several blocks", async () => {
  const shapes = [[9, 1, 4, 2], [70, 2, 8, 3], [130, 3, 12, 5], [200, 1, 64, 3], [65, 2, 8, 1]];
  const cases = [...shapes.map((shape) => [...shape, 0.8]), [200, 1, 64, 3, 0.9], [
    128,
    2,
    64,
    3,
    0.95,
  ]];
  for (const [rows, blocks, d, bands, rate] of cases) {
    const columns = blocks * d;
    // A Gram matrix in f32 says nothing of directions below 1e-4 of the largest: the bands do not show
    // it, but gradients of so small columns have no digits.
    const differentiable = rate ** columns > 1e-4;
    await checkOp({
      hardware: true,
      inputs: [{ rows, columns, values: graded(rows, columns, 1, rate), differentiable }],
      build: (program, [x]) => {
        const basis = bandBasis(program, [{ table: x }], { blocks, bands });
        return applyBands(program, basis, [{ x, source: 0 }], "x");
      },
      twin: ([x]) => beside(orthogonalBands(x, rows, blocks, d, bands), columns),
      forwardError: 2e-5,
      gradientError: 2e-3,
      gradientGroups: d > 12 ? 4 : 12,
    });
  }
});

Deno.test("bands of a sum take each summand's own directions, from a range of rows", async () => {
  const [rows, d, bands] = [40, 8, 3];
  await checkOp({
    hardware: true,
    inputs: [
      { rows: rows + 6, columns: d, values: graded(rows + 6, d) },
      { rows, columns: d, values: graded(rows, d, 7) },
      { rows: 5, columns: d },
      { rows: 5, columns: d },
    ],
    build: (program, [a, b, x, y]) => {
      const sources = [{ table: a, firstRow: 4, rows }, { table: b }];
      const basis = bandBasis(program, sources, { blocks: 1, bands });
      const parts = [{ x, source: 0 }, { x: y, source: 1 }];
      return applyBands(program, basis, parts, "sum");
    },
    twin: ([a, b, x, y]) => {
      const one = orthogonalBands(a.slice(4 * d, (4 + rows) * d), rows, 1, d, bands, x);
      const other = orthogonalBands(b, rows, 1, d, bands, y);
      return beside(one.map((band, n) => band.map((v, at) => v + other[n][at])), d);
    },
    forwardError: 2e-5,
    gradientError: 2e-3,
  });
});

Deno.test("bands are right for blocks whose rotations take several launches", async () => {
  const [rows, d, bands] = [300, 256, 3];
  const values = randomValues(rows * d, 1).map((value, at) => value * 0.98 ** (at % d));
  await checkOp({
    hardware: true,
    inputs: [{ rows, columns: d, values, differentiable: false }],
    build: (program, [x]) => {
      const basis = bandBasis(program, [{ table: x }], { blocks: 1, bands });
      return applyBands(program, basis, [{ x, source: 0 }], "x");
    },
    twin: ([x]) => beside(orthogonalBands(x, rows, 1, d, bands), d),
    forwardError: 1e-4,
  });
});

Deno.test("eigenvalues of several matrices are right, largest first", async () => {
  for (const [rows, blocks, d] of [[70, 3, 4], [90, 2, 20], [200, 3, 64], [40, 2, 68]]) {
    const columns = blocks * d;
    await checkOp({
      hardware: true,
      inputs: [{ rows, columns, differentiable: false }],
      build: (program, [table]) => bandBasis(program, [{ table }], { blocks, bands: 2 }).values,
      twin: ([x]) =>
        Float64Array.from(
          Array.from({ length: blocks }, (_, block) =>
            Array.from(blockEigen(x, rows, blocks, d, block).values)).flat(),
        ),
      forwardError: 2e-5,
    });
  }
});

Deno.test("bands of a matrix without full rank, or of zeros, add up to the rows that they cut", async () => {
  const [rows, d, bands] = [5, 16, 3];
  for (const values of [randomValues(rows * d, 1), new Float32Array(rows * d)]) {
    await checkOp({
      hardware: true,
      inputs: [
        { rows, columns: d, values, differentiable: false },
        { rows: 40, columns: d, differentiable: false },
      ],
      build: (program, [y, x]) => {
        const basis = bandBasis(program, [{ table: y }], { blocks: 1, bands });
        const cut = applyBands(program, basis, [{ x, source: 0 }], "x");
        const ones = program.tensor("ones", 40, bands, {
          data: new Float32Array(40 * bands).fill(1),
        });
        return mixBands(program, cut, ones, "sum");
      },
      twin: ([, x]) => x,
      forwardError: 5e-6,
    });
  }
});

Deno.test("bands of rows that only the step counts leave the others out, forward and backward", async () => {
  const cases = [
    { rows: 40, counted: 21, blocks: 1, d: 8, bands: 2, rate: 0.8 },
    { rows: 1, counted: 1, blocks: 3, d: 12, bands: 2, rate: 0.9 },
    { rows: 120, counted: 5, blocks: 2, d: 64, bands: 3, rate: 0.95 },
  ];
  for (const { rows, counted, blocks, d, bands, rate } of cases) {
    const columns = blocks * d;
    const isCounted = (at: number) => at < counted * columns;
    const values = graded(rows, columns, 3, rate).map((v, at) => isCounted(at) ? v : 0);
    const of = 2 * d; // rows of the table
    await checkOp({
      hardware: true,
      inputs: [
        { rows: of, columns, values: graded(of, columns, 1, rate) },
        { rows, columns, values, differentiable: false },
      ],
      build: (program, [table, x]) => {
        const basis = bandBasis(program, [{ table }], { blocks, bands });
        const count = program.buffer("count", 4, Uint32Array.of(counted));
        const list = rowList(program, "counted", counted, Uint32Array.from(Array(counted).keys()));
        const cut = applyBands(program, basis, [{ x, source: 0 }], "x", count);
        return gather(program, cut, list);
      },
      twin: ([table, x]) =>
        beside(
          orthogonalBands(table, of, blocks, d, bands, x.slice(0, counted * columns)),
          columns,
        ),
      forwardError: 2e-5,
      gradientError: 2e-3,
      gradientGroups: d > 12 ? 4 : 24,
    });
  }
});

/** Random numbers whose columns differ in size, so that directions are well apart. */
function graded(rows: number, columns: number, seed = 1, rate = 0.8): Float32Array {
  return randomValues(rows * columns, seed).map((value, at) => value * rate ** (at % columns));
}

/** Matrices side by side. */
function beside(parts: readonly Float64Array[], columns: number): Float64Array {
  const rows = parts[0].length / columns;
  const all = new Float64Array(rows * columns * parts.length);
  parts.forEach((part, n) =>
    part.forEach((value, at) =>
      all[(Math.floor(at / columns) * parts.length + n) * columns + at % columns] = value
    )
  );
  return all;
}
