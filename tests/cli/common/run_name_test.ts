import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { projectFolder, runTask } from "../run_cli.ts";
import { UsageError } from "../../../errors.ts";
import { freeRunName, isRunName, newFolderName, runNameOf } from "../../../cli/common/run_name.ts";

const run = { dataset: "tiktok", model: "smore", seed: 3 };

Deno.test("runNameOf() names what was changed where that is one thing", () => {
  assertEquals(runNameOf(run, {}), "tiktok-smore-3");
  assertEquals(runNameOf(run, { learning_rate: 1e-4 }), "tiktok-smore-learning_rate=0.0001-3");
  assertEquals(runNameOf(run, { dim: 32, layers: 2 }), "tiktok-smore-3");
});

Deno.test("runNameOf() names nothing that a shell or a permission reads otherwise", () => {
  assertEquals(runNameOf(run, { neighbours: "image=40,text=15" }), "tiktok-smore-3");
  assertEquals(runNameOf(run, { note: "a b" }), "tiktok-smore-3");
  assertEquals(runNameOf(run, { note: "x".repeat(80) }), "tiktok-smore-3");
});

Deno.test("isRunName() takes the names that runs get by themselves, and no paths", () => {
  for (const name of ["a", "tiktok-smore-dim=32-0", "1.0+b"]) assertEquals(isRunName(name), true);
  for (const name of ["", ".", "..", "a/b", "-a", "=a", "a b", "a,b"]) {
    assertEquals(isRunName(name), false, name);
  }
});

Deno.test("newFolderName() refuses a name that leaves no room for what is being written", () => {
  assertEquals(newFolderName("a".repeat(200), "--run"), "a".repeat(200));
  assertThrows(
    () => newFolderName("a".repeat(201), "--name"),
    UsageError,
    `a…": it has 201 characters, expected at most 200`,
  );
});

Deno.test("newFolderName() says what to do about a name that the user has not given", () => {
  const { message, nextStep } = assertThrows(
    () =>
      newFolderName("sample-my file-study", "the study's own name", "Name its folder: --name NAME"),
    UsageError,
  );
  assertStringIncludes(message, `Cannot use the study's own name "sample-my file-study": expected`);
  assertEquals(nextStep, "Name its folder: --name NAME");
});

Deno.test("freeRunName() counts up to the first name that is free", async () => {
  const folder = await Deno.makeTempDir();
  assertEquals(await freeRunName("a", folder), "a");
  for (const name of ["a", "a-2"]) await Deno.mkdir(`${folder}/${name}`);
  assertEquals(await freeRunName("a", folder), "a-3");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("train gives two trainings that begin together a run each", async () => {
  const training = () => runTask(["train", "--model", "popularity", "--seed", "7", "--json"]);
  const both = await Promise.all([training(), training()]);
  const runs = both.map(({ code, stdout, stderr }) => {
    assertEquals(code, 0, stderr);
    return JSON.parse(stdout).run;
  });
  for (const run of runs) await Deno.remove(`${projectFolder}${run}`, { recursive: true });
  assertEquals(new Set(runs).size, 2, runs.join());
});
