import { assertEquals, assertThrows } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { rowList } from "../../shaders/gather/row_lists.ts";
import { rowSubset } from "../../shaders/spmm/row_subset.ts";
import { propagateSum } from "../../shaders/spmm/propagate.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse, writeValues } from "../../shaders/spmm/upload.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { assertEach, assertFinite } from "../assert_each.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { propagated, randomSparse, sparseProduct } from "../reference/sparse.ts";
import { assertClose, checkOp, GarbageMemory, randomValues } from "./op_check.ts";

Deno.test("spmm() is right forward and backward, with empty rows and a hub", async () => {
  for (const [rows, columns] of [[1, 1], [5, 300], [63, 9], [64, 70], [65, 2], [300, 200]]) {
    for (const d of [4, 8, 64, 100, 192]) {
      const matrix = randomSparse(rows, columns, 0.2, rows + d, true);
      await checkOp({
        inputs: [{ rows: columns, columns: d }],
        build: (program, [x]) => spmm(program, uploadSparse(program.memory, "A", matrix), x),
        twin: ([x]) => sparseProduct(matrix, x, d),
      });
    }
  }
});

Deno.test("spmm() gives zero rows for a matrix without entries", async () => {
  const matrix = randomSparse(70, 3, 0, 1);
  await checkOp({
    inputs: [{ rows: 3, columns: 8 }],
    build: (program, [x]) => spmm(program, uploadSparse(program.memory, "A", matrix), x),
    twin: () => new Float64Array(70 * 8),
  });
});

Deno.test("spmm() is right for more than 65,535 workgroups", async () => {
  // One invocation a row, 64 a workgroup; every thousandth row has an entry.
  const rows = 65_536 * 64 + 3;
  const matrix = {
    rows,
    columns: 3,
    rowStart: Uint32Array.from({ length: rows + 1 }, (_, n) => Math.ceil(n / 1000)),
    column: Uint32Array.from({ length: Math.ceil(rows / 1000) }, (_, n) => n % 3),
    value: new Float32Array(Math.ceil(rows / 1000)).fill(2),
  };
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "many workgroups");
  const x = program.tensor("x", 3, 4, { data: randomValues(12, 1), differentiable: false });
  const y = spmm(program, uploadSparse(memory, "A", matrix), x);
  await program.compile();
  memory.spoil();
  program.submit();
  const found = await readFloats(memory, y.allocation, rows * 4);
  const values = randomValues(12, 1);
  const wanted = (at: number) => {
    const row = Math.floor(at / 4);
    return row % 1000 === 0 ? 2 * values[(row / 1000) % 3 * 4 + at % 4] : 0;
  };
  assertEach(found, (value, at) => value === wanted(at), (at) => `${wanted(at)}`);
  memory.destroy();
});

Deno.test("spmm() refuses columns that are no multiple of 4", async () => {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "spmm");
  const operator = uploadSparse(memory, "A", randomSparse(3, 3, 1, 1));
  assertThrows(() => spmm(program, operator, program.tensor("x", 3, 6)), Error, "4·n");
  assertThrows(() => spmm(program, operator, program.tensor("x", 4, 8)), Error, "3 columns");
});

Deno.test("propagateSum() is the sum of powers, forward and backward", async () => {
  for (const layers of [1, 2, 3, 5]) {
    const matrix = randomSparse(40, 40, 0.1, layers);
    await checkOp({
      inputs: [{ rows: 40, columns: 8 }],
      build: (program, [x]) =>
        propagateSum(program, uploadSparse(program.memory, "A", matrix), x, layers, 0.3),
      twin: ([x]) => propagated(matrix, x, 8, layers, 0.3),
    });
  }
});

Deno.test("propagateSum() of a subset gives its rows and their gradient alone", async () => {
  const [n, d] = [300, 8];
  const matrix = randomSparse(n, n, 0.05, 7, true);
  const chosen = [5, 0, 299, 5, 17, 0xffffffff, 4];
  const wanted = [...new Set(chosen)].filter((row) => row < n);
  for (const layers of [1, 2, 3]) {
    const memory = new GarbageMemory(await testGpu());
    const program = new Program(memory, "subset");
    const rows = { epochStep: 0, epochRows: 7, batchSize: 7 };
    const state = stepState(program, { seed: 0, step: 3, ...rows });
    const list = rowList(program, "rows", chosen.length, Uint32Array.from(chosen));
    const values = randomValues(n * d, 1);
    const x = program.tensor("x", n, d, { data: values });
    const subset = rowSubset(program, n, [{ list, firstRow: 0 }], state);
    const operator = uploadSparse(memory, "A", matrix);
    const y = propagateSum(program, operator, x, layers, 0.5, subset);
    const upstream = program.gradientTarget(y)!.gradient;
    program.backward();
    await program.compile();
    memory.spoil();
    // The gradient of rows outside the subset is zero: nobody reads them.
    const weights = new Float32Array(n * d);
    for (const row of wanted) weights.set(randomValues(d, row + 1), row * d);
    memory.write(upstream.allocation, weights);
    program.submit();
    const found = await readFloats(memory, y.allocation, n * d);
    const expected = propagated(matrix, values, d, layers, 0.5);
    for (const row of wanted) {
      assertClose(
        found.subarray(row * d, (row + 1) * d),
        expected.subarray(row * d, (row + 1) * d),
        2e-6,
        `row ${row}`,
      );
    }
    const gradient = await readFloats(memory, program.gradient(x)!.allocation, n * d);
    // The polynomial of Aᵀ, by the adjoint identity with unit vectors.
    for (const at of [0, 9, 500, n * d - 1]) {
      const unit = new Float64Array(n * d);
      unit[at] = 1;
      const image = propagated(matrix, unit, d, layers, 0.5);
      const derivative = image.reduce((sum, value, k) => sum + value * weights[k], 0);
      assertClose([gradient[at]], [derivative], 1e-4, `gradient ${at}`);
    }
    assertFinite(gradient, "gradient");
    memory.destroy();
  }
});

Deno.test("writeValues() gives the entries of a matrix other values, and lets those of 0 go", async () => {
  // Chunks are stored by length, so the entries of these rows stand in another order.
  const matrix = randomSparse(90, 150, 0.3, 8, true);
  const other = randomValues(matrix.value.length, 4);
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "values");
  const data = randomValues(150 * 8, 2);
  const x = program.tensor("x", 150, 8, { data });
  const operator = uploadSparse(memory, "A", matrix);
  const y = spmm(program, operator, x);
  await program.compile();
  const few = other.map((value, n) => n % 5 === 0 ? value : 0);
  for (const value of [other, few, new Float32Array(other.length), matrix.value]) {
    writeValues(memory, operator.matrix, value);
    program.submit();
    const found = await readFloats(memory, y.allocation, 90 * 8);
    assertClose(found, sparseProduct({ ...matrix, value }, data, 8), 2e-6, "product");
  }
  memory.destroy();
});

Deno.test("spmm() takes matrices without rows or without columns", async () => {
  for (const [rows, columns] of [[0, 5], [70, 0], [0, 0]]) {
    const matrix = randomSparse(rows, columns, 1, 1);
    assertEquals(matrix.column.length, 0);
    await checkOp({
      inputs: [{ rows: columns, columns: 8 }],
      build: (program, [x]) => spmm(program, uploadSparse(program.memory, "A", matrix), x),
      twin: ([x]) => sparseProduct(matrix, x, 8),
    });
  }
});
