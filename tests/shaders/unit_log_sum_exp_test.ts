import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Gpu } from "../../gpu/gpu.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { reshape } from "../../shaders/columns/reshape.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { normaliseRows } from "../../shaders/row_norm/row_norm.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { unitLogSumExpRows } from "../../shaders/unit_log_sum_exp/unit_log_sum_exp.ts";
import { testDevices, testGpu } from "../gpu/test_gpu.ts";
import { assertClose, checkOp, GarbageMemory, randomValues } from "./op_check.ts";

const count = (length: number, different: number) =>
  Array.from({ length }, (_, n) => n % different);

Deno.test("unitLogSumExpRows() is right forward and backward for repeated rows and short batches", async () => {
  const cases = [
    { list: [2, 1, 2, 2, none], factor: 1, d: 4, scale: 5 },
    { list: [3, 3, 0, 1, none, none, 2, 3], factor: 2, d: 4, scale: 20 },
    { list: count(33, 17), factor: 3, d: 8, scale: 5 },
    { list: count(300, 260), factor: 1, d: 8, scale: 5 },
    { list: count(300, 256), factor: 1, d: 8, scale: 5 },
    { list: [...count(300, 90), none], factor: 4, d: 8, scale: 5 },
    { list: count(600, 600), factor: 1, d: 12, scale: 5 },
  ];
  for (const { list, factor, d, scale } of cases) {
    const nodes = Math.max(...list.filter((row) => row !== none)) + 1;
    await checkOp({
      inputs: [{ rows: nodes, columns: factor * d }],
      build(program, [table]) {
        const rows = rowList(program, "list", list.length, Uint32Array.from(list));
        const unique = uniqueRows(program, rows);
        const wide = gather(program, gather(program, table, rows), unique.first);
        const x = normaliseRows(program, reshape(program, wide, d));
        return unitLogSumExpRows(program, x, unique, scale);
      },
      twin([table]) {
        const different = [...new Set(list.filter((row) => row !== none))].sort((a, b) => a - b);
        const x = different.flatMap((node) =>
          Array.from({ length: factor }, (_, part) => {
            const row = table.subarray((node * factor + part) * d, (node * factor + part + 1) * d);
            const length = Math.hypot(...row);
            const times = list.filter((other) => other === node).length;
            return { row: row.map((value) => value / length), times };
          })
        );
        const y = new Float64Array(list.length * factor);
        x.forEach(({ row }, i) =>
          y[i] = Math.log(x.reduce((sum, other) => {
            const cosine = row.reduce((dot, value, c) => dot + value * other.row[c], 0);
            return sum + other.times * Math.exp(scale * cosine);
          }, 0))
        );
        return y;
      },
      forwardError: 5e-6,
      gradientError: 2e-4,
      gradientGroups: 6,
      hardware: true,
    });
  }
});

/** The devices, and hardware with the least workgroup memory of WebGPU. */
async function devices(): Promise<readonly Gpu[]> {
  const known = await testDevices();
  const hardware = known.at(-1)!;
  const limits = { ...hardware.limits, maxComputeWorkgroupStorageSize: 16384 };
  return [...known, { ...hardware, limits }];
}

Deno.test("unitLogSumExpRows() is right where there are many strips, and bands of several tiles", async () => {
  const [nodes, d, scale] = [4200, 4, 5];
  const length = nodes + 8;
  const values = randomValues(length * d, 1);
  for (let row = 0; row < length; row++) {
    const own = values.subarray(row * d, (row + 1) * d);
    own.set(own.map((value) => value / Math.hypot(...own)));
  }
  const weights = randomValues(length, 2).fill(0, nodes);
  const expected = unitTwin(values.subarray(0, nodes * d), weights, d, scale);
  for (const gpu of await devices()) {
    const memory = new GarbageMemory(gpu);
    const program = new Program(memory, "many rows");
    const list = Uint32Array.from({ length }, (_, n) => n < nodes ? n : none);
    const unique = uniqueRows(program, rowList(program, "list", length, list));
    const x = program.tensor("x", length, d, { data: values });
    const y = unitLogSumExpRows(program, x, unique, scale);
    const upstream = program.gradientTarget(y)!.gradient;
    program.backward();
    await program.compile();
    memory.spoil();
    memory.write(upstream.allocation, weights);
    program.submit();
    const found = await readFloats(memory, y.allocation, length);
    const gradient = await readFloats(memory, program.gradient(x)!.allocation, length * d);
    assertClose(found.subarray(0, nodes), expected.y, 1e-6, "y");
    assertClose(gradient.subarray(0, nodes * d), expected.gradient, 1e-5, "gradient");
    const beyond = [...found.subarray(nodes), ...gradient.subarray(nodes * d)];
    assertEquals(beyond, beyond.map(() => 0));
    memory.destroy();
  }
});

/** The logarithms and their gradient in f64, for rows of length 1 that count once. */
function unitTwin(
  x: Float32Array,
  weights: Float32Array,
  d: number,
  scale: number,
): { y: Float64Array; gradient: Float64Array } {
  const rows = Array.from({ length: x.length / d }, (_, i) => x.subarray(i * d, (i + 1) * d));
  const power = (i: number, j: number) => {
    let cosine = 0;
    for (let c = 0; c < d; c++) cosine += rows[i][c] * rows[j][c];
    return Math.exp(scale * cosine);
  };
  const sums = Float64Array.from(rows, (_, i) => {
    let sum = 0;
    for (let j = 0; j < rows.length; j++) sum += power(i, j);
    return sum;
  });
  const gains = sums.map((sum, i) => weights[i] / sum);
  const gradient = new Float64Array(x.length);
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < rows.length; j++) {
      const weight = scale * power(i, j) * (gains[i] + gains[j]);
      for (let c = 0; c < d; c++) gradient[i * d + c] += weight * rows[j][c];
    }
  }
  return { y: sums.map(Math.log), gradient };
}

Deno.test("unitLogSumExpRows() refuses scales whose powers would vanish", async () => {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "scales");
  const unique = uniqueRows(program, rowList(program, "list", 3));
  assertThrows(
    () => unitLogSumExpRows(program, program.tensor("x", 3, 4), unique, 21),
    Error,
    "at the scale 21",
  );
  assertThrows(
    () => unitLogSumExpRows(program, program.tensor("x", 3, 5), unique, 1),
    Error,
    "rows of 5 columns",
  );
});

Deno.test("unitLogSumExpRows() takes memory in proportion to its rows, not to their pairs", async () => {
  for (const gpu of await testDevices()) {
    const bytes = [8192, 16384, 32768].map((length) => {
      const memory = new Memory(gpu);
      const program = new Program(memory, "rows");
      const unique = uniqueRows(program, rowList(program, "list", length));
      const x = program.tensor("x", length, 64);
      program.gradientTarget(unitLogSumExpRows(program, x, unique, 5));
      program.backward();
      return memory.bytes;
    });
    assert(bytes[1] <= 2 * bytes[0] && bytes[2] <= 2 * bytes[1], `${bytes}`);
  }
});
