import { assertEquals, assertRejects } from "@std/assert";
import type { Dataset } from "../../data/dataset.ts";
import { readDataset } from "../../data/folder.ts";
import { InterruptedError } from "../../errors.ts";
import { mmgf } from "../../models/mmgf/mmgf.ts";
import { measureYardstick, yardstickModel } from "../../recommender/yardstick.ts";
import { train } from "../../recommender/train.ts";
import { testGpu } from "../gpu/test_gpu.ts";

const gpu = await testGpu();
const sample = await readDataset(`${await Deno.makeTempDir()}/sample`);

Deno.test("yardstickModel() is what the dataset allows", () => {
  const wide = { name: "image", rows: 600, columns: 1_000_000 };
  const busy = { users: new Uint32Array(100_000), items: new Uint32Array(100_000) };
  const cases: [Partial<Record<keyof Dataset, unknown>>, string | undefined][] = [
    [{}, "mmgf"],
    [{ modalities: [] }, "turbocf"],
    [{ modalities: [wide] }, "turbocf"],
    [{ train: busy }, undefined],
    [{ valid: { users: new Uint32Array(), items: new Uint32Array() } }, undefined],
  ];
  for (const [changes, expected] of cases) {
    assertEquals(yardstickModel({ ...sample, ...changes } as Dataset)?.name, expected);
  }
});

Deno.test("measureYardstick() gives what training that model without a search does, and keeps it by the data", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const notes: string[] = [];
    const cache = { folder, note: (text: string) => notes.push(text) };
    const computed = (text: string) => text.startsWith("Computing mmgf as a yardstick");
    // As a run that is resumed asks: it computes none.
    const kept = { gpu, dataset: sample, cache, isKeptOnly: true };
    assertEquals(await measureYardstick(kept), undefined);
    const measured = await measureYardstick({ gpu, dataset: sample, cache });
    assertEquals(await measureYardstick(kept), measured);
    await using trained = await train(sample, mmgf, { gpu, settings: { search: "none" } });
    assertEquals(measured, { model: "mmgf", recall: trained.validation["recall@20"] });
    assertEquals(notes.filter(computed).length, 1);
    assertEquals(await measureYardstick({ gpu, dataset: sample, cache }), measured);
    assertEquals(notes.filter(computed).length, 1);
    // Other train rows are other data.
    const { users, items } = sample.train;
    const fewer = { ...sample, train: { users: users.subarray(1), items: items.subarray(1) } };
    await measureYardstick({ gpu, dataset: fewer, cache });
    assertEquals(notes.filter(computed).length, 2);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("measureYardstick() ends where it is told to", async () => {
  const job = { gpu, dataset: sample, signal: AbortSignal.abort() };
  await assertRejects(() => measureYardstick(job), InterruptedError);
});
