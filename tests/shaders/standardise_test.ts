import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { standardiseRows } from "../../shaders/standardise/standardise.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { assertClose, randomValues } from "./op_check.ts";
import { randomLists, uploadLists } from "./row_lists.ts";

interface Case {
  readonly x: Float32Array;
  readonly lists: readonly number[][];
  readonly columns: number;
  readonly stride: number;
  readonly how?: { weight: number; accumulate: boolean };
  /** What y holds before. */
  readonly before?: number;
}

async function found({ x, lists, columns, stride, how, before = NaN }: Case) {
  const memory = new Memory(await testGpu());
  try {
    const program = new Program(memory, "standardise");
    const tensor = program.tensor("x", lists.length, stride, { data: x });
    const data = new Float32Array(x.length).fill(before);
    const y = program.tensor("y", lists.length, stride, { data });
    standardiseRows(program, tensor, uploadLists(program, lists), columns, y, how);
    await program.compile();
    program.submit();
    const padded = await readFloats(memory, y.allocation, x.length);
    const isPadding = (at: number) => at % stride >= columns;
    const left = await readFloats(memory, tensor.allocation, x.length);
    assertEquals(left.filter((_, at) => !isPadding(at)), x.filter((_, at) => !isPadding(at)));
    return padded.map((z, at) => isPadding(at) ? 0 : z);
  } finally {
    memory.destroy();
  }
}

/** In f64. */
function twin({ x, lists, columns, stride, how, before = 0 }: Case): Float64Array {
  const { weight, accumulate } = how ?? { weight: 1, accumulate: false };
  const y = new Float64Array(x.length);
  lists.forEach((list, p) => {
    const row = Float64Array.from(x.subarray(p * stride, p * stride + columns));
    const candidates = row.filter((_, i) => !list.includes(i));
    const mean = candidates.reduce((sum, value) => sum + value, 0) / candidates.length;
    const squares = candidates.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / candidates.length);
    for (let i = 0; i < columns; i++) {
      const z = deviation > 0 ? (row[i] - mean) / deviation : 0;
      y[p * stride + i] = weight * z;
    }
    if (accumulate) { for (let i = 0; i < columns; i++) y[p * stride + i] += before; }
  });
  return y;
}

Deno.test("standardiseRows() agrees with f64, stored and added, with padding that is no number", async () => {
  const next = uniforms(1);
  for (const [rows, columns] of [[1, 3], [65, 63], [64, 64], [7, 65], [3, 1000], [2, 20_001]]) {
    const stride = Math.ceil(columns / 4) * 4;
    const x = randomValues(rows * stride, columns).map((value, at) =>
      at % stride < columns ? 3 * value + 10 : NaN
    );
    // A list of all columns leaves no candidate, which is a case of its own.
    const lists = randomLists(rows, columns, next).map((list) => list.slice(0, columns - 2));
    for (const how of [undefined, { weight: -0.3, accumulate: true }]) {
      const one = { x, lists, columns, stride, how, before: how && 0.5 };
      assertClose(await found(one), twin(one), 1e-5, `${rows}×${columns}, ${how?.weight}`);
    }
  }
});

Deno.test("standardiseRows() gives zeros where all candidates are alike, whatever the others are", async () => {
  const [columns, stride] = [70, 72];
  const x = new Float32Array(4 * stride).fill(0.1);
  // The listed ones differ; of the last two rows one and no column is left.
  for (const i of [0, 1, 69]) x[i] = 1e6;
  for (let i = 0; i < columns; i++) x[2 * stride + i] = x[3 * stride + i] = i;
  const all = Array.from({ length: columns }, (_, i) => i);
  const lists = [[0, 1, 69], [], all.filter((i) => i !== 33), all];
  const y = await found({ x, lists, columns, stride });
  assertEquals([...y], Array(4 * stride).fill(0));
});

Deno.test("standardiseRows() keeps to the range of f32 for scores of any size", async () => {
  const [columns, stride] = [40, 40];
  for (const scale of [1e-30, 1e-6, 1e25]) {
    const x = randomValues(columns, 5).map((value) => scale * value);
    const one = { x, lists: [[3, 4]], columns, stride };
    assertClose(await found(one), twin(one), 1e-5, String(scale));
  }
});

Deno.test("standardiseRows() gives mean 0 and deviation 1 to scores far from 0", async () => {
  const [columns, stride] = [5000, 5000];
  const x = randomValues(columns, 6).map((value) => 1000 + value);
  const y = await found({ x, lists: [[]], columns, stride });
  assertAlmostEquals(y.reduce((sum, z) => sum + z, 0) / columns, 0, 1e-5);
  assertAlmostEquals(y.reduce((sum, z) => sum + z * z, 0) / columns, 1, 1e-5);
});

Deno.test("standardiseRows() refuses tensors and lists that do not match", async () => {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "standardise");
  const x = program.tensor("x", 2, 8);
  const lists = uploadLists(program, [[0], [1]]);
  for (const [rows, columns] of [[1, 8], [2, 4]]) {
    const y = program.tensor("small", rows, columns);
    assertThrows(() => standardiseRows(program, x, lists, 8, y), Error, '"small" is');
  }
  const y = program.tensor("y", 2, 8);
  const fewer = uploadLists(program, [[0]]);
  assertThrows(() => standardiseRows(program, x, fewer, 8, y), Error, "1 lists");
  assertThrows(() => standardiseRows(program, x, lists, 9, y), Error, "expected 2×8 by fours");
  memory.destroy();
});
