import { assert, assertEquals } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { rowList } from "../../shaders/gather/gather.ts";
import { sampleBatch } from "../../shaders/negatives/negatives.ts";
import { stepState } from "../../shaders/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";

/** The negatives that users draw who have all candidates but a few. */
async function drawn(
  candidates: Uint32Array,
  free: readonly (readonly number[])[],
  batchSize: number,
): Promise<number[][]> {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "sampling");
  const upload = (label: string, data: Uint32Array) => program.buffer(label, data.byteLength, data);
  const taken = free.map((items) => candidates.filter((item) => !items.includes(item)));
  const rowStart = new Uint32Array(free.length + 1);
  taken.forEach(({ length }, user) => rowStart[user + 1] = rowStart[user] + length);
  const order = Uint32Array.from({ length: 2 * batchSize }, (_, n) => {
    const user = (n >> 1) % free.length;
    return n % 2 === 0 ? user : taken[user][0];
  });
  const position = { epochStep: 0, epochRows: batchSize, batchSize };
  const batch = {
    users: rowList(program, "users", batchSize),
    positives: rowList(program, "positives", batchSize),
    negatives: rowList(program, "negatives", batchSize),
  };
  sampleBatch(program, batch, {
    order: upload("order", order),
    candidates: upload("candidates", candidates),
    candidateCount: candidates.length,
    rowStart: upload("row start", rowStart),
    items: upload("items", Uint32Array.from(taken.flatMap((items) => Array.from(items)))),
    state: stepState(program, { seed: 1, step: 0, ...position }),
  });
  await program.compile();
  program.submit();
  const [bytes] = await readBuffers(memory, [{ allocation: batch.negatives.allocation }]);
  const found = new Uint32Array(bytes);
  memory.destroy();
  return free.map((_, user) =>
    Array.from(found.slice(0, batchSize).filter((_, n) => n % free.length === user))
  );
}

Deno.test("sampleBatch() finds the one item that a user lacks, however far it is", async () => {
  // Every third item is a candidate, and a scan from a random place would take thousands of turns.
  const candidates = Uint32Array.from({ length: 30_000 }, (_, n) => 3 * n);
  const free = [0, 1, 14_999, 29_998, 29_999].map((place) => [candidates[place]]);
  const found = await drawn(candidates, free, 200);
  found.forEach((items, user) => assertEquals(items, items.map(() => free[user][0])));
});

Deno.test("sampleBatch() finds the next of a few items that a user lacks, also beyond the end", async () => {
  const candidates = Uint32Array.from({ length: 20_000 }, (_, n) => n);
  const free = [[7, 8, 12_000], [0, 10_000]];
  const found = await drawn(candidates, free, 400);
  found.forEach((items, user) => {
    assertEquals(items.filter((item) => !free[user].includes(item)), []);
    // Those with a wide gap before them are the next of most places; the first one beyond the end.
    for (const next of [free[user][0], free[user].at(-1)!]) {
      assert(items.filter((item) => item === next).length > 50, `user ${user} lacks item ${next}`);
    }
  });
});
