import { assertEquals, assertStringIncludes } from "@std/assert";
import { projectFolder } from "../run_cli.ts";

/** Sends signals, each once the process has printed something, and gives what it left behind. */
async function signalled(args: string[], signals: readonly Deno.Signal[], between = 0) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "tests/cli/common/signalled.ts", ...args],
    cwd: projectFolder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(child.stderr).text();
  const reader = child.stdout.getReader();
  for (const signal of signals) {
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, between));
    child.kill(signal);
  }
  await reader.cancel();
  return { code: (await child.status).code, stderr: await stderr };
}

const ignore = Deno.build.os === "windows";

Deno.test("a training hears SIGHUP as it hears SIGTERM", { ignore }, async () => {
  const { code, stderr } = await signalled(["training"], ["SIGHUP", "SIGTERM"], 400);
  assertEquals(code, 143, stderr);
  assertStringIncludes(stderr, "Interrupted by SIGHUP: saving the state (press Ctrl+C again");
});

Deno.test("a second Ctrl+C ends a training at once", { ignore }, async () => {
  const started = performance.now();
  const { code, stderr } = await signalled(["training"], ["SIGINT", "SIGINT"], 400);
  assertEquals(code, 130, stderr);
  assertStringIncludes(stderr, "stopped at once");
  assertEquals(performance.now() - started < 50_000, true);
});

Deno.test("a command that is ended while it writes leaves nothing behind", { ignore }, async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/a.csv`, "former");
  for (const [signal, expected] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
    const { code, stderr } = await signalled(["writing", `${folder}/a.csv`], [signal]);
    assertEquals(code, expected, stderr);
    const by = signal === "SIGINT" ? "Interrupted;" : `Interrupted by ${signal};`;
    assertStringIncludes(stderr, `${by} what was being written is removed`);
    assertEquals(stderr.includes("error:"), false);
    assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["a.csv"]);
  }
  assertEquals(await Deno.readTextFile(`${folder}/a.csv`), "former");
  await Deno.remove(folder, { recursive: true });
});
