import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../errors.ts";
import { comparedMetric, valuesOf } from "../../../lab/compare/compared_metric.ts";
import { compareGroups } from "../../../lab/compare/comparison.ts";
import { groupRuns, type Subject } from "../../../lab/compare/group_runs.ts";
import { pairedT } from "../../../lab/statistics/paired_t.ts";
import { signedRanks } from "../../../lab/statistics/wilcoxon.ts";
import { madeMeasures } from "./made_measures.ts";

/** A hit among the first two of a list, or none. */
const [hit, miss] = [[0], [7]];
const run = (
  model: string,
  seed: number,
  ranks: readonly (readonly number[])[],
  lists = {},
): Subject => ({
  ...{ kind: "run", name: `${model}-${seed}`, model, seed, settings: {} },
  measures: madeMeasures(ranks, lists),
});
const metrics = [comparedMetric("recall@2")];

Deno.test("compareGroups() averages seeds for each user before it pairs users", () => {
  const groups = groupRuns([
    run("base", 0, [hit, miss, miss, miss]),
    run("new", 0, [hit, hit, miss, miss]),
    run("new", 1, [hit, hit, hit, miss]),
  ]);
  const [{ users, groups: [base, other] }] = compareGroups(groups, { metrics, baseline: 0 });
  assertEquals(users, 4);
  assertEquals(base, { group: "A", runs: [1 / 4], mean: 1 / 4, deviation: null });
  assertEquals([other.runs, other.mean], [[2 / 4, 3 / 4], 5 / 8]);
  assertAlmostEquals(other.deviation!, Math.sqrt(2) / 8, 1e-15);
  // Of users 0 to 3: 0, 1, 1/2 and 0.
  const differences = [0, 1, 0.5, 0];
  const { mean, relative, interval, t_test, wilcoxon, cohens_d, rank_biserial } = other.difference!;
  assertEquals([mean, relative, rank_biserial], [3 / 8, 3 / 2, 1]);
  const t = pairedT(differences);
  assertEquals([t_test.t, t_test.p, t_test.p_holm, cohens_d], [t.t, t.p, t.p, t.effect]);
  assertEquals(wilcoxon.p, signedRanks(differences).p);
  assertEquals([wilcoxon.exact, wilcoxon.positive, wilcoxon.negative], [true, 3, 0]);
  assert(interval[0] >= 0 && interval[0] < mean && interval[1] > mean && interval[1] <= 1);
});

Deno.test("compareGroups() compares with any group, and gives the same intervals again", () => {
  const groups = groupRuns([
    run("a", 0, [hit, miss, hit, miss]),
    run("b", 0, [miss, miss, hit, miss]),
  ]);
  const options = { metrics, baseline: 1 };
  const [{ groups: [first, base] }] = compareGroups(groups, options);
  assertEquals(base.difference, undefined);
  assertEquals(first.difference!.mean, 1 / 4);
  assertEquals(compareGroups(groups, options), compareGroups(groups, options));
});

Deno.test("compareGroups() corrects the tests of a metric: of all users, and of all parts together", () => {
  const groups = groupRuns([
    run("a", 0, [miss, miss, miss, miss, miss, miss]),
    run("b", 0, [hit, hit, hit, hit, hit, miss]),
    run("c", 0, [hit, hit, hit, miss, miss, miss]),
  ]);
  const parts = [0, 1].map((rest) => ({
    name: `users with ${rest}`,
    hasUser: (user: number) => user % 2 === rest,
    hasItem: () => true,
  }));
  const [all, ...ofParts] = compareGroups(groups, { metrics, baseline: 0, parts });
  const tests = (values: typeof all) =>
    values.groups.slice(1).map(({ difference }) => difference!.wilcoxon);
  const [b, c] = tests(all);
  assertEquals([b.p, c.p], [2 / 32, 2 / 8]);
  assertEquals([b.p_holm, c.p_holm], [4 / 32, 2 / 8]);
  assertEquals(ofParts.map(({ part, users }) => [part, users]), [["users with 0", 3], [
    "users with 1",
    3,
  ]]);
  // Four tests: of 3, 2, 2 and 1 differences that are not 0.
  const four = ofParts.flatMap(tests);
  assertEquals(four.map(({ p }) => p), [1 / 4, 1 / 2, 1 / 2, 1]);
  assertEquals(four.map(({ p_holm }) => p_holm), [1, 1, 1, 1]);
});

Deno.test("compareGroups() takes differences for equal that only rounding tells apart", () => {
  // NDCG, precision and the like: 1/2 − 1/3 and 2/3 − 1/2 are both 1/6.
  const lists = (values: number[]) => ({ "novelty@5": Float64Array.from(values) });
  const ranks = [hit, hit, hit];
  const groups = groupRuns([
    run("a", 0, ranks, lists([1 / 3, 1 / 2, 0.1 + 0.2])),
    run("b", 0, ranks, lists([1 / 2, 2 / 3, 0.3])),
  ]);
  const novelty = [comparedMetric("novelty@5")];
  const [{ groups: [, { difference }] }] = compareGroups(groups, { metrics: novelty, baseline: 0 });
  const { positive, negative, p } = difference!.wilcoxon;
  assertEquals([positive, negative, p], [3, 0, 1 / 2]);
});

Deno.test("compareGroups() leaves out users without a value in any run, and says how many are left", () => {
  const lists = (...values: number[]) => ({ "diversity@5": Float64Array.from(values) });
  const groups = groupRuns([
    run("a", 0, [hit, hit, hit], lists(1, NaN, 2)),
    run("b", 0, [hit, hit, hit], lists(2, 3, NaN)),
  ]);
  const diversity = [comparedMetric("diversity@5")];
  const [found] = compareGroups(groups, { metrics: diversity, baseline: 0 });
  assertEquals(found.users, 1);
  // One user can be compared, and not tested.
  assertEquals(found.groups.map(({ mean, difference }) => [mean, difference]), [
    [1, undefined],
    [2, undefined],
  ]);
  const parts = [{ name: "nobody", hasUser: () => false, hasItem: () => true }];
  assertEquals(compareGroups(groups, { metrics, baseline: 0, parts })[1], {
    ...{ metric: "recall@2", part: "nobody", users: 0, groups: [] },
  });
});

Deno.test("compareGroups() has no t where all users differ by the same, which JSON could not write", () => {
  const groups = groupRuns([
    run("a", 0, Array(10).fill(hit), { "novelty@5": new Float64Array(10).fill(0.2) }),
    run("b", 0, Array(10).fill(hit), { "novelty@5": new Float64Array(10).fill(0.3) }),
  ]);
  const found = compareGroups(groups, { metrics: [comparedMetric("novelty@5")], baseline: 0 });
  const { t_test: { t, p }, cohens_d, interval, mean } = found[0].groups[1].difference!;
  assertEquals([t, p, cohens_d, mean], [null, 0, null, 0.1]);
  assertAlmostEquals(interval[0], 0.1, 1e-12);
});

Deno.test("valuesOf() gives a metric of the held-out items of a part", () => {
  const measures = madeMeasures([[0, 9], [9, 0], [9]]);
  const part = { name: "item 1", hasUser: () => true, hasItem: (item: number) => item === 1 };
  const { users, values } = valuesOf(comparedMetric("hit@3"), measures, part);
  assertEquals([[...users], [...values]], [[0, 1], [0, 1]]);
});

Deno.test("valuesOf() says why lists have no such values", () => {
  const diversity = comparedMetric("diversity@5");
  const alone = madeMeasures([[0]]);
  const plain = madeMeasures([[0]], { "novelty@5": Float64Array.of(1) });
  assertThrows(() => valuesOf(diversity, alone), UsageError, "the lists have no dataset");
  assertThrows(() => valuesOf(diversity, plain), UsageError, "the items have no features");
});

Deno.test("comparedMetric() refuses what is no metric of a user, with the nearest", () => {
  for (const key of ["recal@20", "recall", "recall@0", "coverage@20", "novelty@7"]) {
    assertThrows(() => comparedMetric(key), UsageError, `Cannot compare by "${key}"`);
  }
  assertEquals(comparedMetric("recall@7").cutoff, 7);
});
