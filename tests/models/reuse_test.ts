import { assert, assertEquals } from "@std/assert";
import { ScoredModel } from "../../evaluation/scored_model.ts";
import { Memory } from "../../gpu/memory.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { beginEpoch, buildTrainingStep } from "../../training/session.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { type TrainedCase, trainedCases } from "./trained_cases.ts";

/** Writes NaN over all that buffers share. */
function poison(memory: Memory): void {
  for (const buffer of memory.shared) {
    const words = new Uint32Array(buffer.size / 4).fill(0x7fc00000);
    memory.gpu.device.queue.writeBuffer(buffer, 0, words);
  }
}

/** Trains an epoch, represents and ranks; `before` is called before each program runs. */
async function trained(
  { dataset, settings, build }: TrainedCase,
  memory: Memory,
  before: (memory: Memory) => void,
) {
  try {
    const model = await build(memory);
    const training = buildTrainingStep(memory, model, dataset, settings);
    const scored = new ScoredModel(memory, dataset, model);
    const { diagnostics } = scored;
    for (const split of ["valid", "test"] as const) scored.planRanking(split, "train");
    const { bytes, bytesWithoutReuse } = memory;
    await training.program.compile();
    await scored.compile();
    model.onEpoch?.(0);
    beginEpoch(memory, training, { seed: 1, epoch: 0, epochStep: 0 }, settings);
    for (let step = 0; step < training.stepsPerEpoch; step++) {
      before(memory);
      training.program.submit();
    }
    before(memory);
    scored.represent();
    const ranks: Uint32Array[] = [];
    for (const split of ["valid", "test"] as const) {
      before(memory);
      ranks.push((await scored.rank(split, "train")).ranks);
    }
    // Planned when all else has its memory.
    const users = Uint32Array.of(7, 1);
    for await (const { items } of scored.bestItems(users, { k: 9, seen: ["train"] })) {
      before(memory);
      ranks.push(items);
    }
    const tables = [...model.parameters, ...diagnostics.map(({ table }) => table)];
    const state = await readBuffers(memory, [
      { allocation: training.record },
      ...tables.map(({ allocation }) => ({ allocation })),
    ]);
    const names = [
      "losses",
      ...tables.map(({ label }) => label),
      "valid ranks",
      "test ranks",
      "a list",
      "another list",
    ];
    return {
      bytes,
      bytesWithoutReuse,
      names,
      found: [...state.map((buffer) => new Uint32Array(buffer)), ...ranks],
    };
  } finally {
    memory.destroy();
  }
}

for (const one of trainedCases) {
  Deno.test(`${one.name} gives the same bytes whatever its shared memory holds before a program`, async () => {
    const gpu = await testGpu();
    const alone = await trained(one, new Memory(gpu), () => {});
    const poisoned = await trained(one, new Memory(gpu, { reuse: true }), poison);
    assertEquals(alone.bytes, alone.bytesWithoutReuse);
    assertEquals(poisoned.bytesWithoutReuse, alone.bytes);
    assert(poisoned.bytes < 0.8 * alone.bytes, `${poisoned.bytes} of ${alone.bytes} bytes`);
    const differing = alone.names.filter((_, n) =>
      alone.found[n].some((word, at) => word !== poisoned.found[n][at])
    );
    assertEquals(differing, []);
  });
}
