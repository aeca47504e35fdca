import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError, UsageError } from "../../../errors.ts";
import { comparedRun, openCompared, remarksOn } from "../../../lab/compare/compared_runs.ts";
import { defineModel } from "../../../models/define_model.ts";
import { train } from "../../../recommender/train.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { randomValues } from "../../shaders/op_check.ts";
import { shop, small, withFolder } from "../../recommender/shop.ts";

const modality = { name: "image", rows: shop.items, columns: 9, values: randomValues(540, 9) };
const dataset = { ...shop, modalities: [modality] };
const ranked = { dataset, split: "test", mask: "train" } as const;
const words = { give: () => "Give it", leaveOut: "Leave it out" };

/** Trains models, each in a run that is called as it is. */
async function withRuns(models: readonly string[], use: (runs: string[]) => Promise<void>) {
  await withFolder(async (folder) => {
    const gpu = await testGpu();
    for (const model of models) {
      const options = model === "bpr" ? small : { settings: {} };
      const run = `${folder}/${model}`;
      await using _made = await train(dataset, model, { gpu, run, ...options });
    }
    await use(models.map((model) => `${folder}/${model}`));
  });
}

const noDevice = () => Promise.reject(new Error("A device was opened"));

Deno.test("comparedRun() computes what a run has not kept, keeps it, and takes it the next time", () =>
  withRuns(["bpr"], async ([path]) => {
    const [run] = await openCompared([path], [], words);
    const notes: string[] = [];
    const onNote = (text: string) => notes.push(text);
    const computed = await comparedRun(run, "bpr", ranked, { openDevice: testGpu, onNote });
    assertEquals(notes, [`Evaluating "${path}": no metrics of its users are kept`]);
    const kept = await comparedRun(run, "bpr", ranked, { openDevice: noDevice, onNote });
    assertEquals(kept, computed);
    assertEquals(notes.length, 1);
    assertEquals([kept.name, kept.seed, kept.settings.epochs], ["bpr", small.seed, small.epochs]);
    assert("diversity@20" in kept.measures.lists);

    // Metrics of another split, of a damaged file, and of other parameters are computed.
    const valid = { ...ranked, split: "valid" } as const;
    await assertRejects(
      () => comparedRun(run, "bpr", valid, { openDevice: noDevice, onNote }),
      Error,
    );
    const file = `${path}/users_test_train.parquet`;
    const bytes = await Deno.readFile(file);
    for (const place of [100, Math.floor(bytes.length / 2), bytes.length - 200]) {
      const damaged = bytes.slice();
      damaged[place] ^= 1;
      await Deno.writeFile(file, damaged);
      assertEquals(
        await comparedRun(run, "bpr", ranked, { openDevice: testGpu, onNote }),
        computed,
      );
    }
    assertEquals(await Deno.readFile(file), bytes);
    const gpu = await testGpu();
    const longer = { ...small, epochs: 1, seed: 9, gpu, run: `${path}-9` };
    await using _other = await train(dataset, "bpr", longer);
    await Deno.copyFile(file, `${path}-9/users_test_train.parquet`);
    const [other] = await openCompared([`${path}-9`], [], words);
    notes.length = 0;
    await comparedRun(other, "it", ranked, { openDevice: testGpu, onNote });
    assertEquals(notes, [
      `Evaluating "${path}-9": the kept metrics of its users are of another run`,
    ]);
  }));

Deno.test("openCompared() refuses a run twice, other data, and a model of none of the runs", () =>
  withRuns(["popularity", "itemknn"], async ([first, second]) => {
    const refused = async (
      paths: string[],
      message: string,
      kind: typeof UsageError = UsageError,
    ) =>
      assertStringIncludes(
        (await assertRejects(() => openCompared(paths, [], words), kind)).message,
        message,
      );
    await refused([first, second, `${first}/.`], `Cannot compare "${first}/." with itself`);
    const gpu = await testGpu();
    const other = { ...dataset, test: dataset.valid };
    await using _made = await train(other, "popularity", { gpu, run: `${first}-other` });
    await refused(
      [first, `${first}-other`],
      `Cannot compare "${first}" (dataset "shop") with "${first}-other" (dataset "shop"): they were ` +
        'trained on different data: "shop.inter" differs',
      DataError as typeof UsageError,
    );
    const mine = defineModel({
      ...{ name: "mine", description: "A model of my own", settings: {} },
      compute: () => ({ represent: () => ({ scoreBlock: () => {} }) }),
    });
    await assertRejects(
      () => openCompared([first], [mine], words),
      UsageError,
      'Cannot use the model "mine": none of the runs was trained with its file',
    );
  }));

Deno.test("remarksOn() tells of adapters and versions that differ, and of trainings that go on", () =>
  withRuns(["popularity", "itemknn"], async (paths) => {
    const runs = await openCompared(paths, [], words);
    assertEquals(await remarksOn(runs, ["popularity", "itemknn"]), []);
    const { record } = runs[1].folder;
    Object.assign(record!, { adapter: "another one" });
    await Deno.remove(`${paths[0]}/result.json`);
    const [first, second] = await remarksOn(runs, ["popularity", "itemknn"]);
    assertEquals(
      first,
      `The training of "${paths[0]}" has not ended: compared by its best epoch until now`,
    );
    assertStringIncludes(second, "The runs are of different adapters, which round differently: ");
    assertStringIncludes(second, "another one (itemknn)");
  }));
