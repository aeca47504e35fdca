import { assertEquals, assertStringIncludes } from "@std/assert";
import { type BlendReport, blendText } from "../../../cli/blend/blend_text.ts";

const metrics = (recall: number) => ({ "recall@20": recall, "ndcg@20": recall / 2 });
const member = (run: string, model: string, weight: number, recall: number) => ({
  ...{ run, model, seed: 0, settings: {}, weight },
  ...{ validation: metrics(recall), test: metrics(recall - 0.1) },
});
const report: BlendReport = {
  ...{ protocol: "full ranking", dataset: "shop", adapter: "a GPU", run: "runs/shop-blend-0" },
  members: [member("shop-ease-0", "ease", 0.35, 0.4), member("shop-smore-0", "smore", 0.65, 0.5)],
  validation: metrics(0.6),
  test: metrics(0.55),
};

Deno.test("blendText() has a line a member, and one of the blend", () => {
  assertEquals(
    blendText(report),
    `Blended on shop, weights by validation Recall@20

run           model  weight  valid Recall@20  valid NDCG@20  test Recall@20  test NDCG@20
shop-ease-0   ease     0.35           0.4000         0.2000          0.3000        0.1500
shop-smore-0  smore    0.65           0.5000         0.2500          0.4000        0.2000
blend                                 0.6000         0.3000          0.5500        0.2750

Saved in runs/shop-blend-0
`,
  );
});

Deno.test("blendText() says which members have no weight, and where no blend is better", () => {
  const [first, second] = report.members;
  const text = (weights: number[]) =>
    blendText({
      ...report,
      members: [first, second, { ...first, run: "third" }].map((one, n) => ({
        ...one,
        weight: weights[n],
      })),
    });
  assertStringIncludes(
    text([0.4, 0.6, 0]),
    '\n"third" has weight 0: the blend is the same without it\n',
  );
  assertStringIncludes(
    text([0, 1, 0]),
    'No blend is better on validation than the best member alone: "shop-ease-0", "third" have weight 0. Its figures ' +
      "are others as a run of its own",
  );
  const alike = { ...report, validation: second.validation, test: second.test };
  const same = blendText({
    ...alike,
    members: [first, second].map((one, n) => ({ ...one, weight: n })),
  });
  assertStringIncludes(same, '"shop-ease-0" has weight 0\n');
});

Deno.test("blendText() fits a terminal", () => {
  for (const line of blendText(report, 60).split("\n")) assertEquals(line.length <= 60, true, line);
});
