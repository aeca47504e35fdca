import { assert, assertEquals } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats, streamRows } from "../../gpu/readback.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { Parameters } from "../../models/parameters.ts";
import { adam, adamSchedule } from "../../shaders/adam/adam.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { add, unary } from "../../shaders/elementwise/elementwise.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { propagateSum } from "../../shaders/spmm/propagate.ts";
import { rowSubset } from "../../shaders/spmm/row_subset.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse, writeValues } from "../../shaders/spmm/upload.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { randomSparse } from "../reference/sparse.ts";
import { randomValues } from "./op_check.ts";

const gpu = await testGpu();
const [nodes, columns, batch] = [230, 64, 40];

async function rowsOf(memory: Memory, table: Tensor): Promise<number[]> {
  const values: number[] = [];
  for await (const block of streamRows(memory, table, 0, table.rows)) {
    values.push(...new Float32Array(block.slice().buffer));
  }
  return values;
}

/** Two steps of a network with all ops that take tables cut by columns, on a device with such bindings. */
async function stepsWith(limit: number) {
  const limits = { ...gpu.limits, maxStorageBufferBindingSize: limit };
  const memory = new Memory({ ...gpu, limits }, { reuse: true });
  const parameters = new Parameters(memory);
  const table = parameters.addEmbeddings(
    ...["table", nodes, columns, randomValues(nodes * columns, 1)] as const,
  );
  // A hub, empty rows, and a matrix that is not its own transpose.
  const matrix = randomSparse(nodes, nodes, 0.1, 3, true);
  const operator = uploadSparse(memory, "A", matrix);
  const program = new Program(memory, "steps");
  const position = { seed: 0, step: 0, epochStep: 0, epochRows: 1, batchSize: batch };
  const state = stepState(program, position);
  const places = Uint32Array.from({ length: batch }, (_, n) => n % 7 === 6 ? none : n * n % nodes);
  const list = rowList(program, "rows", batch, places);
  const distinct = {
    ...rowList(program, "others", 9, Uint32Array.of(3, none, 5, 0, 229, 77, 78, 79, 80)),
    distinct: true,
  };
  const subset = rowSubset(program, nodes, [{ list, firstRow: 0 }], state);
  const sum = propagateSum(program, operator, table, 3, 0.25, subset);
  const twice = unary(program, "affine", table, { alpha: 2, beta: 1 });
  const mixed = add(program, spmm(program, operator, twice), table, { beta: -0.5 });
  const outputs = [gather(program, sum, list), gather(program, mixed, distinct)];
  for (const { allocation } of [mixed, ...outputs]) memory.keep(allocation);
  for (const output of outputs) {
    const { gradient } = program.gradientTarget(output)!;
    memory.keep(gradient.allocation);
  }
  program.backward();
  const { schedule, moments, nonFinite } = adam(program, parameters.all, state, {
    stepsPerEpoch: 1,
  });
  const { transposed, matrix: { blocks } } = operator;
  await program.compile();
  memory.write(schedule, adamSchedule(0.01, 0, 1));
  outputs.forEach((output, n) => {
    const { allocation } = program.gradient(output)!;
    memory.write(allocation, randomValues(output.rows * columns, n + 5));
  });
  program.submit();
  // Other values for the entries, wherever they are.
  writeValues(memory, operator.matrix, matrix.value.map((value) => 0.5 * value));
  writeValues(memory, transposed, matrix.value.map((value) => 0.25 * value));
  program.submit();
  const found = {
    table: await rowsOf(memory, table),
    mixed: await rowsOf(memory, mixed),
    mean: await rowsOf(memory, moments[0].mean),
    outputs: await Promise.all(outputs.map(({ allocation }) => readFloats(memory, allocation))),
    nonFinite: await readFloats(memory, nonFinite),
  };
  const shape = { slices: table.sliceColumns, blocks: blocks.length };
  memory.destroy();
  return { found, shape };
}

Deno.test("tables in slices and entries in blocks give the bytes that they give whole", async () => {
  const whole = await stepsWith(gpu.limits.maxStorageBufferBindingSize);
  assertEquals(whole.shape, { slices: undefined, blocks: 1 });
  assert(whole.found.table.every(Number.isFinite));
  for (
    const [limit, slices] of [
      [nodes * columns * 4 - 16, 32],
      [nodes * 16 * 4 + 5000, 16],
      [nodes * 12 * 4 + 500, 12],
    ]
  ) {
    const cut = await stepsWith(limit);
    assertEquals(cut.shape.slices, slices);
    assert(limit > 50_000 || cut.shape.blocks > 1, `${cut.shape.blocks} blocks`);
    assertEquals(cut.found, whole.found);
  }
});
