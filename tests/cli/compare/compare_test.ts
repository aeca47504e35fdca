import { cp } from "node:fs/promises";
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { runTask, withRun } from "../run_cli.ts";

async function done(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runTask(args);
  assertEquals(code, 0, stderr);
  return stdout;
}

async function refused(code: number, message: string, ...args: string[]): Promise<void> {
  const found = await runTask(["compare", ...args]);
  assertEquals([found.code, found.stdout], [code, ""], found.stderr);
  assertStringIncludes(found.stderr, message);
  assertStringIncludes(found.stderr, "next: ");
}

Deno.test("compare gives what evaluate gives, and the same for lists that were exported", () =>
  withRun((one) =>
    withRun(async (other, folder) => {
      await done("train", "--model", "popularity", "--run", one);
      await done("train", "--model", "itemknn", "--run", other);
      const evaluation = JSON.parse(await done("evaluate", other, "--json"));
      await done("export", other, "--format", "trec", "--out", `${folder}/trec`);
      const [run, qrels] = ["run", "qrels"].map((end) => `${folder}/trec/test.${end}`);
      const metrics = ["recall@20", "ndcg@50", "map@10", "hit@5", "mrr@50", "diversity@20"];
      const args = [one, other, "--trec", `mine=${run}`, "--qrels", qrels];
      const report = JSON.parse(
        await done("compare", ...args, "--metrics", metrics.join(), "--json"),
      );
      assertEquals([report.split, report.baseline], ["test", "A"]);
      assertEquals(report.groups.map(({ model }: { model: string }) => model), [
        ...["popularity", "itemknn", "mine"],
      ]);
      for (const [n, metric] of metrics.entries()) {
        const { metric: key, users, groups: [, b, c] } = report.values[n];
        assertEquals([key, users], [metric, 1200]);
        assertAlmostEquals(b.mean, { ...evaluation.metrics, ...evaluation.lists }[metric], 1e-12);
        assertEquals({ ...c, group: "B" }, b);
      }

      const text = await done("compare", one, other, "--by", "users", "--split", "valid");
      assert(!text.includes("This is the test split"), text);
      assertStringIncludes(text, "Recall@20: users with at most 5 train interactions, ");
      assertStringIncludes(text, "difference from A");
      const csv = await done("compare", ...args, "--baseline", "mine", "--format", "csv");
      const [header, ...lines] = csv.trim().split("\n");
      assertEquals(header.split(",").slice(0, 5), ["part", "metric", "users", "group", "model"]);
      assertEquals(lines.length, 2 * 3);
      const markdown = await done("compare", ...args, "--format", "markdown", "--resamples", "100");
      assertStringIncludes(markdown, "This is the test split: choose nothing by it.");
      assertStringIncludes(markdown, "\n**NDCG@20: 1,200 users**\n\n| |mean|");

      // Another run of the name of the first one, elsewhere.
      const elsewhere = await Deno.makeTempDir();
      const namesake = `${elsewhere}/${one}`;
      await cp(folder, namesake, { recursive: true });
      const two = [one, namesake];
      const models = async (...more: string[]) => {
        const { groups, baseline } = JSON.parse(
          await done(
            "compare",
            ...two,
            "--trec",
            `popularity=${run}`,
            "--metrics",
            "recall@20",
            ...more,
            "--json",
          ),
        );
        return [baseline, groups.map(({ model }: { model: string }) => model)];
      };
      const apart = ["popularity", "itemknn", "popularity (lists)"];
      assertEquals(await models("--baseline", namesake), ["B", apart]);
      assertEquals(await models("--group", "run", "--baseline", `runs/${one}`), ["A", apart]);
      assertEquals(await models("--baseline", "popularity (lists)"), ["C", apart]);
      await Deno.remove(elsewhere, { recursive: true });
      await refused(2, `Cannot compare with "itemkn"`, ...args, "--baseline", "itemkn");
      await refused(2, `Cannot compare "runs/${one}" with itself`, one, `runs/${one}`);
      await refused(3, "for metrics at 100: its longest list", ...args, "--metrics", "recall@100");
    })
  ));

Deno.test("compare refuses what it cannot compare before it reads anything", async () => {
  await refused(2, "Cannot compare nothing");
  await refused(2, 'Cannot compare the run "x" alone', "x");
  await refused(2, 'Cannot compare "y.run" alone', "--trec", "y.run");
  await refused(2, "Cannot use --qrels without --trec", "x", "y", "--qrels", "z");
  await refused(2, "without knowing what they were to find", "--trec", "x", "--trec", "y");
  await refused(2, 'Cannot compare by "recal@20"', "x", "y", "--metrics", "recal@20");
  await refused(2, "it is of a whole list", "x", "y", "--by", "items", "--metrics", "novelty@20");
  const lists = ["--trec", "x", "--trec", "y", "--qrels", "z"];
  await refused(2, "Cannot use --mask with --trec alone", ...lists, "--mask", "train");
  await refused(2, "Cannot use --split with --trec alone", ...lists, "--split", "valid");
  await refused(2, "Cannot use --mask train+valid with --split valid", ...["x", "y"], ...[
    "--split",
    "valid",
    "--mask",
    "train+valid",
  ]);
  await refused(2, "Cannot use --data-dir with --trec alone", ...lists, "--data-dir", "d");
  await refused(2, "Cannot use --adapter with --trec alone", ...lists, "--adapter", "auto");
  await refused(2, 'Cannot use --group ""', "x", "y", "--group", "");
  await refused(2, 'Cannot use --resamples "5"', "x", "y", "--resamples", "5");
});
