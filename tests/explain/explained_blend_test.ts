import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { explainScores } from "../../explain/explain_scores.ts";
import { blendRuns } from "../../recommender/blend_runs.ts";
import { openMembers } from "../../recommender/member_runs.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { train } from "../../recommender/train.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { withFolder } from "../recommender/shop.ts";
import { dataset, sumOf, sumOfItems, untrained } from "./explained_shop.ts";

const items = Uint32Array.of(3, 20, untrained);

/** A blend of runs of some models whose weights are all above 0. */
async function blended(
  models: readonly string[],
  use: (blend: Recommender, members: readonly string[]) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const gpu = await testGpu();
    const runs = models.map((model) => `${folder}/${model}`);
    for (const [n, model] of models.entries()) {
      const settings = ["ssr", "lightgcn", "bpr"].includes(model) ? { dim: 16, batch: 64 } : {};
      await using _ = await train(dataset, model, { gpu, run: runs[n], settings, epochs: 2 });
    }
    const members = await openMembers(runs);
    const { recommender } = await blendRuns({ gpu, dataset, members }, {});
    await using made = recommender;
    await made.save(`${folder}/blend`);
    const config = JSON.parse(await Deno.readTextFile(`${folder}/blend/config.json`));
    const weights = String(config.settings.weights).split(",").map(Number);
    await using opened = await Recommender.open(`${folder}/blend`, { gpu, dataset });
    await use(opened, models.filter((_, n) => weights[n] > 0));
  });
}

Deno.test("explainScores() takes a blend apart by members, and each of them by its own parts", () =>
  blended(["lightgcn", "gfcf", "ssr"], async (blend, used) => {
    for (const  of of[{ user: 3 }, { history: Uint32Array.of(9, 2, untrained) }]) {
      const found = await explainScores(blend, { ...of, items, most: 100 });
      for (const why of found) {
        const { score, breakdowns, members = [] } = why;
        assertEquals(members.map(({ model }) => model), used);
        if (used.length > 1) {
          assertEquals(breakdowns.map(({ by }) => by), ["member"]);
          assertAlmostEquals(sumOf(breakdowns[0]), score, 1e-5 * Math.abs(score) + 1e-5);
        }
        members.forEach(({ weight, score, mean, deviation, breakdowns }, n) => {
          const adds = weight * (score - mean) / deviation;
          const part = why.breakdowns[0]?.parts[n].value ?? why.score;
          assertAlmostEquals(part, adds, 1e-4 * Math.max(1, Math.abs(adds)));
          for (const breakdown of breakdowns) {
            assertAlmostEquals(sumOf(breakdown), score, 1e-4 * Math.max(1, Math.abs(score)));
          }
        });
        assertAlmostEquals(sumOfItems(why), score, 1e-9);
        const isExact = !("user" in of) || !used.includes("ssr");
        assertEquals([why.own?.rule, why.own?.isExact], ["members", isExact]);
        if (isExact) assert(Math.abs(why.own!.remainder) < 1e-4);
      }
    }
  }));

Deno.test("explainScores() gives the scores of a blend that its lists have", () =>
  blended(["popularity", "itemknn"], async (blend) => {
    const candidates = Uint32Array.of(3, 20);
    const options = { k: 2, seen: [], candidates };
    const list = (await (await blend.scored()).bestItems(Uint32Array.of(3), options).next()).value!;
    const found = await explainScores(blend, { user: 3, items: list.items });
    assertEquals(found.map(({ score }) => score), [...list.scores]);
  }));
