import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { projectFolder, runTask } from "../run_cli.ts";

Deno.test("train --dry-run prints the memory plan and makes no run", async () => {
  const { code, stdout, stderr } = await runTask(["train", "--dry-run", "--run", "test-dry"]);
  assertEquals(code, 0, stderr);
  assertStringIncludes(stdout, "parameters");
  assertStringIncludes(stdout, "saved by sharing");
  assertStringIncludes(stdout, "largest binding");
  assertEquals(await Deno.stat(`${projectFolder}runs/test-dry`).catch(() => "none"), "none");
});

Deno.test("train --dry-run --json gives the plan as one object, whose owners add up", async () => {
  const { code, stdout, stderr } = await runTask(["train", "--dry-run", "--json"]);
  assertEquals(code, 0, stderr);
  const { model, dataset, owners, bytes, bytes_without_reuse } = JSON.parse(stdout);
  assertEquals([model, dataset, owners[0].owner], ["ssr", "sample", "parameters"]);
  const sum = owners.reduce((all: number, { bytes }: { bytes: number }) => all + bytes, 0);
  assertEquals(sum, bytes_without_reuse);
  assert(bytes < 0.6 * bytes_without_reuse, `${bytes} of ${bytes_without_reuse} bytes`);
});

Deno.test("train --dry-run --json gives one object for a model without parameters too", async () => {
  const args = ["train", "--dry-run", "--json", "--model", "popularity"];
  const { code, stdout, stderr } = await runTask(args);
  assertEquals(code, 0, stderr);
  const { model, owners, bytes } = JSON.parse(stdout);
  assertEquals([model, owners, bytes], ["popularity", [], 0]);
});

Deno.test("train --dry-run --json plans the matrix of EASE, which nothing has computed", async () => {
  const { code, stdout, stderr } = await runTask([
    "train",
    "--dry-run",
    "--json",
    "--model",
    "ease",
  ]);
  assertEquals(code, 0, stderr);
  const { owners, bytes } = JSON.parse(stdout);
  assertEquals(owners, [{ owner: "item weights", buffers: 1, bytes: 4 * 600 * 600 }]);
  assertEquals(bytes, 4 * 600 * 600);
});

Deno.test("train --dry-run foretells an epoch by some of its steps, and nothing of a model that has none", async () => {
  const args = ["train", "--dry-run", "--json", "--model", "bpr"];
  const { code, stdout, stderr } = await runTask(args);
  assertEquals(code, 0, stderr);
  const { time, host_bytes } = JSON.parse(stdout);
  assertEquals([time.steps_per_epoch, time.timed_steps <= 5], [5, true]);
  assert(time.seconds_per_epoch > 0 && time.seconds_of_validation > 0);
  assert(host_bytes > 2 ** 26);
  const computed = await runTask(["train", "--dry-run", "--json", "--model", "popularity"]);
  assertEquals(JSON.parse(computed.stdout).time, undefined);
});
