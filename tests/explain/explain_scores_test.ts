import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { explainScores } from "../../explain/explain_scores.ts";
import type { Explanation } from "../../explain/explanation.ts";
import { isTrained } from "../../models/define_model.ts";
import { models } from "../../models/registry.ts";
import { train } from "../../recommender/train.ts";
import type { Recommender } from "../../recommender/recommender.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { itemId, userId } from "../recommender/shop.ts";
import { cold, dataset, sumOf, sumOfItems, untrained } from "./explained_shop.ts";

/** Settings that scores are made in other ways with. */
const variants: Record<string, Record<string, unknown>[]> = {
  fitmm: [{}, { ib: "wiener" }, { basis: "random", bands: 4 }],
  freedom: [{}, { item_layers: 2, layers: 1 }],
  lightgcn: [{}, { layers: 1 }],
  mmgf: [{ search: "none" }],
  smore: [{}, { denoiser: "graph" }],
  ssr: [
    {},
    { output: "spectral" },
    { output: "mix", operator: "cp" },
    { operator: "none", decomposition: "smooth", bands: 4 },
    { decomposition: "gft", eigenpairs: 8 },
    { bands: 1 },
  ],
  turbocf: [{ search: "none" }, { search: "none", order: 3 }],
};

/** How scores of each model are parted. */
const breakdowns: Record<string, string[]> = {
  ...{ chebycf: ["filter"], gfcf: ["filter"], mmgf: ["filter"] },
  fitmm: ["modality", "band", "band and modality"],
  ...{ freedom: ["view"], lightgcn: ["hop"], smore: ["view"], vbpr: ["modality"] },
  ssr: ["modality", "band", "band and modality"],
};

const items = Uint32Array.of(3, 20, untrained, 41);

function assertParted(why: Explanation, model: string): void {
  for (const breakdown of why.breakdowns) {
    const { parts } = breakdown;
    const magnitude = parts.reduce((sum, { value }) => sum + Math.abs(value), 0);
    assertAlmostEquals(sumOf(breakdown), why.score, 1e-4 * magnitude, `${model} ${breakdown.by}`);
  }
  assertAlmostEquals(sumOfItems(why), why.score, 1e-9 + 1e-9 * Math.abs(why.score), model);
}

/** The scores of the items as lists have them. */
async function listed(model: Recommender, of: { user: number } | { history: Uint32Array }) {
  const scored = await model.scored();
  const options = { k: items.length, seen: [], candidates: items };
  const list = "history" in of
    ? await scored.bestItemsOfHistory(of.history, options)
    : (await scored.bestItems(Uint32Array.of(of.user), options).next()).value!;
  return new Map(Array.from(list.items, (item, n) => [item, list.scores[n]]));
}

for (const definition of models) {
  const { name } = definition;
  for (const variant of variants[name] ?? [{}]) {
    const settings = isTrained(definition) ? { dim: 16, batch: 64, ...variant } : variant;
    Deno.test(`explainScores() takes apart ${name} ${JSON.stringify(variant)}`, async () => {
      const gpu = await testGpu();
      await using model = await train(dataset, name, { gpu, epochs: 2, seed: 3, settings });
      for (const  of of[{ user: 3 }, { user: 7 }, { history: Uint32Array.of(9, 2, untrained) }]) {
        const found = await explainScores(model, { ...of, items });
        const scores = await listed(model, of);
        assertEquals(found.map(({ item }) => item), Array.from(items, itemId));
        found.forEach((why, n) => {
          const score = scores.get(items[n])!;
          const size = Math.max(...scores.values().map(Math.abs));
          assertAlmostEquals(why.score, score, 1e-5 * size, `${name} ${items[n]}`);
          assertParted(why, name);
          const isWhole = settings.bands === 1;
          const expected = isWhole ? ["modality"] : breakdowns[name] ?? [];
          assertEquals(why.breakdowns.map(({ by }) => by), expected);
          assertEquals(why.nearest?.length, items[n] === untrained ? 5 : undefined);
        });
      }
    });
  }
}

Deno.test("explainScores() tells exact sums over items from approximate ones", async () => {
  const gpu = await testGpu();
  const rules: Record<string, [boolean, string]> = {
    ...{ bpr: [false, "fold-in"], vbpr: [false, "fold-in"], ssr: [false, "fold-in"] },
    ...{ lightgcn: [true, "first hop"], freedom: [true, "first hop"] },
    ...{ itemknn: [true, "history"], popularity: [true, "history"], ease: [true, "history"] },
  };
  for (const [name, [isExact, rule]] of Object.entries(rules)) {
    await using model = await train(dataset, name, { gpu, epochs: 2 });
    const [why] = await explainScores(model, { user: 3, items: Uint32Array.of(20) });
    assertEquals([why.own?.isExact, why.own?.rule], [isExact, rule], name);
    if (isExact) assert(Math.abs(why.own!.remainder) < 1e-4, name);
  }
});

Deno.test("explainScores() lists as many own items as are asked for, and sums the others", async () => {
  await using model = await train(dataset, "itemknn", { gpu: await testGpu() });
  const request = { user: 3, items: Uint32Array.of(20) };
  const [few] = await explainScores(model, { ...request, most: 2 });
  const [all] = await explainScores(model, { ...request, most: 100 });
  assertEquals(few.own?.parts, all.own?.parts.slice(0, 2));
  assertEquals(few.own!.others.count, all.own!.parts.length - 2);
  assertEquals(all.own?.others, { count: 0, value: 0 });
  assertAlmostEquals(sumOfItems(few), sumOfItems(all), 1e-9);
  const magnitudes = all.own!.parts.map(({ value }) => Math.abs(value));
  assertEquals(magnitudes, magnitudes.toSorted((a, b) => b - a));
});

Deno.test("explainScores() gives popularity to those of whom a model knows nothing", async () => {
  await using model = await train(dataset, "gfcf", { gpu: await testGpu() });
  const count = dataset.train.items.filter((item) => item === 3).length;
  const request = { items: Uint32Array.of(3) };
  const of = [{ user: cold }, { history: new Uint32Array() }, {
    history: Uint32Array.of(untrained),
  }];
  for (const whose of of) {
    const [why] = await explainScores(model, { ...request, ...whose });
    assertEquals([why.basis, why.score, why.taken], ["popular", count, count]);
    assertEquals([why.breakdowns, why.own], [[], undefined]);
  }
});

Deno.test("explainScores() says who and what, in values that JSON keeps", async () => {
  await using model = await train(dataset, "lightgcn", { gpu: await testGpu(), epochs: 1 });
  const found = await explainScores(model, { user: 3, items });
  assertEquals(JSON.parse(JSON.stringify(found)), found);
  assertEquals(found[0].user, userId(3));
  const [why] = await explainScores(model, { history: Uint32Array.of(2, 9), items });
  assertEquals([why.user, why.history], [undefined, [itemId(2), itemId(9)]]);
  const twice = { history: Uint32Array.of(2, 9, 2), items };
  assertEquals((await explainScores(model, twice))[0], why);
  assertEquals([why.basis, why.own?.isExact], ["fold-in", true]);
});

Deno.test("calls of explainScores() at once don't disturb each other", async () => {
  for (const name of ["gfcf", "ssr"]) {
    await using model = await train(dataset, name, { gpu: await testGpu(), epochs: 1 });
    const ask = (user: number) => explainScores(model, { user, items });
    const together = await Promise.all([3, 7, 9].map(ask));
    for (const [n, user] of [3, 7, 9].entries()) assertEquals(await ask(user), together[n]);
  }
});

Deno.test("explainScores() refuses users and items that there are not", async () => {
  await using model = await train(dataset, "popularity", { gpu: await testGpu() });
  for (
    const request of [
      { items },
      { user: 1, history: Uint32Array.of(1), items },
      { user: 40, items },
      { user: -1, items },
      { user: 1.5, items },
      { user: 1, items: Uint32Array.of(60) },
      { history: Uint32Array.of(60), items },
    ]
  ) {
    await assertRejects(() => explainScores(model, request), UsageError, "Cannot explain");
  }
});

Deno.test("explainScores() explains those who took very many items", async () => {
  const everything = Uint32Array.from(Array(dataset.items).keys()).filter((item) => item !== 3);
  for (const name of ["lightgcn", "smore", "mmgf"]) {
    const settings = name === "mmgf" ? { search: "none" } : { dim: 16 };
    await using model = await train(dataset, name, { gpu: await testGpu(), epochs: 1, settings });
    const request = { history: everything, items: Uint32Array.of(3), most: 2 };
    const [why] = await explainScores(model, request);
    assertParted(why, name);
    assertEquals(why.own!.parts.length + why.own!.others.count, everything.length);
  }
});
