import { assertEquals } from "@std/assert";
import { Memory } from "../../../gpu/memory.ts";
import { Program } from "../../../gpu/program.ts";
import { beginEpoch, buildTrainingStep } from "../../../training/session.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { unwrittenPlaces } from "../../gpu/unwritten.ts";
import { trainedCases } from "../trained_cases.ts";

for (const { name, dataset, settings, build } of trainedCases) {
  Deno.test(`launches of ${name} write all of the buffers that they do not call partial`, async () => {
    const memory = new Memory(await testGpu());
    const model = await build(memory);
    const training = buildTrainingStep(memory, model, dataset, settings);
    const representing = new Program(memory, "representation");
    model.represent(representing);
    model.diagnose?.(representing);
    await training.program.compile();
    await representing.compile();
    model.onEpoch?.(0);
    // The last batch is a short one.
    for (const epochStep of [0, training.stepsPerEpoch - 1]) {
      beginEpoch(memory, training, { seed: 1, epoch: 0, epochStep }, settings);
      assertEquals(await unwrittenPlaces(training.program), []);
    }
    assertEquals(await unwrittenPlaces(representing), []);
    memory.destroy();
  });
}
