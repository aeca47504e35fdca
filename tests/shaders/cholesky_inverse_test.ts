import { assert, assertEquals, assertThrows } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { addToInverted, invertSymmetric } from "../../shaders/cholesky_inverse/cholesky_inverse.ts";
import {
  mostSymmetricRows,
  shiftDiagonal,
  symmetricMatrix,
} from "../../shaders/cholesky_inverse/symmetric_matrix.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { product, symmetricInverse } from "../reference/dense.ts";
import { assertClose, randomValues } from "./op_check.ts";
import { type Changed, changed, gpuOfRows, positiveDefinite } from "./symmetric_matrices.ts";

const inverseOf = (values: Float32Array, options?: Parameters<typeof changed>[2]) =>
  changed(values, (program, matrix) => invertSymmetric(program, matrix).failure, options);

/** `‖GP − 1‖_F/√n`. */
function residual(g: Float32Array, p: Float32Array): number {
  const n = Math.sqrt(g.length);
  const found = product(g, p, n, n, n);
  const squares = found.reduce(
    (sum, value, at) => sum + (value - (at % (n + 1) === 0 ? 1 : 0)) ** 2,
    0,
  );
  return Math.sqrt(squares / n);
}

function assertSymmetric(values: Float32Array): void {
  const n = Math.sqrt(values.length);
  const at = values.findIndex((value, at) => value !== values[(at % n) * n + Math.floor(at / n)]);
  assertEquals(at, -1, "not symmetric");
}

for (const n of [1, 3, 4, 5, 63, 64, 65, 255, 256, 257, 300]) {
  Deno.test(`invertSymmetric() gives the inverse of ${n}×${n} numbers`, async () => {
    const g = positiveDefinite(n, n);
    const { values, failure } = await inverseOf(g);
    assertEquals(failure, 0);
    assertClose(values, symmetricInverse(g, n), 1e-5, "inverse");
    assertSymmetric(values);
  });
}

Deno.test("invertSymmetric() works across blocks of rows", async () => {
  const n = 520;
  const g = positiveDefinite(n, 1);
  const whole = await inverseOf(g);
  const { blocks, failure, values } = await inverseOf(g, { gpu: await gpuOfRows(256, n) });
  assertEquals([whole.blocks, blocks, failure], [1, 3, 0]);
  // Products in workgroup memory leave shapes that suit them badly to others, which sum in another order.
  const { products } = (await testGpu()).kernels;
  if (products === "workgroups") assertClose(values, whole.values, 1e-6, "inverse");
  else assertEquals(values, whole.values);
  assert(residual(g, values) < 1e-5);
});

/** A matrix with eigenvalues from 1 to κ, by reflections. */
function ofCondition(n: number, kappa: number): Float32Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) a[i * n + i] = kappa ** (i / (n - 1));
  for (let seed = 1; seed <= 3; seed++) {
    const v = randomValues(n, seed);
    const squares = v.reduce((sum, value) => sum + value * value, 0);
    const av = product(a, v, n, 1, n);
    const vav = v.reduce((sum, value, i) => sum + value * av[i], 0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        a[i * n + j] -= 2 * (v[i] * av[j] + av[i] * v[j]) / squares -
          4 * vav * v[i] * v[j] / (squares * squares);
      }
    }
  }
  return Float32Array.from(a, (_, at) => a[Math.max(at, (at % n) * n + Math.floor(at / n))]);
}

Deno.test("invertSymmetric() loses no more to a bad condition than f32 has to", async () => {
  for (const kappa of [1e2, 1e4, 1e5]) {
    const g = ofCondition(300, kappa);
    const { values, failure } = await inverseOf(g);
    assertEquals(failure, 0);
    const found = residual(g, values);
    assert(found < 1e-7 * kappa, `residual ${found} for a condition of ${kappa}`);
  }
});

Deno.test("invertSymmetric() tells the first row whose pivot is not positive", async () => {
  const n = 300;
  const spoilt = (row: number, value: number) => {
    const g = positiveDefinite(n, 2);
    if (value === 0) { for (let c = 0; c < n; c++) g[row * n + c] = g[c * n + row] = 0; }
    g[row * n + row] = value;
    return g;
  };
  const failures: [number, number][] = [[0, -1], [7, 0], [270, -3], [299, 0], [12, NaN]];
  for (const [row, value] of failures) {
    assertEquals((await inverseOf(spoilt(row, value))).failure, row + 1, `${value} at ${row}`);
  }
  // Two rows alike: the second has nothing of its own.
  const twins = positiveDefinite(n, 3);
  for (let c = 0; c < n; c++) twins[20 * n + c] = twins[10 * n + c];
  for (let c = 0; c < n; c++) twins[c * n + 20] = twins[c * n + 10];
  assertEquals((await inverseOf(twins)).failure, 21);
});

Deno.test("addToInverted() gives the inverse of the matrix with the rows added", async () => {
  const shapes: [number, number, number?][] = [[1, 4], [5, 4], [64, 12], [257, 64], [300, 256], [
    520,
    36,
    256,
  ]];
  for (const [n, columns, rows] of shapes) {
    const g = positiveDefinite(n, 4, 1);
    const p = Float32Array.from(symmetricInverse(g, n));
    const x = randomValues(columns * n, 5);
    const stride = Math.ceil(n / 4) * 4;
    const padded = new Float32Array(columns * stride);
    for (let row = 0; row < columns; row++) {
      padded.set(x.subarray(row * n, (row + 1) * n), row * stride);
    }
    const gpu = rows === undefined ? undefined : await gpuOfRows(rows, n);
    const append: Parameters<typeof changed>[1] = (program, matrix) =>
      addToInverted(
        program,
        matrix,
        program.tensor("x", columns, stride, { data: padded }),
      );
    const found: Changed = await changed(p, append, { gpu });
    assertEquals(found.failure, 0);
    const square = product(x, x, n, n, columns, true);
    const expected = symmetricInverse(square.map((value, at) => value + g[at]), n);
    assertClose(found.values, expected, 2e-5, `inverse with ${columns} columns, ${n}×${n}`);
    assertSymmetric(found.values);
  }
});

Deno.test("shiftDiagonal() raises the diagonal alone", async () => {
  for (const n of [4, 6, 130]) {
    const g = randomValues(n * n, 6);
    const { values } = await changed(g, (program, matrix) => {
      shiftDiagonal(program, matrix, 3);
      return undefined;
    });
    assertEquals(values, g.map((value, at) => at % (n + 1) === 0 ? value + 3 : value));
  }
});

Deno.test("symmetricMatrix() has no more rows than can be bound", async () => {
  const gpu = await gpuOfRows(256, 1000);
  assertEquals(mostSymmetricRows(gpu.limits), 1000);
  const memory = new Memory(gpu);
  assertEquals(symmetricMatrix(memory, "matrix", 1000).blocks.length, 4);
  assertThrows(() => symmetricMatrix(memory, "matrix", 1001), Error, "1000 at most");
  assertEquals(mostSymmetricRows((await testGpu()).limits), 2 ** 17);
});
