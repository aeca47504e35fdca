import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Csr } from "../../algebra/csr.ts";
import { uniforms } from "../../algebra/random_sequence.ts";
import { latentSemantics } from "../../algebra/latent_semantics.ts";
import { symmetricEigen } from "../../algebra/symmetric_eigen.ts";

function random(rows: number, columns: number, share: number): Csr {
  const next = uniforms(3);
  const rowStart = new Uint32Array(rows + 1);
  const [column, value]: number[][] = [[], []];
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < columns; c++) {
      if (next() >= share / (1 + c / 10)) continue;
      column.push(c);
      value.push(next());
    }
    rowStart[row + 1] = column.length;
  }
  return {
    rows,
    columns,
    rowStart,
    column: Uint32Array.from(column),
    value: Float32Array.from(value),
  };
}

function dense({ rows, columns, rowStart, column, value }: Csr): Float64Array {
  const table = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let n = rowStart[row]; n < rowStart[row + 1]; n++) {
      table[row * columns + column[n]] = value[n];
    }
  }
  return table;
}

/** All singular values by the eigenvalues of XXᵀ. */
function singularValues(matrix: Csr): Float64Array {
  const { rows, columns } = matrix;
  const table = dense(matrix);
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      for (let c = 0; c < columns; c++) {
        gram[i * rows + j] += table[i * columns + c] * table[j * columns + c];
      }
    }
  }
  return symmetricEigen(gram, rows).values.map((value) => Math.sqrt(Math.max(0, value)));
}

Deno.test("latentSemantics() gives the leading singular values and what they keep", () => {
  const matrix = random(60, 80, 0.5);
  const expected = singularValues(matrix);
  const total = matrix.value.reduce((sum, value) => sum + value * value, 0);
  for (const dimensions of [1, 5, 20]) {
    const { columns, singularValues: found, kept } = latentSemantics(matrix, dimensions);
    assertEquals([columns, found.length], [dimensions, dimensions]);
    let square = 0;
    for (let k = 0; k < dimensions; k++) {
      assertAlmostEquals(found[k], expected[k], 1e-3 * expected[0]);
      square += expected[k] ** 2;
    }
    assertAlmostEquals(kept, square / total, 1e-3);
  }
});

Deno.test("latentSemantics() keeps all inner products of rows at full rank", () => {
  const matrix = random(12, 30, 0.6);
  const { columns, values, kept } = latentSemantics(matrix, 50);
  assertEquals(columns, 12);
  assertAlmostEquals(kept, 1, 1e-6);
  const table = dense(matrix);
  for (let i = 0; i < 12; i++) {
    for (let j = 0; j < 12; j++) {
      let [expected, found] = [0, 0];
      for (let c = 0; c < 30; c++) expected += table[i * 30 + c] * table[j * 30 + c];
      for (let c = 0; c < columns; c++) {
        found += values[i * columns + c] * values[j * columns + c];
      }
      assertAlmostEquals(found, expected, 1e-5);
    }
  }
});

Deno.test("latentSemantics() gives orthogonal columns, longest first", () => {
  const { columns, values } = latentSemantics(random(100, 50, 0.4), 8);
  let before = Infinity;
  for (let k = 0; k < columns; k++) {
    for (let l = 0; l <= k; l++) {
      let dot = 0;
      for (let row = 0; row < 100; row++) {
        dot += values[row * columns + k] * values[row * columns + l];
      }
      if (l < k) assertAlmostEquals(dot, 0, 1e-4);
      else {
        assert(dot <= before && dot > 0);
        before = dot;
      }
    }
  }
});

Deno.test("latentSemantics() gives the same bytes on every run", () => {
  const matrix = random(50, 40, 0.5);
  assertEquals(latentSemantics(matrix, 6), latentSemantics(matrix, 6));
});

Deno.test("latentSemantics() has no more columns than directions, and none for an empty matrix", () => {
  const same = { ...random(0, 3, 0), rows: 3 };
  const twice: Csr = {
    ...same,
    rowStart: new Uint32Array([0, 2, 4, 4]),
    column: new Uint32Array([0, 2, 0, 2]),
    value: new Float32Array([3, 4, 3, 4]),
  };
  const { columns, values, singularValues: found } = latentSemantics(twice, 4);
  assertEquals(columns, 1);
  assertAlmostEquals(found[0], Math.sqrt(50), 1e-6);
  assertAlmostEquals(Math.abs(values[0]), 5, 1e-6);
  assertEquals([values[1], values[2]], [values[0], 0]);
  const empty = latentSemantics({ ...same, rowStart: new Uint32Array(4) }, 4);
  assertEquals([empty.columns, empty.values.length, empty.kept], [0, 0, 0]);
});
