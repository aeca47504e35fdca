import { assertEquals } from "@std/assert";
import { exists } from "../../data/exists.ts";
import { readDataset } from "../../data/folder.ts";
import { trainedSettings } from "../../models/define_model.ts";
import { smore } from "../../models/smore/smore.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { Training } from "../../training/training.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { madeRecord } from "./records.ts";

Deno.test("a run of before its model told of its inside goes on without diagnostics", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const dataset = await readDataset(`${folder}/sample`);
    const gpu = await testGpu();
    const settings = trainedSettings(smore, { dim: 4, batch: 8192, layers: 1, neighbours: "2" });
    const notes: string[] = [];
    const trained = async (run: RunFolder, epochs: number, resume: boolean) => {
      const job = { gpu, dataset, definition: smore, settings, seed: 0, epochs };
      const training = await Training.plan({ ...job, note: (text) => notes.push(text) });
      try {
        await training.compile();
        return await training.runUntested(run, { resume });
      } finally {
        training.close();
      }
    };
    const run = await RunFolder.create(`${folder}/run`, madeRecord(), {});
    const first = await trained(run, 1, false);
    assertEquals(first.diagnostics.length, 1);
    assertEquals(Object.keys(first.diagnostics[0].tables), [
      "preference of users",
      "preference of items",
    ]);
    await Deno.remove(`${run.path}/diagnostics.jsonl`);
    for (const epochs of [2, 3]) {
      notes.length = 0;
      const { lines, diagnostics } = await trained(run, epochs, true);
      assertEquals([lines.length, diagnostics], [epochs, []]);
      assertEquals(notes.filter((note) => note.includes("goes on without")).length, 1);
      assertEquals(await exists(`${run.path}/diagnostics.jsonl`), false);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
