import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { makeRun, withFolder } from "../runs/made_runs.ts";
import { runTask } from "../run_cli.ts";

Deno.test("report writes one file, by its own permissions", () =>
  withFolder(async (folder) => {
    await makeRun(`${folder}/a`, { scores: [0.1, 0.2], status: "finished" });
    const out = `${folder}/report.html`;
    const { code, stderr, stdout } = await runTask(["report", `${folder}/a`, "--out", out]);
    assertEquals([code, stdout], [0, ""], stderr);
    assertStringIncludes(stderr, "report.html");
    const html = await Deno.readTextFile(out);
    assert(html.startsWith("<!DOCTYPE html>") && html.endsWith("</html>\n"));
    assertStringIncludes(html, `report ${folder}/a --out ${out}`);
    const printed = await runTask(["report", `${folder}/a`, "-o", "-"]);
    assertEquals(printed.stdout, html.replace(`--out ${out}`, "--out -"));
  }));

Deno.test("report says what is wrong with what it is given", () =>
  withFolder(async (folder) => {
    await makeRun(`${folder}/a`, { scores: [0.1] });
    const wrong = [
      [[`${folder}/a`], 2, "--out"],
      [[`${folder}/a`, `${folder}/a/`, "--out", `${folder}/b.html`], 2, "twice"],
      [[folder, "--out", `${folder}/b.html`], 3, "there is no config.json in it"],
    ] as const;
    for (const [args, code, text] of wrong) {
      const outcome = await runTask(["report", ...args]);
      assertEquals(outcome.code, code, outcome.stderr);
      assertStringIncludes(outcome.stderr, text);
      assert(outcome.stderr.includes("next:"), outcome.stderr);
    }
  }));
