import { assert, assertEquals } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import {
  normaliseBlock,
  projectOut,
  recordProjection,
  rotateBasis,
  storeBlock,
} from "../../shaders/block_basis/block_basis.ts";
import { assertAll } from "../assert_each.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { orthonormalColumns } from "../reference/eigen_bands.ts";
import { assertClose, GarbageMemory, randomValues } from "./op_check.ts";

/** `op(A)·B` in f64 with A `rows×inner`, or `inner×rows` where it is transposed. */
function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  [rows, inner, columns]: [number, number, number],
  transposed = false,
): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let l = 0; l < inner; l++) {
      const factor = transposed ? a[l * rows + i] : a[i * inner + l];
      for (let j = 0; j < columns; j++) result[i * columns + j] += factor * b[l * columns + j];
    }
  }
  return result;
}

/** The first columns of a matrix. */
const leading = (values: ArrayLike<number>, width: number, columns: number) =>
  Float64Array.from(
    { length: values.length / width * columns },
    (_, at) => values[Math.floor(at / columns) * width + at % columns],
  );

Deno.test("projectOut() leaves what is orthogonal to the basis, and its coefficients", async () => {
  const shapes: [number, number, number, number][] = [
    [1, 4, 4, 4],
    [7, 8, 4, 4],
    [64, 16, 16, 8],
    [65, 32, 12, 16],
    [1030, 64, 60, 32],
  ];
  for (const [n, width, columns, b] of shapes) {
    const memory = new GarbageMemory(await testGpu());
    const program = new Program(memory, "projection");
    const table = randomValues(n * width, 1);
    if (n >= width) {
      orthonormalColumns(table, n, width).forEach((value, at) => table[at] = value);
    }
    const values = randomValues(n * b, 2);
    const basis = program.tensor("basis", n, width, { data: table });
    const x = program.tensor("x", n, b, { data: values });
    const h = program.tensor("h", width, b);
    projectOut(program, basis, columns, x, h);
    await program.compile();
    memory.spoil();
    program.submit();
    const used = leading(table, width, columns);
    const expected = product(used, values, [columns, n, b], true);
    const along = product(used, expected, [n, columns, b]);
    const foundH = await readFloats(memory, h.allocation, columns * b);
    assertClose(foundH, expected, 2e-6, `coefficients for ${n}×${columns}`);
    const rest = Float64Array.from(values, (value, at) => value - along[at]);
    const found = await readFloats(memory, x.allocation, n * b);
    found.forEach((value, at) => assert(Math.abs(value - rest[at]) < 2e-5, `${at}: ${value}`));
    memory.destroy();
  }
});

Deno.test("projectOut() of no columns leaves a block as it is", async () => {
  const program = new Program(new GarbageMemory(await testGpu()), "projection");
  const [basis, x, h] = [[8, 4], [8, 4], [4, 4]].map(([rows, columns]) =>
    program.tensor("a tensor", rows, columns)
  );
  projectOut(program, basis, 0, x, h);
  assertEquals(program.launches, 0);
});

/** Normalises a block twice, as the search does, and gives the result and both factors. */
async function normalised(values: Float32Array, n: number, b: number) {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "block");
  const x = program.tensor("x", n, b, { data: values });
  const [y, z] = [0, 1].map(() => program.tensor("y", n, b));
  const factorOf = () => ({
    factor: program.tensor("factor", b, b),
    inverse: program.tensor("inverse", b, b),
    lengths: { tensor: program.tensor("lengths", 1, b), first: 0 },
  });
  const nothing = { coefficients: x, columns: 0 };
  const [first, second] = [factorOf(), factorOf()];
  normaliseBlock(program, x, y, first, "first", nothing);
  normaliseBlock(program, y, z, second, "second", nothing);
  await program.compile();
  memory.spoil();
  program.submit();
  const q = await readFloats(memory, z.allocation, n * b);
  const r1 = await readFloats(memory, first.factor.allocation, b * b);
  const r2 = await readFloats(memory, second.factor.allocation, b * b);
  memory.destroy();
  return { q, factor: product(r2, r1, [b, b, b]) };
}

Deno.test("normaliseBlock() twice gives orthonormal columns Q with X = Q·R", async () => {
  for (const [n, b] of [[4, 4], [63, 8], [64, 16], [65, 16], [1000, 32]]) {
    const values = randomValues(n * b, 3);
    // Columns of very different lengths.
    values.forEach((_, at) => values[at] *= 10 ** (at % b % 5 - 2));
    const { q, factor } = await normalised(values, n, b);
    const gram = product(q, q, [b, n, b], true);
    gram.forEach((value, at) => {
      const expected = Number(at % (b + 1) === 0);
      assert(Math.abs(value - expected) < 3e-6, `${n}×${b}, entry ${at} of QᵀQ is ${value}`);
    });
    assertClose(product(q, factor, [n, b, b]), values, 3e-6, `Q·R for ${n}×${b}`);
  }
});

Deno.test("normaliseBlock() makes columns that depend on others zero, or orthonormal", async () => {
  const [n, b] = [100, 8];
  const values = randomValues(n * b, 4);
  for (let row = 0; row < n; row++) {
    values[row * b + 3] = values[row * b] - 2 * values[row * b + 1];
    values[row * b + 5] = 0;
    values[row * b + 6] = values[row * b + 2];
  }
  const { q, factor } = await normalised(values, n, b);
  const gram = product(q, q, [b, n, b], true);
  for (let i = 0; i < b; i++) {
    for (let j = 0; j < b; j++) {
      const entry = gram[i * b + j];
      const isRight = Math.abs(entry - Number(i === j)) < 1e-4 || i === j && entry === 0;
      assert(isRight, `entry ${i}, ${j} of QᵀQ is ${entry}`);
    }
  }
  assertEquals([gram[0], gram[5 * b + 5]].map(Math.round), [1, 0]);
  assertClose(product(q, factor, [n, b, b]), values, 1e-4, "Q·R");
});

Deno.test("normaliseBlock() of zeros gives zeros", async () => {
  const { q } = await normalised(new Float32Array(80), 20, 4);
  assertAll(q, 0, "Q");
});

Deno.test("recordProjection() adds the coefficients of both passes in their columns", async () => {
  const [first, rows, b, size, column] = [4, 10, 4, 16, 8];
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "record");
  const passes = [1, 2].map((seed) => randomValues((first + size) * b, seed));
  const [h1, h2] = passes.map((data) => program.tensor("pass", first + size, b, { data }));
  const r = randomValues(b * b, 3);
  const factor = program.tensor("factor", b, b, { data: r });
  const before = randomValues(size * size, 4);
  const projected = program.tensor("T", size, size, { data: before });
  const place = { first, rows, column };
  recordProjection(program, { first: h1, second: h2, factor }, projected, place);
  await program.compile();
  program.submit();
  const expected = Float64Array.from(before);
  const turned = product(passes[1], r, [first + size, b, b]);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < b; c++) {
      const at = (first + i) * b + c;
      expected[i * size + column + c] = passes[0][at] + turned[at];
    }
  }
  const found = await readFloats(memory, projected.allocation, size * size);
  assertClose(found, expected, 1e-6, "T");
  memory.destroy();
});

Deno.test("storeBlock() and rotateBasis() write their columns alone, in blocks of rows too", async () => {
  const gpu = await testGpu();
  const [n, width, first, m, kept, b] = [400, 24, 4, 16, 8, 4];
  const limits = { ...gpu.limits, maxStorageBufferBindingSize: 16384 };
  const table = randomValues(n * width, 1);
  const s = randomValues(m * kept, 2);
  const block = randomValues(n * b, 3);
  const expected = Float64Array.from(table);
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < kept; k++) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += table[row * width + first + j] * s[j * kept + k];
      expected[row * width + first + k] = sum;
    }
    for (let c = 0; c < b; c++) expected[row * width + first + kept + c] = block[row * b + c];
  }
  for (const device of [gpu, { ...gpu, limits }]) {
    const memory = new GarbageMemory(device);
    const program = new Program(memory, "rotation");
    const basis = program.tensor("basis", n, width, { data: table });
    const x = program.tensor("x", n, b, { data: block });
    rotateBasis(program, basis, first, program.tensor("s", m, kept, { data: s }));
    storeBlock(program, x, basis, first + kept);
    await program.compile();
    memory.spoil();
    program.submit();
    assertClose(await readFloats(memory, basis.allocation, n * width), expected, 2e-6, "basis");
    memory.destroy();
  }
});
