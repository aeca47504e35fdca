import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { Dataset, Interactions } from "../../data/dataset.ts";
import { BandpassError, DataError, InterruptedError, UsageError } from "../../errors.ts";
import { blend } from "../../models/blend/blend.ts";
import { blendTexts } from "../../models/blend/member_list.ts";
import { defineModel } from "../../models/define_model.ts";
import { FoldIn } from "../../models/fold_in.ts";
import type { RowRepresentation } from "../../models/model.ts";
import { type Blend, blendRuns } from "../../recommender/blend_runs.ts";
import { loadModel } from "../../recommender/loaded_model.ts";
import { blendMember, openJoined, openMembers } from "../../recommender/member_runs.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { train } from "../../recommender/train.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { assertClose, randomValues } from "../shaders/op_check.ts";
import { itemId, itemsOf, shop, small, userId, withFolder } from "./shop.ts";

const modality = { name: "image", rows: shop.items, columns: 9, values: randomValues(540, 9) };
/** An item without a train row, which is scored as those that its features are near to. */
const untrained = 17;
const dataset: Dataset = {
  ...shop,
  train: withoutItem(shop.train, untrained),
  modalities: [modality],
};
const asked = [userId(3), userId(7)];

function withoutItem({ users, items }: Interactions, item: number): Interactions {
  const rows = [...items.keys()].filter((row) => items[row] !== item);
  const part = (all: Uint32Array) => Uint32Array.from(rows, (row) => all[row]);
  return { users: part(users), items: part(items) };
}

/** Trains models, each in a run that is called as it is. */
async function withRuns(
  models: readonly string[],
  use: (folder: string, runs: string[]) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const gpu = await testGpu();
    const runs = models.map((model) => `${folder}/${model}`);
    for (const [n, model] of models.entries()) {
      const options = model === "bpr" ? small : { settings: {} };
      await using _made = await train(dataset, model, { gpu, run: runs[n], ...options });
    }
    await use(folder, runs);
  });
}

async function blended(runs: readonly string[], data = dataset, signal?: AbortSignal) {
  const members = await openMembers(runs);
  const notes: string[] = [];
  const onNote = (text: string) => notes.push(text);
  const gpu = await testGpu();
  return { ...await blendRuns({ gpu, dataset: data, members }, { onNote, signal }), notes };
}

Deno.test("a blend is as good as it says, and its run needs its members no more", () =>
  withRuns(["bpr", "gfcf", "ease", "popularity"], async (folder, runs) => {
    const gpu = await testGpu();
    const { recommender, members, notes } = await blended(runs);
    await using made = recommender;
    const weights = members.map(({ weight }) => weight);
    assertEquals(Math.round(20 * weights.reduce((sum, weight) => sum + weight, 0)), 20);
    for (const [n, { validation, test }] of members.entries()) {
      await using alone = await Recommender.open(runs[n], { gpu, dataset });
      assertEquals(await alone.evaluate("valid"), validation);
      assertEquals(await alone.evaluate("test"), test);
      assert(made.validation["recall@20"] >= validation["recall@20"] - 1e-9);
    }
    const { search = [] } = made.result;
    const best = search.reduce((a, b) => b.recall! > a.recall! ? b : a);
    assertEquals(best.settings.weights, weights.join());
    assertStringIncludes(notes.join("\n"), `among ${search.length}`);

    const lists = await made.recommend(asked);
    const ofHistory = await made.recommendForHistory([itemId(3), itemId(9)]);
    const similar = await made.similarItems(itemId(3));
    await made.save(`${folder}/blend`);
    for (const run of runs) await Deno.remove(run, { recursive: true });
    await Deno.rename(`${folder}/blend`, `${folder}/moved`);
    await using opened = await Recommender.open(`${folder}/moved`, { gpu, dataset });
    assertEquals(await opened.evaluate("valid"), made.validation);
    assertEquals(await opened.evaluate("test"), made.test);
    assertEquals(await opened.recommend(asked), lists);
    assertEquals(await opened.recommendForHistory([itemId(3), itemId(9)]), ofHistory);
    assertEquals(await opened.similarItems(itemId(3)), similar);
    await assertRejects(() => opened.embeddings(), UsageError, "blend has none");
  }));

Deno.test("a blend gives the same bytes again", () =>
  withRuns(["bpr", "gfcf"], async (folder, runs) => {
    const contents: string[][] = [];
    for (const name of ["one", "two"]) {
      await using made = (await blended(runs)).recommender;
      await made.save(`${folder}/${name}`);
      const read = (file: string) => Deno.readFile(`${folder}/${name}/${file}`);
      const files = ["config.json", "run.json", "environment.json", "best.safetensors"];
      contents.push(await Promise.all(files.map(async (file) => String(await read(file)))));
    }
    assertEquals(contents[0], contents[1]);
  }));

Deno.test("weights are chosen without a look at test", () =>
  withRuns(["popularity", "itemknn"], async (_, runs) => {
    const abort = new AbortController();
    let isChosen = false;
    const watched = { ...dataset };
    // Hashes and counts of rows are taken of all splits before the search.
    let looks = 0;
    Object.defineProperty(watched, "test", {
      enumerable: false,
      get: () => {
        looks++;
        return dataset.test;
      },
    });
    const members = await openMembers(runs);
    let before = 0;
    const onNote = (text: string) => {
      if (text.startsWith("Searching")) before = looks;
      if (!text.startsWith("Found")) return;
      assertEquals(looks, before);
      isChosen = true;
      abort.abort();
    };
    await assertRejects(
      async () =>
        await blendRuns(
          { gpu: await testGpu(), dataset: watched, members },
          { onNote, signal: abort.signal },
        ),
      InterruptedError,
      "nothing is saved",
    );
    assert(isChosen);
  }));

Deno.test("somebody who is in no dataset gets a row of each member that has rows", () =>
  withRuns(["bpr", "popularity"], async (_, runs) => {
    const members = await openMembers(runs);
    const gpu = await testGpu();
    const weighted = members.map((run, n) => ({ ...blendMember(run), weight: [0.95, 0.05][n] }));
    const { scored } = await loadModel(
      { gpu, dataset, definition: blend, seed: 0, settings: { ...blendTexts(weighted) } },
      () => openJoined(members),
    );
    const history = Uint32Array.of(3, 9);
    const k = shop.items;
    const list = await scored.bestItemsOfHistory(history, { k, seen: [] });
    const found = new Float64Array(shop.items);
    list.items.forEach((item, n) => found[item] = list.scores[n]);

    await using bpr = await Recommender.open(runs[0], { gpu, dataset });
    const alone = await bpr.scored();
    const { items } = alone.own as RowRepresentation;
    const values = await alone.readRows(items);
    const { columns } = items.table;
    const popular = new Float64Array(shop.items);
    for (const item of dataset.train.items) popular[item]++;
    const expected = new Float64Array(shop.items);
    const candidates = popular.length - history.length;
    for (
      const [weight, scores] of [[0.95, new FoldIn(values, columns).scores(history)], [
        0.05,
        popular,
      ]] as const
    ) {
      const own = scores.filter((_, item) => !history.includes(item));
      const mean = own.reduce((sum, score) => sum + score, 0) / candidates;
      const deviation = Math.sqrt(
        own.reduce((sum, score) => sum + (score - mean) ** 2, 0) / candidates,
      );
      scores.forEach((score, item) => expected[item] += weight * (score - mean) / deviation);
    }
    found[untrained] = expected[untrained];
    assertClose(found, expected, 1e-4, "scores of a history");
    // Known users after it have rows of their own again.
    const some = Uint32Array.of(5);
    const lists = () => Array.fromAsync(scored.bestItems(some, { k: 5, seen: ["train"] }));
    const first = await lists();
    await scored.bestItemsOfHistory(history, { k: 5, seen: [] });
    assertEquals(await lists(), first);
    scored.memory.destroy();
  }));

Deno.test("what cannot be blended is refused, with what to do", () =>
  withRuns(["popularity", "itemknn", "bpr"], async (folder, runs) => {
    const [first, second, bpr] = runs;
    const refused = async (
      paths: string[],
      kind: new (message: string) => BandpassError,
      message: string,
      data = dataset,
    ) => {
      const error = await assertRejects(() => blended(paths, data), kind, message);
      assert((error as BandpassError).nextStep);
    };
    await refused([first], UsageError, `Cannot blend "${first}" alone`);
    await refused([first, second, first], UsageError, `Cannot blend "${first}" with itself`);
    await refused([first, `${folder}/popularty`], DataError, "there is no such folder");
    await using made = (await blended([first, second])).recommender;
    await made.save(`${folder}/blend`);
    await refused(
      [`${folder}/blend`, bpr],
      UsageError,
      'it is a blend itself, of "popularity", "itemknn"',
    );
    const own = defineModel({
      name: "mine",
      description: "One of a user's own",
      settings: {},
      compute: ({ dataset: { users, items } }) => {
        assert(users + items > 0);
        return { represent: () => ({ scoreBlock: () => {} }) };
      },
    });
    const source = { file: "mine.ts", sha256: "0".repeat(64) };
    const gpu = await testGpu();
    const mine = { gpu, run: `${folder}/mine` };
    await using _own = await train(dataset, { ...own, source }, mine);
    await refused([first, mine.run], UsageError, 'is defined by the file "mine.ts"');

    const other = { ...dataset, modalities: [{ ...modality, values: randomValues(540, 3) }] };
    await using _other = await train(other, "gfcf", { gpu, run: `${folder}/other` });
    await refused(
      [first, `${folder}/other`],
      DataError,
      'they were trained on different data: "image_feat.npy" differs',
    );
    await refused([first, second], DataError, '"image_feat.npy" has contents of SHA-256', other);
    const empty = { users: new Uint32Array(0), items: new Uint32Array(0) };
    const tested = { ...dataset, valid: empty };
    await using _untested = await train(tested, "popularity", { gpu, run: `${folder}/untested` });
    await using _also = await train(tested, "itemknn", { gpu, run: `${folder}/also` });
    await refused(
      [`${folder}/untested`, `${folder}/also`],
      DataError,
      "it has no valid rows",
      tested,
    );

    const best = `${bpr}/best.safetensors`;
    const bytes = await Deno.readFile(best);
    bytes[bytes.length - 9] ^= 1;
    await Deno.writeFile(best, bytes);
    await refused([first, bpr], DataError, best);
    await Deno.remove(best);
    await refused([first, bpr], BandpassError, "the run has no best checkpoint yet");
  }));

Deno.test("runs of different folders that are called the same are told apart", () =>
  withRuns(["popularity", "itemknn"], async (folder, [first, second]) => {
    await Deno.mkdir(`${folder}/elsewhere`);
    await Deno.rename(second, `${folder}/elsewhere/popularity`);
    const members = await openMembers([first, `${folder}/elsewhere/popularity/`]);
    assertEquals(members.map(({ name }) => name), ["popularity", "popularity-2"]);
  }));

Deno.test("a blend's run without what it keeps is refused, and so is a damaged one", () =>
  withRuns(["bpr", "popularity"], async (folder, runs) => {
    const gpu = await testGpu();
    const made: Blend = await blended(runs);
    await using recommender = made.recommender;
    // Both members have a weight, so that parameters are kept.
    assert(made.members[0].weight > 0, "bpr has weight 0");
    await recommender.save(`${folder}/blend`);
    const best = `${folder}/blend/best.safetensors`;
    const lists = async () => {
      await using opened = await Recommender.open(`${folder}/blend`, { gpu, dataset });
      return await opened.recommend([userId(3)], { excludeSeen: ["train"] });
    };
    const [{ items }] = await lists();
    const own = itemsOf("train", userId(3));
    assertEquals(items.filter(({ item }) => own.includes(String(item))), []);
    const bytes = await Deno.readFile(best);
    bytes[bytes.length - 9] ^= 1;
    await Deno.writeFile(best, bytes);
    await assertRejects(lists, DataError, best);
    await Deno.remove(best);
    await assertRejects(lists, DataError, 'holds the parameters of "bpr" (bpr), is missing');
  }));
