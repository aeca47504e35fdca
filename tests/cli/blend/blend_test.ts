import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { projectFolder, runTask, trainedMetrics, withRun } from "../run_cli.ts";

/** Trains models that take a moment, each in a run of its own. */
async function withRuns(
  models: readonly string[],
  use: (...names: string[]) => Promise<void>,
  names: readonly string[] = [],
): Promise<void> {
  const [model, ...others] = models;
  if (model === undefined) return await use(...names);
  await withRun(async (name) => {
    const epochs = model === "bpr" ? ["--epochs", "2"] : [];
    const { code, stderr } = await runTask(["train", "--model", model, ...epochs, "--run", name]);
    assertEquals(code, 0, stderr);
    await withRuns(others, use, [...names, name]);
  });
}

Deno.test("blend shows members alone and together, and other commands take its run as any other", () =>
  withRuns(["itemknn", "bpr", "popularity"], (...members) =>
    withRun(async (name) => {
      const made = await runTask(["blend", ...members, "--run", name, "--json"]);
      assertEquals(made.code, 0, made.stderr);
      const report = JSON.parse(made.stdout);
      assertEquals([report.run, report.dataset], [`runs/${name}`, "sample"]);
      assertEquals(report.members.map(({ run }: { run: string }) => run), members);
      assertStringIncludes(made.stderr, "Searching weights by validation recall@20");
      for (const split of ["valid", "test"]) {
        for (const run of [name, members[0]]) {
          const found = await runTask(["evaluate", run, "--split", split, "--json"]);
          const of = run === name ? report : report.members[0];
          assertEquals(
            trainedMetrics(found.stdout),
            of[split === "valid" ? "validation" : "test"],
          );
        }
      }
      const user = await runTask(["recommend", name, "--user", "0", "-k", "3"]);
      assertEquals(user.stdout.split("\n").length, 5, user.stderr);
      const history = await runTask(["recommend", name, "--history", "3,5", "-k", "3"]);
      assertEquals(history.stdout.split("\n").length, 5, history.stderr);
      const out = `${projectFolder}runs/${name}/lists`;
      const lists = await runTask(["export", name, "--format", "trec", "--out", out]);
      assertEquals(lists.code, 0, lists.stderr);
      const runs = await runTask(["runs", name, "--json"]);
      const [listed] = runs.stdout.trim().split("\n").map((line) => JSON.parse(line)).flat();
      const run = listed.runs?.[0] ?? listed;
      assertEquals(Object.keys(run.settings), members);
      assertEquals(run.test, report.test);
    })));

Deno.test("blend refuses what it cannot blend, with what to do", () =>
  withRuns(["itemknn", "popularity"], async (first, second) => {
    const refusals: [string[], number, string][] = [
      [[], 2, 'The argument "runs" is required'],
      [[first], 2, `Cannot blend "runs/${first}" alone: expected two runs or more`],
      [[first, `runs/${first}`], 2, `Cannot blend "runs/${first}" with itself`],
      [[first, `${second}x`], 3, `Did you mean "runs/${second}"?`],
      [
        [first, second, "--run", first],
        2,
        `"runs/${first}" already exists\n  next: Give another name\n`,
      ],
      [[first, second, "--run", "../x"], 2, 'Cannot use --run "../x": expected a name'],
    ];
    for (const [args, code, message] of refusals) {
      const refused = await runTask(["blend", ...args]);
      assertEquals([refused.code, refused.stdout], [code, ""], refused.stderr);
      assertStringIncludes(refused.stderr, message);
      assertStringIncludes(refused.stderr, "next: ");
    }
    const trained = await runTask(["train", "--model", "blend"]);
    assertEquals(trained.code, 2);
    assertStringIncludes(trained.stderr, "./bandpass blend RUN RUN");
    await withRun(async (name) => {
      const made = await runTask(["blend", first, second, "--run", name]);
      assertEquals(made.code, 0, made.stderr);
      assertStringIncludes(made.stdout, `\nSaved in runs/${name}\n`);
      assert(made.stderr.includes(`Next: ./bandpass recommend --run runs/${name} --user `));
      const again = await runTask(["blend", name, second]);
      assertStringIncludes(again.stderr, `it is a blend itself, of "${first}", "${second}"`);
    });
  }));
