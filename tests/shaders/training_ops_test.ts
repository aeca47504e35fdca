import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { uniforms } from "../../data/random.ts";
import { Program } from "../../gpu/program.ts";
import { randomBits, streams, uniformOf } from "../../gpu/random.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { adam, adamSchedule } from "../../shaders/adam/adam.ts";
import { none, rowList } from "../../shaders/gather/gather.ts";
import { LossTerms } from "../../shaders/loss_terms/loss_terms.ts";
import { sampleBatch } from "../../shaders/negatives/negatives.ts";
import { countNonFinite } from "../../shaders/non_finite/non_finite.ts";
import { sumAll, sumColumns } from "../../shaders/reduce/reduce.ts";
import { advanceStep, stateWords, stepState } from "../../shaders/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { assertClose, GarbageMemory, randomValues } from "./op_check.ts";

Deno.test("adam() counts parameters that are not finite", async () => {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "adam");
  const parameter = program.tensor("parameter", 8, 4, { data: new Float32Array(32) });
  const gradient = program.gradientTarget(parameter)!.gradient;
  const rows = { epochStep: 0, epochRows: 1, batchSize: 1 };
  const state = stepState(program, { seed: 0, step: 0, ...rows });
  const { moments, nonFinite, schedule } = adam(program, [parameter], state, { stepsPerEpoch: 1 });
  await program.compile();
  memory.write(moments[0].mean.allocation, new Float32Array(32));
  memory.write(moments[0].variance.allocation, new Float32Array(32));
  memory.write(schedule, adamSchedule(1, 0, 1));
  const values = new Float32Array(32).fill(1);
  memory.write(gradient.allocation, values);
  program.submit();
  const count = async () =>
    new Uint32Array((await readBuffers(memory, [{ allocation: nonFinite }]))[0])[0];
  assertEquals(await count(), 0);
  values[5] = NaN;
  values[30] = Infinity;
  memory.write(gradient.allocation, values);
  program.submit();
  // Two vectors of four hold one.
  assertEquals(await count(), 2);
  memory.destroy();
});

Deno.test("countNonFinite() counts NaN and both infinities, and no number", async () => {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "non-finite");
  const data = new Float32Array(1003).fill(3.4e38);
  data[0] = NaN;
  data[500] = Infinity;
  data[1002] = -Infinity;
  data[7] = -0;
  const total = program.buffer("total", 4, new Uint32Array(1));
  countNonFinite(program, program.tensor("x", 17, 59, { data }), total);
  await program.compile();
  program.submit();
  const [bytes] = await readBuffers(memory, [{ allocation: total }]);
  assertEquals(new Uint32Array(bytes)[0], 3);
  memory.destroy();
});

Deno.test("sumAll() and sumColumns() sum what is there, in every size", async () => {
  for (const rows of [1, 63, 64, 65, 1000, 20_000]) {
    const memory = new GarbageMemory(await testGpu());
    const program = new Program(memory, "sums");
    const columns = 5;
    const data = randomValues(rows * columns, rows);
    const x = program.tensor("x", rows, columns, { data });
    const output = program.buffer("output", 16);
    const count = rows * columns;
    sumAll(program, x, output, 0, { count, scale: 2 });
    sumAll(program, x, output, 1, { count, square: true, squareRoot: true });
    const sums = program.tensor("sums", 1, columns);
    sumColumns(program, x, sums, false);
    sumColumns(program, x, sums, true);
    await program.compile();
    memory.spoil();
    program.submit();
    const found = await readFloats(memory, output, 2);
    let [sum, squares] = [0, 0];
    const byColumn = new Float64Array(columns);
    data.forEach((value, n) => {
      sum += 2 * value;
      squares += value * value;
      byColumn[n % columns] += 2 * value;
    });
    assertAlmostEquals(found[0], sum, 1e-5 * Math.sqrt(squares));
    assertClose([found[1]], [Math.sqrt(squares)], 2e-6, "norm");
    const columnSums = await readFloats(memory, sums.allocation, columns);
    byColumn.forEach((value, c) =>
      assertAlmostEquals(columnSums[c], value, 1e-5 * Math.sqrt(squares))
    );
    memory.destroy();
  }
});

Deno.test("advanceStep() keeps the terms of each step, and shortens the last batch", async () => {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "steps");
  const rows = { epochRows: 10, batchSize: 4 };
  const state = stepState(program, { seed: 9, step: 5, epochStep: 0, ...rows });
  const losses = new LossTerms(program, state);
  const x = program.tensor("x", 4, 1, { data: new Float32Array([1, 2, 3, 4]) });
  losses.add("sum", x, { count: 4 });
  losses.add("mean", x, { count: 4, perBatchRow: true });
  const record = program.buffer("record", 3 * 2 * 4);
  advanceStep(program, losses, record);
  await program.compile();
  for (let step = 0; step < 3; step++) program.submit();
  assertEquals(Array.from(await readFloats(memory, record, 6)), [10, 2.5, 10, 2.5, 10, 5]);
  const [bytes] = await readBuffers(memory, [{ allocation: state, bytes: 24 }]);
  assertEquals(
    new Uint32Array(bytes),
    stateWords({ seed: 9, step: 8, epochStep: 3, ...rows }),
  );
  memory.destroy();
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
  assertEquals(drawn.slice(290).every((count) => count === 0), true);
  memory.destroy();
});
