import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { DataError, InterruptedError, UsageError } from "../../errors.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { train } from "../../recommender/train.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { randomValues } from "../shaders/op_check.ts";
import { shop, userId, withFolder } from "./shop.ts";

const modality = (name: string, columns: number) => ({
  name,
  rows: shop.items,
  columns,
  values: randomValues(shop.items * columns, columns),
});
const dataset = { ...shop, modalities: [modality("image", 9), modality("text", 5)] };
const asked = [userId(3), userId(7)];

for (const name of ["gfcf", "turbocf", "chebycf", "mmgf"]) {
  Deno.test(`${name} searches its settings, and its run is opened and repeated with what was found`, () =>
    withFolder(async (folder) => {
      const gpu = await testGpu();
      const notes: string[] = [];
      const run = `${folder}/run`;
      const onNote = (text: string) => notes.push(text);
      await using made = await train(dataset, name, { gpu, run, onNote });
      const { search = [] } = made.result;
      assert(search.length > 1);
      const config = JSON.parse(await Deno.readTextFile(`${run}/config.json`));
      assertEquals(config.settings, made.configuration.settings);
      assertEquals(config.settings.search, "none");
      const best = search.reduce((a, b) => b.recall! > a.recall! ? b : a);
      for (const [key, value] of Object.entries(best.settings)) {
        assertEquals(config.settings[key], value);
      }
      assertAlmostEquals(made.validation["recall@20"], best.recall!, 1e-9);
      assertStringIncludes(notes.join("\n"), `among ${search.length} in `);
      const environment = JSON.parse(await Deno.readTextFile(`${run}/environment.json`));
      assertEquals(environment.notes, notes);

      await using opened = await Recommender.open(run, { gpu, dataset });
      assertEquals(await opened.evaluate(), made.test);
      assertEquals(await opened.recommend(asked), await made.recommend(asked));
      await using again = await train(dataset, name, { gpu, settings: config.settings });
      assertEquals([again.result.search, again.test], [undefined, made.test]);
      await made.save(`${folder}/saved`);
      await using saved = await Recommender.open(`${folder}/saved`, { gpu, dataset });
      assertEquals(await saved.recommend(asked), await made.recommend(asked));
    }));
}

Deno.test("a run of a filter keeps what took long, and refuses what is damaged or of another run", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    const settings = { eigenpairs: 5, alpha: 2 };
    for (const [run, seed] of [["first", 0], ["other", 1]] as const) {
      await using _made = await train(dataset, "gfcf", {
        gpu,
        settings,
        seed,
        run: `${folder}/${run}`,
      });
    }
    const [path, other] = ["first", "other"].map((run) => `${folder}/${run}/best.safetensors`);
    const lists = async () => {
      await using opened = await Recommender.open(`${folder}/first`, { gpu, dataset });
      return await opened.recommend(asked);
    };
    const expected = await lists();
    const bytes = await Deno.readFile(path);
    bytes[bytes.length - 9] ^= 1;
    await Deno.writeFile(path, bytes);
    await assertRejects(lists, DataError, path);
    await Deno.copyFile(other, path);
    await assertRejects(lists, DataError, "it belongs to another run");
    // Without it, all is computed anew.
    await Deno.remove(path);
    assertEquals(await lists(), expected);
  }));

Deno.test("a run whose settings were never searched is refused, with the command that does it", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    const run = `${folder}/run`;
    await using _made = await train(dataset, "turbocf", { gpu, settings: { search: "none" }, run });
    await Deno.remove(`${run}/run.json`);
    const config = JSON.parse(await Deno.readTextFile(`${run}/config.json`));
    config.settings = { search: "valid", order: 1 };
    await Deno.writeTextFile(`${run}/config.json`, JSON.stringify(config));
    await assertRejects(
      () => Recommender.open(run, { gpu, dataset }),
      UsageError,
      'its config.json leaves "exponent" to a search',
    );
  }));

Deno.test("a search is not begun where its run cannot be made, and ends where it is aborted", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    const notes: string[] = [];
    const onNote = (text: string) => notes.push(text);
    await assertRejects(
      () => train(dataset, "turbocf", { gpu, run: folder, onNote }),
      UsageError,
      "exists",
    );
    assertEquals(notes, []);
    const abort = new AbortController();
    await assertRejects(
      () =>
        train(dataset, "turbocf", {
          gpu,
          signal: abort.signal,
          onNote: (text) => text.startsWith("  ") && abort.abort(),
        }),
      InterruptedError,
    );
  }));
