import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { projectFolder, runTask, withRun } from "../run_cli.ts";

const declaration = JSON.stringify({
  question: "Does a wider embedding help?",
  model: "bpr",
  settings: { batch: 4096 },
  vary: { dim: [4, 8] },
  epochs: 1,
  seeds: 2,
});

/** A file that declares a study, of a name that has no folder in runs/. */
async function withStudy(use: (path: string, name: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/width.json`;
    await Deno.writeTextFile(path, declaration);
    await withRun((name) => use(path, name));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("study runs a file's grid, goes on with it, and tells what it found", () =>
  withStudy(async (path, name) => {
    const planned = await runTask(["study", path, "--name", name, "--dry-run"]);
    assertEquals(planned.code, 0, planned.stderr);
    assertMatch(
      planned.stdout,
      /^sample: 4 runs, 2 variants: dim=4; dim=8\n4 runs: about \d+ s on /,
    );
    assertStringIncludes(planned.stdout, "from one epoch of dim=4, measured now");

    const made = await runTask(["study", path, "--name", name]);
    assertEquals(made.code, 0, made.stderr);
    assertStringIncludes(made.stderr, "run 4/4  dim=8, seed 1: validation recall@20 0.");
    assertMatch(made.stdout, /^On sample\nvariant {2}runs {2}valid Recall@20 {2}deviation/);
    assertStringIncludes(made.stdout, "Best on validation recall@20 is dim=");
    const shown = `Saved in runs/${name}: reading.md, table.csv, trials.parquet\n`;
    assertStringIncludes(made.stdout, shown);

    const again = await runTask(["study", path, "--name", name, "--json"]);
    assertEquals(again.stderr.includes("run 1/4"), false, again.stderr);
    const { study, folder, findings: [{ table, protocol }] } = JSON.parse(again.stdout);
    assertEquals([study, folder, table.length], ["width", `runs/${name}`, 2]);
    assertStringIncludes(protocol, "full ranking");
    const csv = await Deno.readTextFile(`${projectFolder}runs/${name}/table.csv`);
    assertStringIncludes(csv, `sample,dim=8,,8,bpr,recall@20,2,0,`);

    const listed = await runTask(["runs", name]);
    assertMatch(listed.stdout, / study +- +study=width .* done /);
    const outsider = `${projectFolder}runs/${name}/notes.txt`;
    await Deno.writeTextFile(outsider, "mine");
    const kept = await runTask(["runs", name, "--remove"]);
    assertStringIncludes(kept.stderr, 'it also holds "notes.txt", which the study did not write');
    await Deno.remove(outsider);

    const left = await runTask(["study", path, "--name", name, "--dry-run"]);
    assertStringIncludes(left.stdout, "0 of 4 runs are left: nothing to do\n");
    const other = await runTask(["study", path, "--name", name, "--seeds", "3"]);
    assertEquals(other.code, 2);
    assertStringIncludes(other.stderr, "begun in another way: seeds 2, now 3");
    assertStringIncludes(other.stderr, "--name");
    const removed = await runTask(["runs", name, "--remove", "--yes"]);
    assertEquals(removed.code, 0, removed.stderr);
  }));

Deno.test("study lists the built-in studies", async () => {
  const text = await runTask(["study"]);
  assertEquals(text.code, 0, text.stderr);
  for (const name of ["bins", "denoise", "modalities", "noise", "encoder", "bands", "operator"]) {
    assertStringIncludes(text.stdout, `\n${name} `);
  }
  const { studies } = JSON.parse((await runTask(["study", "--json"])).stdout);
  assertEquals(studies.length, 10);
});

Deno.test("study refuses what it cannot run, with what to do", () =>
  withStudy(async (path) => {
    const spaced = path.replace(/[^/]*$/, "my study.json");
    await Deno.copyFile(path, spaced);
    const refusals: [string[], number, string][] = [
      [["nosie"], 2, 'Did you mean "noise"?'],
      [[`${path}x.json`], 3, "Cannot read"],
      [["noise", "--seeds", "0"], 2, 'Cannot use --seeds "0": expected an integer from 1'],
      [["noise", "--epochs", "x"], 2, 'Cannot use --epochs "x"'],
      [["noise", "--name", "../x"], 2, '"../x"'],
      [[spaced], 2, "next: Name its folder: --name NAME"],
      [["noise", "--dataset", "nothing-there"], 3, "nothing-there"],
      [["denoise", "--set", "denoiser=none"], 2, 'Cannot set "denoiser"'],
      [["denoise", "--set", "dims=3"], 2, 'Unknown setting "dims"'],
    ];
    for (const [args, code, message] of refusals) {
      const refused = await runTask(["study", ...args]);
      assertEquals([refused.code, refused.stdout], [code, ""], refused.stderr);
      assertStringIncludes(refused.stderr, message);
      assert(refused.stderr.includes("next: "), refused.stderr);
    }
  }));
