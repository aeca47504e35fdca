import { assert, assertEquals } from "@std/assert";
import { ScoredModel } from "../../../evaluation/scored_model.ts";
import { Memory } from "../../../gpu/memory.ts";
import { isTrained } from "../../../models/define_model.ts";
import { modelNamed } from "../../../models/registry.ts";
import { resolveSettings } from "../../../models/settings.ts";
import { randomInteractions } from "../../reference/filters.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { dataset } from "./filter_case.ts";

const { users, items } = dataset;
const held = { ...dataset, valid: randomInteractions(users, items, 0.1, 3).pairs };

/** The ranks and two lists of a filter, with the memory that programs share full of NaN before each. */
async function found(name: string, settings: Record<string, unknown>, reuse: boolean) {
  const definition = modelNamed(name);
  if (isTrained(definition)) throw new Error(`"${name}" is trained`);
  const memory = new Memory(await testGpu(), { reuse });
  const poison = () => {
    for (const buffer of memory.shared) {
      const words = new Uint32Array(buffer.size / 4).fill(0x7fc00000);
      memory.gpu.device.queue.writeBuffer(buffer, 0, words);
    }
  };
  try {
    const context = { memory, dataset: held, seed: 0 };
    const resolved = resolveSettings(definition.settings, settings);
    const model = await definition.compute({ ...context, settings: resolved });
    const scored = new ScoredModel(memory, held, model);
    scored.planRanking("valid", "train");
    await scored.compile();
    scored.represent();
    poison();
    const { ranks } = await scored.rank("valid", "train");
    const lists = scored.bestItems(Uint32Array.of(7, 1), { k: 9, seen: ["train"] });
    const found = [ranks];
    for await (const { items } of lists) {
      poison();
      found.push(items);
    }
    return { found, shared: memory.shared.length };
  } finally {
    memory.destroy();
  }
}

const cases: readonly (readonly [string, Record<string, unknown>])[] = [
  ["gfcf", { eigenpairs: 6 }],
  ["turbocf", { order: 1 }],
  ["turbocf", { order: 3 }],
  ["chebycf", { eigenpairs: 6 }],
  ["mmgf", {}],
];

for (const [name, settings] of cases) {
  Deno.test(`${name} ${JSON.stringify(settings)} gives the same whatever shared memory holds`, async () => {
    const alone = await found(name, settings, false);
    const shared = await found(name, settings, true);
    assertEquals(shared.found, alone.found);
    assert(shared.shared > 0);
  });
}
