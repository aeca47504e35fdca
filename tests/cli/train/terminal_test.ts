import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { stripVTControlCharacters } from "node:util";
import { projectFolder, withRun } from "../run_cli.ts";

/** Debian's `script`, which gives a command a terminal. */
const hasScript = await new Deno.Command("script", { args: ["--version"] }).output()
  .then(({ success }) => success, () => false);
const ignore = !hasScript || Deno.build.os !== "linux";

const columns = 80;

/** What a terminal of 80 columns is sent by a training, which Ctrl+C may be typed at. */
async function onTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  interruptAt?: string,
): Promise<{ code: number; sent: string }> {
  const training = ["sh", "cli/launch.sh", "train", "--model", "lightgcn", ...args].join(" ");
  const command = `stty cols ${columns} rows 24; exec ${training}`;
  const child = new Deno.Command("script", {
    args: ["-qec", command, "/dev/null"],
    cwd: projectFolder,
    clearEnv: true,
    env: {
      ...{ PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "", TERM: "xterm" },
      ...{ XDG_RUNTIME_DIR: "/tmp", INIT_CWD: projectFolder, BANDPASS_DENO: Deno.execPath() },
      ...env,
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const keyboard = child.stdin.getWriter();
  const text = new TextDecoder();
  let sent = "";
  let isTyped = interruptAt === undefined;
  for await (const chunk of child.stdout) {
    sent += text.decode(chunk, { stream: true });
    if (isTyped || !sent.includes(interruptAt!)) continue;
    isTyped = true;
    await keyboard.write(new TextEncoder().encode("\x03"));
  }
  await keyboard.close().catch(() => {});
  return { code: (await child.status).code, sent };
}

/** What stands on the screen at the end: of each line what was drawn last. */
function screenOf(sent: string): string[] {
  return sent.split("\r\n").map((line) => stripVTControlCharacters(line.split("\r").at(-1)!));
}

Deno.test(
  "train on a terminal leaves no line that wraps, and none of Ctrl+C",
  { ignore },
  () =>
    withRun(async (name) => {
      const { code, sent } = await onTerminal(["--run", name], {}, "epoch 3");
      assertEquals(code, 130, sent);
      assertStringIncludes(sent, "^C");
      const screen = screenOf(sent);
      for (const line of screen) assert(line.length <= columns, line);
      assert(!screen.join("\n").includes("^C"), sent);
      assertStringIncludes(sent, "\x1b[1mBandpass");
      const at = screen.findIndex((line) => line.startsWith("Interrupted: saving the state"));
      assert(screen[at + 1].startsWith("epoch "), sent);
      assert(/^Interrupted (after|in) epoch \d+; the state is saved$/.test(screen[at + 2]), sent);
      assertStringIncludes(screen[at + 3], `train --resume runs/${name}`);
    }),
);

Deno.test(
  "train on a terminal obeys NO_COLOR, and still redraws its line",
  { ignore },
  () =>
    withRun(async (name) => {
      const args = ["--run", name, "--epochs", "2"];
      const { code, sent } = await onTerminal(args, { NO_COLOR: "1" });
      assertEquals(code, 0, sent);
      assertStringIncludes(sent, "\r\x1b[2Kepoch 2/2");
      assert(!sent.includes("\x1b[1m"), sent);
    }),
);

Deno.test("train writes plain lines to a dumb terminal", { ignore }, () =>
  withRun(async (name) => {
    const { code, sent } = await onTerminal(["--run", name, "--epochs", "1"], { TERM: "dumb" });
    assertEquals(code, 0, sent);
    assertStringIncludes(sent, "\nepoch 1/1  Recall@20");
    // Deno itself may draw something while it loads modules.
    assert(!sent.slice(sent.indexOf("Bandpass")).includes("\x1b["), sent);
  }));
