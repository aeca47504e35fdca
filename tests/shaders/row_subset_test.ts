import type { Gpu } from "../../gpu/gpu.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { none, type RowList, rowList } from "../../shaders/gather/row_lists.ts";
import { rowSubset } from "../../shaders/spmm/row_subset.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import { stateWords, stepState } from "../../shaders/common/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { randomSparse, sparseProduct } from "../reference/sparse.ts";
import { assertClose, GarbageMemory, randomValues } from "./op_check.ts";

const gpu = await testGpu();

for (const software of [true, false]) {
  const where = software ? "software" : "hardware";
  Deno.test(`spmm() of a subset follows its lists from step to step on ${where}`, () =>
    followLists({ ...gpu, software }));
}

async function followLists(device: Gpu): Promise<void> {
  // Row 0 is a hub of several chunks, and every fifth row is empty.
  const [rows, columns, d] = [400, 330, 64];
  const matrix = randomSparse(rows, columns, 0.05, 3, true);
  const memory = new GarbageMemory(device);
  const program = new Program(memory, "subset");
  const position = { seed: 0, epochStep: 0, epochRows: 1, batchSize: 1 };
  const state = stepState(program, { ...position, step: 0 });
  const users = rowList(program, "users", 3);
  const items = rowList(program, "items", 67);
  const values = randomValues(columns * d, 1);
  const x = program.tensor("x", columns, d, { data: values });
  const lists = [{ list: users, firstRow: 0 }, { list: items, firstRow: 100 }];
  const subset = rowSubset(program, rows, lists, state);
  const y = spmm(program, uploadSparse(memory, "A", matrix), x, subset);
  const upstream = program.gradientTarget(y)!.gradient;
  program.backward();
  await program.compile();
  memory.spoil();
  const write = (list: RowList, indices: readonly number[]) =>
    memory.write(
      list.allocation,
      Uint32Array.from({ length: list.length }, (_, n) => indices[n] ?? none),
    );
  const product = sparseProduct(matrix, values, d);
  const batches: [number[], number[]][] = [
    [[0, 4, 99], [0, 1, 5, 5, 299]],
    // Row 0 no more, and a list without indices.
    [[], [0, 7, 299]],
    [[], []],
    [[0, 0, 0], Array.from({ length: 67 }, (_, n) => 4 * n)],
  ];
  for (const [step, [ofUsers, ofItems]] of batches.entries()) {
    memory.write(state, stateWords({ ...position, step }));
    write(users, ofUsers);
    write(items, ofItems);
    const chosen = new Set([...ofUsers, ...ofItems.map((row) => 100 + row)]);
    // What nobody reads must not be written, or the product was not done for the subset alone.
    memory.write(y.allocation, new Float32Array(rows * d).fill(7));
    const weights = new Float32Array(rows * d);
    for (const row of chosen) weights.set(randomValues(d, row + 1), row * d);
    memory.write(upstream.allocation, weights);
    program.submit();
    const found = await readFloats(memory, y.allocation, rows * d);
    const expected = Float64Array.from(
      product,
      (value, n) => chosen.has(Math.floor(n / d)) ? value : 7,
    );
    // The sums of a row of several chunks are added whether somebody reads them or not.
    const first = chosen.has(0) ? 0 : d;
    assertClose(found.subarray(first), expected.subarray(first), 2e-6, `step ${step}`);
    const gradient = await readFloats(memory, program.gradient(x)!.allocation, columns * d);
    const derivative = new Float64Array(columns * d);
    for (let row = 0; row < rows; row++) {
      for (let n = matrix.rowStart[row]; n < matrix.rowStart[row + 1]; n++) {
        for (let c = 0; c < d; c++) {
          derivative[matrix.column[n] * d + c] += matrix.value[n] * weights[row * d + c];
        }
      }
    }
    assertClose(gradient, derivative, 2e-6, `gradient of step ${step}`);
  }
  memory.destroy();
}
