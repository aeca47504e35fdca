import { assert, assertEquals } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { randomBits, streams, uniformOf } from "../../gpu/random.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { sampleBatch } from "../../shaders/negatives/negatives.ts";
import { stateWords, stepState } from "../../shaders/common/step/step_state.ts";
import { assertAll } from "../assert_each.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { GarbageMemory } from "./op_check.ts";

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

/** What negatives/sample.wgsl computes, word for word. */
function sampled(
  rows: readonly [number, number][],
  taken: ReadonlyMap<number, ReadonlySet<number>>,
  candidates: readonly number[],
  seed: number,
  step: number,
): number[] {
  return rows.map(([user], b) => {
    let candidate = 0;
    for (let draw = 0; draw < 32; draw++) {
      for (const word of randomBits(seed, streams.negatives, step, b * 32 + draw)) {
        const place = Math.floor(Math.fround(uniformOf(word) * candidates.length));
        candidate = Math.min(place, candidates.length - 1);
        if (!taken.get(user)!.has(candidates[candidate])) return candidates[candidate];
      }
    }
    while (taken.get(user)!.has(candidates[candidate])) {
      candidate = (candidate + 1) % candidates.length;
    }
    return candidates[candidate];
  });
}

Deno.test("sampleBatch() draws what its twin draws, and never an item that the user has", async () => {
  const [users, items, epochRows, batchSize] = [40, 300, 700, 256];
  const next = uniforms(4);
  const taken = new Map<number, Set<number>>();
  // Items from 290 on are in nobody's train rows, so they are no candidates.
  const candidates = Array.from({ length: 290 }, (_, n) => n);
  for (let user = 0; user < users; user++) {
    const own = candidates.filter(() => next() < 0.2);
    // The last user has everything but item 77.
    taken.set(user, new Set(user === users - 1 ? candidates.filter((n) => n !== 77) : own));
  }
  const rowStart = new Uint32Array(users + 1);
  const column: number[] = [];
  for (const [user, own] of taken) {
    column.push(...own);
    rowStart[user + 1] = column.length;
  }
  const rows = Array.from({ length: epochRows }, (_, n): [number, number] => {
    const user = n % users;
    const own = [...taken.get(user)!];
    return [user, own[Math.floor(next() * own.length)]];
  });
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "sampling");
  const position = { seed: 11, epochRows, batchSize };
  const state = stepState(program, { ...position, step: 0, epochStep: 0 });
  const lists = ["users", "positives", "negatives"].map((label) =>
    rowList(program, label, batchSize)
  );
  const upload = (label: string, data: Uint32Array) => program.buffer(label, data.byteLength, data);
  sampleBatch(program, { users: lists[0], positives: lists[1], negatives: lists[2] }, {
    order: upload("order", Uint32Array.from(rows.flat())),
    candidates: upload("candidates", Uint32Array.from(candidates)),
    candidateCount: candidates.length,
    rowStart: upload("row start", rowStart),
    items: upload("items", Uint32Array.from(column)),
    state,
  });
  await program.compile();
  const drawn = new Uint32Array(items);
  for (let step = 0; step < 30; step++) {
    const epochStep = step % 3;
    memory.write(state, stateWords({ ...position, step, epochStep }));
    program.submit();
    const found = (await readBuffers(
      memory,
      lists.map(({ allocation }) => ({ allocation })),
    )).map((bytes) => Array.from(new Uint32Array(bytes).slice(0, batchSize)));
    const batch = rows.slice(epochStep * batchSize, (epochStep + 1) * batchSize);
    const missing = Array(batchSize - batch.length).fill(none);
    assertEquals(found[0], [...batch.map(([user]) => user), ...missing]);
    assertEquals(found[1], [...batch.map(([, item]) => item), ...missing]);
    assertEquals(found[2], [...sampled(batch, taken, candidates, 11, step), ...missing]);
    batch.forEach(([user], b) => {
      assert(!taken.get(user)!.has(found[2][b]));
      if (user === users - 1) assertEquals(found[2][b], 77);
      else drawn[found[2][b]]++;
    });
  }
  // 6,800 draws over 290 candidates, each free for four users of five: about 23 each.
  candidates.forEach((item) => assert(drawn[item] > 4 && drawn[item] < 60, `item ${item}`));
  assertAll(drawn.slice(290), 0, "draws of what is no candidate");
  memory.destroy();
});
