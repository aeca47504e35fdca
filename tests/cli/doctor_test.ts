import { assertEquals, assertStringIncludes } from "@std/assert";
import { denoCheck, doctorText } from "../../cli/doctor.ts";
import { runScript } from "./run_cli.ts";

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
