import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { withKernels } from "../../gpu/kernel_choices.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { train } from "../../recommender/train.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { asRecorded, parseRecord, recordText, runKey } from "../../training/run_record.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { shop, small, withFolder } from "./shop.ts";

Deno.test("a run keeps its kernels, whatever is measured or forgotten after it", () =>
  withFolder(async (folder) => {
    const shipped = await testGpu();
    const measured = withKernels(shipped, { ...shipped.kernels, products: "wide registers" });
    for (const [gpu, other] of [[measured, shipped], [shipped, measured]]) {
      const run = `${folder}/${gpu.kernels.products}`;
      await using model = await train(shop, "lightgcn", { ...small, gpu, run });
      await using opened = await Recommender.open(run, { dataset: shop, gpu: other });
      assertEquals(opened.gpu.kernels, gpu.kernels);
      assertEquals(await opened.evaluate("test"), model.test);
      const { record } = await RunFolder.open(run);
      assertEquals(record!.kernels, gpu === shipped ? undefined : measured.kernels);
      const elsewhere = { ...other, name: "another adapter" };
      assertEquals(asRecorded(elsewhere, record).kernels, other.kernels);
    }
    const [one, another] = await Promise.all(
      [shipped, measured].map(({ kernels }) => RunFolder.open(`${folder}/${kernels.products}`)),
    );
    assertNotEquals(runKey(one.record!), runKey(another.record!));
    const text = recordText({ ...another.record!, kernels: { products: "by hand" } as never });
    const refusal = assertThrows(() => parseRecord(text, "run.json"), DataError, "names kernels");
    assertEquals(refusal.nextStep, `Use Bandpass ${one.record!.bandpass}`);
  }));
