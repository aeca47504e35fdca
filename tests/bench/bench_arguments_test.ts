import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { count, headOf } from "../../bench/bench_arguments.ts";
import { UsageError } from "../../errors.ts";

/** What `bench/training.ts` says to these arguments. */
async function told(...args: string[]) {
  const program = new URL("../../bench/training.ts", import.meta.url).pathname;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", "--cached-only", "--allow-read", program, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout), errors: decoder.decode(stderr) };
}

Deno.test("a program that measures prints the head of its file where help is asked for", async () => {
  const { code, output } = await told("--help");
  assertEquals(code, 0);
  assertMatch(output, /^Measures training: .*\n[^]*Usage: \.\/bandpass bench-training .*\n/);
});

Deno.test("a program that measures tells failures as commands do", async () => {
  for (
    const [args, message] of [
      [["--epoch", "3"], "error: Unknown option '--epoch'\n"],
      [["--epochs", "0"], 'error: Cannot use --epochs "0": expected an integer from 1'],
      [["--model", "ease"], 'error: Cannot measure training of "ease"'],
    ] as const
  ) {
    const { code, errors } = await told(...args);
    assertEquals([code, errors.slice(0, message.length)], [2, message]);
    assertMatch(errors, /\n {2}next: Give --\w+/);
  }
});

Deno.test("headOf() is the comment without its stars, and count() refuses what is none", () => {
  assertEquals(
    headOf("/**\n * Measures starts.\n *\n * @module\n */\nconst a = 1;"),
    "Measures starts.",
  );
  assertEquals(count("epochs", "12"), 12);
  assertThrows(() => count("epochs", "1.5"), UsageError, "--epochs");
});
