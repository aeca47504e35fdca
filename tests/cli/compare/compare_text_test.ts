import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { CompareReport } from "../../../cli/compare/compare_report.ts";
import { compareCsv, compareMarkdown, compareText } from "../../../cli/compare/compare_text.ts";
import type { Difference } from "../../../lab/compare/comparison.ts";

const difference: Difference = {
  ...{
    mean: -0.0123,
    relative: -0.123,
    interval: [-0.02, 0.001],
    cohens_d: -0.25,
    rank_biserial: -0.3,
  },
  t_test: { t: -3, freedom: 9, p: 0.01, p_holm: 0.02 },
  wilcoxon: { positive: 1, negative: 54, exact: true, p: 1e-5, p_holm: 2e-5 },
};
const report: CompareReport = {
  ...{ protocol: "test: full ranking", dataset: "shop", split: "test", mask: "train" },
  ...{ baseline: "A", bootstrap: { level: 0.95, resamples: 1000 } },
  groups: [
    { group: "A", model: "bpr", settings: { dim: 32 }, runs: ["a", "b"], seeds: [0, 1] },
    { group: "B", model: "peer_1|2", settings: {}, runs: ["c"], seeds: [null] },
  ],
  values: [{
    ...{ metric: "recall@20", users: 10 },
    groups: [
      { group: "A", runs: [0.09, 0.11], mean: 0.1, deviation: 0.0141 },
      { group: "B", runs: [0.0877], mean: 0.0877, deviation: null, difference },
    ],
  }, { metric: "recall@20", part: "cold users", users: 0, groups: [] }],
};

Deno.test("compareText() shows groups, and what differs from the baseline", () => {
  const lines = compareText(report).split("\n");
  assertEquals(lines.slice(0, 8), [
    ...["shop; test: full ranking", "", "This is the test split: choose nothing by it.", ""],
    "   model     settings that differ  seeds  runs",
    "A  bpr       dim=32                0 1    a b",
    "B  peer_1|2                        -      c",
    "",
  ]);
  assertEquals(lines[8], "One seed has no deviation: B.");
  const b = lines.find((line) => line.startsWith("B  0.0877"))!;
  assertEquals(b.split(/ {2,}/), [
    ...["B", "0.0877", "-0.0123", "-12.3%", "-0.0200 to +0.0010", "-0.250", "0.020", "2.0e-5"],
  ]);
  assert(lines.includes("A  0.1000 ± 0.0141"));
  assert(lines.includes("Recall@20: cold users, 0 users"));
});

Deno.test("compareText() fits a terminal, and keeps means, differences and letters", () => {
  const narrow = compareText(report, 50).split("\n");
  assert(narrow.every((line) => line.length <= 50), narrow.join("\n"));
  assert(narrow.some((line) => /^B +0\.0877 +-0\.0123/.test(line)), narrow.join("\n"));
});

Deno.test("compareMarkdown() escapes what Markdown would take for a mark", () => {
  const text = compareMarkdown(report);
  assertStringIncludes(text, "|B|peer\\_1\\|2||-|c|\n");
  assertStringIncludes(text, "\n**Recall@20: cold users, 0 users**\n");
});

Deno.test("compareCsv() has a line a group, with all digits", () => {
  const [header, a, b, ...rest] = compareCsv(report).trim().split("\n");
  assertEquals(rest, []);
  const row = (line: string) =>
    Object.fromEntries(header.split(",").map((name, n) => [name, line.split(",")[n]]));
  assertEquals([row(a).deviation, row(a).difference, row(a).settings], ["0.0141", "", "dim=32"]);
  const { users, t_p_holm, wilcoxon_p, lower, part } = row(b);
  assertEquals([users, t_p_holm, wilcoxon_p, lower, part], [
    "10",
    "0.02",
    "0.00001",
    "-0.02",
    "all",
  ]);
});

Deno.test("compareText() says of single seeds that they show little", () => {
  const groups = report.groups.map((group) => ({ ...group, runs: ["a"], seeds: [0] }));
  const text = compareText({ ...report, groups, split: "valid" });
  assertStringIncludes(text, "One seed has no deviation, and shows little: train several.");
  assert(!text.includes("This is the test split"));
});
