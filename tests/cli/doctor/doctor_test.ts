import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { denoCheck, doctorText } from "../../../cli/doctor/doctor_command.ts";
import { runScript, runTask } from "../run_cli.ts";

Deno.test("denoCheck() accepts 2.9.5 and whatever came later", () => {
  for (const version of ["2.9.5", "2.9.6", "2.10.0", "3.0.0", "2.9.10-rc.1", "2.9.5+abc"]) {
    assertEquals(denoCheck(version), {
      name: "Deno",
      passed: true,
      found: version,
      remedy: undefined,
    });
  }
  for (const version of ["2.9.4", "2.8.9", "1.46.3"]) {
    assertEquals(denoCheck(version).passed, false, version);
  }
});

Deno.test("doctorText() lists checks with their remedies, then limits", () => {
  const text = doctorText("linux x86_64", [
    { name: "Deno", passed: true, found: "2.9.6" },
    { name: "adapter", passed: false, found: "none", remedy: "Install a driver" },
  ], { maxBufferSize: 1 << 20 });
  assertEquals(text.split("\n"), [
    "Bandpass on linux x86_64",
    "",
    "ok      Deno           2.9.6",
    "FAILED  adapter        none",
    "                       next: Install a driver",
    "        maxBufferSize  1,048,576",
    "",
  ]);
});

Deno.test("doctor prints what it found, and exits with 4 where the GPU is of no use", async () => {
  const good = await runScript("tests/cli/fixture.ts", ["doctor", "--json"]);
  assertEquals([good.code, good.stderr], [0, ""]);
  assertEquals(JSON.parse(good.stdout).checks.map(({ name }: { name: string }) => name), [
    "Deno",
    "auto",
  ]);
  const bad = await runScript("tests/cli/fixture.ts", ["doctor", "--adapter", "gpu"]);
  assertEquals(bad.code, 4);
  assertStringIncludes(bad.stdout, "FAILED  gpu");
  assertStringIncludes(bad.stderr, "error: This machine cannot train yet\n  next: Use the cpu\n");
});

Deno.test("doctor tests the adapter of this machine, with the permissions of its task", async () => {
  const { code, stdout, stderr } = await runTask(["doctor", "--json"]);
  assertEquals([code, stderr], [0, ""]);
  const { passed, checks, limits } = JSON.parse(stdout);
  assertEquals(passed, true);
  assertEquals(checks.map(({ name }: { name: string }) => name), [
    "Deno",
    "Adapter",
    "Kernels",
    "Long loop",
    "NaN and infinity",
    "Integer hash",
    "Small product",
  ]);
  assertEquals(limits.maxStorageBufferBindingSize >= 2 ** 27, true);
  const text = await runTask(["doctor"]);
  assertEquals([text.code, text.stderr], [0, ""]);
  for (const { name, found } of checks) {
    assertMatch(text.stdout, new RegExp(`^ok +${name} `, "m"));
    assertStringIncludes(text.stdout, name === "Small product" ? "away from f64" : found);
  }
});

Deno.test("doctor measures and forgets kernels, one at a time", async () => {
  const doctor = (...args: string[]) => runScript("tests/cli/fixture.ts", ["doctor", ...args]);
  const both = await doctor("--tune", "--forget");
  assertEquals(both.code, 2);
  assertStringIncludes(both.stderr, "next: Give --tune or --forget, and not both\n");
  const tuned = await doctor("--tune");
  assertEquals([tuned.code, tuned.stdout], [4, ""]);
  assertStringIncludes(tuned.stderr, "error: no timestamps\n");
  const forgotten = await doctor("--forget");
  assertEquals([forgotten.code, forgotten.stderr], [0, "There were no kernels to forget\n"]);
});

Deno.test("doctor takes --adapter cpu or --adapter gpu, whichever this machine has", async () => {
  const outcomes = await Promise.all(
    ["cpu", "gpu"].map((adapter) => runTask(["doctor", "--adapter", adapter])),
  );
  assert(outcomes.some(({ code }) => code === 0));
  for (const { code, stdout, stderr } of outcomes.filter(({ code }) => code !== 0)) {
    assertEquals(code, 4);
    assertMatch(stdout, /^FAILED +Adapter +Cannot (use --adapter|open the GPU)/m);
    assertStringIncludes(stderr, "error: This machine cannot train yet\n  next: Install");
  }
});

Deno.test("doctor says what to install where there is no adapter, with exit code 4", async () => {
  // No machine has a driver of this kind beside Windows.
  const backend = Deno.build.os === "windows" ? "metal" : "dx12";
  const { code, stdout, stderr } = await runTask(["doctor", "--json"], {
    DENO_WEBGPU_BACKEND: backend,
  });
  assertEquals(code, 4);
  const { passed, checks, limits } = JSON.parse(stdout);
  assertEquals([passed, limits], [false, {}]);
  assertEquals(checks.at(-1).found, "Cannot open the GPU: no adapter found");
  assertStringIncludes(checks.at(-1).remedy, "mesa-vulkan-drivers");
  assertStringIncludes(stderr, checks.at(-1).remedy);
});
