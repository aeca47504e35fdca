import { assertEquals, assertThrows } from "@std/assert";
import { shop } from "../../recommender/shop.ts";
import { bestFirst, promotedCount, rungEpochs } from "../../../lab/tune/halving.ts";
import { trialList, tunedModels, tunedSpaces } from "../../../lab/tune/trial_list.ts";
import type { TrialOutcome } from "../../../lab/trials/trial.ts";
import { DataError, UsageError } from "../../../errors.ts";

Deno.test("rungEpochs() triples the epochs up to the most, in four rungs at most", () => {
  assertEquals(rungEpochs(81), [3, 9, 27, 81]);
  assertEquals(rungEpochs(100), [4, 12, 34, 100]);
  assertEquals(rungEpochs(10), [1, 2, 4, 10]);
  assertEquals(rungEpochs(3), [1, 3]);
  assertEquals(rungEpochs(1), [1]);
});

Deno.test("promotedCount() lets a third go on, but never fewer than are wanted at the end", () => {
  const counts = [1, 3, 8, 9, 27, 100].map((count) => promotedCount(count, 3));
  assertEquals(counts, [1, 3, 3, 3, 9, 33]);
});

const outcome = (recall: number | null): TrialOutcome => ({
  ...{ status: recall === null ? "diverged" : "finished", epochs: 1, reason: "", seconds: 1 },
  ...{ best_epoch: 1, validation: recall === null ? null : { "recall@20": recall }, gpu_bytes: 0 },
});

Deno.test("bestFirst() breaks ties by number, and leaves out what failed", () => {
  const trials = [[4, 0.2], [1, 0.1], [2, null], [3, 0.2], [0, 0.15]] as const;
  const sorted = bestFirst(
    trials.map(([number, recall]) => ({ number, outcome: outcome(recall) })),
  );
  assertEquals(sorted.map(({ number }) => number), [3, 4, 0, 1]);
});

const place = { dataset: shop, dataDirectory: "datasets" };
const firstOf = (models: readonly string[], count: number, seed = 0) => {
  const list = trialList({ models, spaces: tunedSpaces(models, {}, shop), seed }, place);
  return list.take(count).toArray();
};

Deno.test("trialList() goes round the models, usual settings first; a shorter list is its beginning", () => {
  const models = tunedModels(shop, ["bpr", "lightgcn", "popularity", "gfcf"]);
  assertEquals(models, ["popularity", "gfcf", "bpr", "lightgcn"]);
  const list = firstOf(models, 12);
  // Popularity has nothing to try, and is left out from then on.
  const [trained, computed] = [["bpr", "lightgcn"], ["gfcf", "gfcf", "gfcf"]];
  assertEquals(
    list.map(({ model }) => model),
    ["popularity", ...computed, ...trained, ...computed, ...trained, "gfcf"],
  );
  const usual = list.filter(({ model }, n) => list.findIndex((one) => one.model === model) === n);
  assertEquals(usual.map(({ settings }) => settings), [{}, { search: "none" }, {}, {}]);
  assertEquals(firstOf(models, 5), list.slice(0, 5));
  assertEquals(firstOf(models, 9, 1).map(({ seed }) => seed), Array(9).fill(1));
  const others = list.filter((trial) => !usual.includes(trial));
  assertEquals(others.every(({ settings }) => Object.keys(settings).length > 1), true);
  assertEquals(firstOf(["popularity"], 9).length, 1);
});

Deno.test("tunedModels() leaves out what the data lack, with a word, and refuses it where it is named", () => {
  const notes: string[] = [];
  const models = tunedModels(shop, undefined, (text) => notes.push(text));
  assertEquals(models.slice(0, 2), ["popularity", "itemknn"]);
  assertEquals(["mmgf", "vbpr", "smore", "ssr"].some((name) => models.includes(name)), false);
  assertEquals(models.includes("lightgcn"), true);
  assertEquals(notes, [
    '"shop" has no features: mmgf, vbpr, freedom, smore, fitmm, ssr are left out',
  ]);
  assertThrows(() => tunedModels(shop, ["bpr", "vbpr"]), DataError, 'Cannot tune "vbpr" on "shop"');
  assertThrows(() => tunedModels(shop, ["brp"]), UsageError, 'Unknown model "brp"');
  const ease = tunedSpaces(["ease"], {}, shop).ease;
  assertEquals(Object.keys(ease), ["ridge"]);
  assertEquals(Object.keys(tunedSpaces(["ease"]).ease), ["ridge", "weights"]);
});
