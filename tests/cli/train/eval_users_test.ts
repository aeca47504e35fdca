import { assertEquals, assertStringIncludes } from "@std/assert";
import { readResult } from "../../../training/result_file.ts";
import { runTask, withRun } from "../run_cli.ts";

const model = ["--model", "bpr", "--no-yardstick"];
const said = "validation ranks 50 of 1,200 users, drawn by the seed";

Deno.test("train --eval-users says whom validation ranks, and keeps them when it is resumed", () =>
  withRun(async (name, folder) => {
    const begun = await runTask(
      ["train", ...model, "--eval-users", "50", "--epochs", "1", "--run", name],
    );
    assertEquals(begun.code, 0, begun.stderr);
    assertStringIncludes(begun.stderr, said);
    assertStringIncludes(begun.stderr, " of 50 users");
    assertStringIncludes(
      begun.stdout,
      "Validation ranks 50 of 1,200 users, drawn by the seed; test ranks all",
    );
    const run = ["--resume", `runs/${name}`];
    const resumed = await runTask(["train", ...run, "--no-yardstick", "--epochs", "2"]);
    assertEquals(resumed.code, 0, resumed.stderr);
    const lines = (await Deno.readTextFile(`${folder}/metrics.jsonl`)).trimEnd().split("\n");
    assertEquals(lines.map((line) => JSON.parse(line).validation_users), [50, 50]);
    assertStringIncludes((await readResult(folder))!.protocol, said);
    const listed = await runTask(["runs", `runs/${name}`]);
    assertStringIncludes(listed.stdout, "eval_users=50");
    const refused = await runTask(["train", ...run, "--eval-users", "60"]);
    assertEquals(refused.code, 2);
    assertStringIncludes(refused.stderr, "Cannot use --eval-users with --resume");
  }));
