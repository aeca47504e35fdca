import { assertEquals } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { randomBits, streams, uniformOf } from "../../gpu/random.ts";
import { readFloats } from "../../gpu/readback.ts";
import { bandMask } from "../../shaders/band_mask/band_mask.ts";
import { stackTables } from "../../shaders/columns/stack.ts";
import { differenceLoss } from "../../shaders/difference_loss/difference_loss.ts";
import { none, rowList } from "../../shaders/gather/gather.ts";
import { halvesDot } from "../../shaders/halves_dot/halves_dot.ts";
import { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { normRatio } from "../../shaders/norm_ratio/norm_ratio.ts";
import { normaliseGrid } from "../../shaders/row_norm/row_norm.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkLoss, checkOp } from "./op_check.ts";

Deno.test("stackTables() is right forward and backward, with zeros below", async () => {
  for (const [upper, lower, rows, columns] of [[1, 1, 2, 1], [65, 3, 70, 4], [3, 64, 67, 5]]) {
    await checkOp({
      inputs: [{ rows: upper, columns }, { rows: lower, columns }],
      build: (program, parts) => stackTables(program, parts, rows),
      twin([a, b]) {
        const y = new Float64Array(rows * columns);
        y.set(a);
        y.set(b, a.length);
        return y;
      },
    });
  }
});

Deno.test("normaliseGrid() takes blocks of columns", async () => {
  for (const [rows, d] of [[1, 4], [70, 8], [65, 3]]) {
    await checkOp({
      inputs: [{ rows, columns: 3 * d }],
      build: (program, [table]) =>
        normaliseGrid(
          program,
          [[{ table, column: 2 * d, columns: d }, { table, column: d, columns: d }]],
          "grid",
        ),
      twin: ([x]) =>
        Float64Array.from(
          Array.from({ length: rows }, (_, row) =>
            [2, 1].flatMap((block) => {
              const start = (3 * row + block) * d;
              const part = Array.from(x.subarray(start, start + d));
              return part.map((value) => value / Math.hypot(...part));
            })).flat(),
        ),
      gradientError: 1e-4,
    });
  }
});

Deno.test("normRatio() is right forward and backward", async () => {
  for (const [rows, columns] of [[1, 1], [65, 3], [130, 8]]) {
    await checkOp({
      inputs: [{ rows, columns }, { rows, columns }],
      build: (program, [p, q]) => normRatio(program, p, q, 3),
      twin: ([p, q]) =>
        Float64Array.from({ length: rows }, (_, row) => {
          const norm = (x: Float64Array) =>
            Math.hypot(...x.subarray(row * columns, (row + 1) * columns));
          return (3 * norm(p) + 1e-6) / (norm(q) + 1e-6);
        }),
      gradientError: 1e-4,
    });
  }
});

Deno.test("halvesDot() is right forward and backward", async () => {
  for (const [rows, half] of [[1, 1], [65, 3], [130, 8]]) {
    await checkOp({
      inputs: [{ rows, columns: 2 * half }],
      build: (program, [x]) => halvesDot(program, x),
      twin: ([x]) =>
        Float64Array.from({ length: rows }, (_, row) => {
          const start = 2 * row * half;
          return x.subarray(start, start + half)
            .reduce((sum, value, c) => sum + value * x[start + half + c], 0);
        }),
    });
  }
});

Deno.test("differenceLoss() pulls to a target that stays", async () => {
  for (const [rows, columns] of [[1, 1], [65, 3], [300, 8]]) {
    await checkLoss({
      inputs: [{ rows, columns }, { rows, columns, differentiable: false }],
      build: (losses, [x, target]) => differenceLoss(losses, x, target, 0.3, "difference"),
      twin: ([x, target]) =>
        0.3 * x.reduce((sum, value, n) => sum + (value - target[n]) ** 2, 0) / (rows * columns),
    });
  }
  // The target's gradient is stopped even where it could take one.
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "stopped");
  const state = stepState(program, {
    seed: 0,
    step: 0,
    epochStep: 0,
    epochRows: 2,
    batchSize: 2,
  });
  const [x, target] = [0, 1].map((n) => program.tensor(`${n}`, 2, 2));
  differenceLoss(new LossTerms(program, state), x, target, 1, "difference");
  program.backward();
  assertEquals(program.gradient(target), undefined);
});

Deno.test("bandMask() draws by node and step, and keeps a band of each node", async () => {
  const [seed, step, rate] = [3, 5, 0.6];
  for (const bands of [1, 3, 5]) {
    const lists = [[0, 7, 7, none], Array.from({ length: 300 }, (_, n) => n)];
    const memory = new Memory(await testGpu());
    const program = new Program(memory, "mask");
    const position = { epochStep: 0, epochRows: 1, batchSize: 1 };
    const state = stepState(program, { seed, step, ...position });
    const nodes = lists.map((rows) =>
      rowList(program, "nodes", rows.length, Uint32Array.from(rows))
    );
    const mask = bandMask(program, { lists: nodes, firstNode: 11 }, bands, rate, state);
    await program.compile();
    program.submit();
    const found = await readFloats(memory, mask.allocation, mask.rows * bands);
    const scale = Math.fround(1 / (1 - Math.fround(rate)));
    const expected = lists.flat().flatMap((row) => {
      if (row === none) return Array(bands).fill(0);
      const fours = Math.ceil(bands / 4);
      const kept = Array.from({ length: bands }, (_, b) => {
        const index = (11 + row) * fours + Math.floor(b / 4);
        const bits = randomBits(seed, streams.bandMasks, step, index);
        return Number(uniformOf(bits[b % 4]) >= Math.fround(rate));
      });
      if (!kept.includes(1)) kept[0] = 1;
      return kept.map((keeps) => keeps * scale);
    });
    found.forEach((value, n) => assertEquals(Math.abs(value - expected[n]) < 1e-6, true));
    memory.destroy();
  }
});
