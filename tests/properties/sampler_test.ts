import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { rowList } from "../../shaders/gather/row_lists.ts";
import { sampleBatch } from "../../shaders/negatives/negatives.ts";
import { stateWords, stepState } from "../../shaders/common/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { holds } from "./seeded.ts";

const [users, batchSize] = [4, 64];
const candidates = [1, 2, 5, 6, 7, 9, 12, 13];

/** The train items of each user: some, and not all. */
const taken = fc.array(
  fc.subarray(candidates, { minLength: 1, maxLength: candidates.length - 1 }),
  { minLength: users, maxLength: users },
);

Deno.test("sampleBatch() never draws a train item of the user, for any seed and step", async () => {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "sampling");
  const position = { epochStep: 0, epochRows: batchSize, batchSize };
  const batch = {
    users: rowList(program, "users", batchSize),
    positives: rowList(program, "positives", batchSize),
    negatives: rowList(program, "negatives", batchSize),
  };
  const source = {
    order: program.buffer("order", 2 * batchSize * 4),
    candidates: program.buffer("candidates", candidates.length * 4, Uint32Array.from(candidates)),
    candidateCount: candidates.length,
    rowStart: program.buffer("row start", (users + 1) * 4),
    items: program.buffer("items", users * candidates.length * 4),
    state: stepState(program, { seed: 0, step: 0, ...position }),
  };
  sampleBatch(program, batch, source);
  await program.compile();
  const word = fc.nat(2 ** 31);
  await holds(
    20,
    fc.asyncProperty(taken, word, word, async (own, seed, step) => {
      const userOf = (row: number) => row % users;
      const start = new Uint32Array(users + 1);
      own.forEach(({ length }, user) => start[user + 1] = start[user] + length);
      const order = Array.from({ length: batchSize }, (_, row) => [
        userOf(row),
        own[userOf(row)][row % own[userOf(row)].length],
      ]);
      memory.write(source.rowStart, start);
      memory.write(source.items, Uint32Array.from(own.flat()));
      memory.write(source.order, Uint32Array.from(order.flat()));
      memory.write(source.state, stateWords({ seed, step, ...position }));
      program.submit();
      const [found, positives] = await readBuffers(memory, [
        { allocation: batch.negatives.allocation },
        { allocation: batch.positives.allocation },
      ]);
      assertEquals(
        Array.from(new Uint32Array(positives).subarray(0, batchSize)),
        order.map(([, item]) => item),
      );
      new Uint32Array(found).subarray(0, batchSize).forEach((item, row) => {
        assert(candidates.includes(item) && !own[userOf(row)].includes(item), `${row}: ${item}`);
      });
    }),
  );
  memory.destroy();
});
