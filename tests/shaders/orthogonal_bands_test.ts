import { concatenateColumns } from "../../shaders/columns/columns.ts";
import { applyBands, bandBasis } from "../../shaders/orthogonal_bands/orthogonal_bands.ts";
import { orthogonalBands } from "../reference/bands.ts";
import { checkOp, randomValues } from "./op_check.ts";

Deno.test("bands are right forward and backward, for one and for several blocks", async () => {
  const shapes = [[9, 1, 4, 2], [70, 2, 8, 3], [130, 3, 12, 5], [200, 1, 64, 3], [65, 2, 8, 1]];
  for (const [rows, blocks, d, bands] of shapes) {
    const columns = blocks * d;
    await checkOp({
      inputs: [{ rows, columns, values: graded(rows, columns) }],
      build: (program, [x]) => {
        const basis = bandBasis(program, [{ table: x }], { blocks, bands });
        return concatenateColumns(program, applyBands(program, basis, [{ x, source: 0 }], "x"));
      },
      twin: ([x]) => beside(orthogonalBands(x, rows, blocks, d, bands), columns),
      forwardError: 2e-5,
      gradientError: 2e-3,
      gradientElements: d > 12 ? 4 : 12,
    });
  }
});

Deno.test("bands of a sum take each summand's own directions, from a range of rows", async () => {
  const [rows, d, bands] = [40, 8, 3];
  await checkOp({
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
      return concatenateColumns(program, applyBands(program, basis, parts, "sum"));
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

/** Random numbers whose columns differ in size, so that directions are well apart. */
function graded(rows: number, columns: number, seed = 1): Float32Array {
  return randomValues(rows * columns, seed).map((value, at) => value * 0.8 ** (at % columns));
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
