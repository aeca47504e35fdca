import { assertAlmostEquals } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { randomBits, streams, uniformOf } from "../../gpu/random.ts";
import { readFloats } from "../../gpu/readback.ts";
import { bandMask } from "../../shaders/band_mask/band_mask.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";

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
    found.forEach((value, n) => assertAlmostEquals(value, expected[n], 1e-6));
    memory.destroy();
  }
});
