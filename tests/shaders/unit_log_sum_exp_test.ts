import { assert, assertThrows } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { reshape } from "../../shaders/columns/reshape.ts";
import { gather, none, rowList } from "../../shaders/gather/gather.ts";
import { normaliseRows } from "../../shaders/row_norm/row_norm.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { unitLogSumExpRows } from "../../shaders/unit_log_sum_exp/unit_log_sum_exp.ts";
import { testDevices, testGpu } from "../gpu/test_gpu.ts";
import { checkOp } from "./op_check.ts";

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
    const bytes = [4096, 8192, 16384].map((length) => {
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
