import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { count, headOf } from "../../bench/bench_arguments.ts";
import { UsageError } from "../../errors.ts";
import { runScript } from "../cli/run_cli.ts";

const measure = (...args: string[]) => runScript("bench/training.ts", args, ["--allow-read"]);

Deno.test("a program that measures prints the head of its file where help is asked for", async () => {
  const { code, stdout } = await measure("--help");
  assertEquals(code, 0);
  assertMatch(stdout, /^Measures training: .*\n[^]*Usage: \.\/bandpass bench-training .*\n/);
});

Deno.test("a program that measures tells failures as commands do", async () => {
  for (
    const [args, message] of [
      [["--epoch", "3"], "error: Unknown option '--epoch'\n"],
      [["--epochs", "0"], 'error: Cannot use --epochs "0": expected an integer from 1'],
      [["--model", "ease"], 'error: Cannot measure training of "ease"'],
    ] as const
  ) {
    const { code, stderr } = await measure(...args);
    assertEquals([code, stderr.slice(0, message.length)], [2, message]);
    assertMatch(stderr, /\n {2}next: Give --\w+/);
  }
});

Deno.test("headOf() is the comment without its stars, and count() refuses what is none", () => {
  assertEquals(
    headOf("/**\n * Measures starts.\n *\n * @module\n */\nconst a = 1;"),
    "Measures starts.",
  );
  assertEquals(count("epochs", "12"), 12);
  assertEquals(count("requests", "1100000"), 1_100_000);
  assertThrows(() => count("epochs", "1.5"), UsageError, "--epochs");
});
