/**
 * Runs `preprocess` as the user's shell would: in a process of its own, with a table on stdin.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Outcome, projectFolder } from "../run_cli.ts";

/** Writes files that the command is to read into its folder. */
export type Preparation = (directory: string) => Promise<void>;

/**
 * Runs `preprocess` for a dataset `shop` in a folder that is removed afterwards; paths in the
 * arguments count from that folder.
 *
 * @param stdin What stdin holds.
 * @param args Further arguments.
 * @param use Looks at what came of it.
 * @param prepare Comes before.
 */
export async function preprocess(
  stdin: string | Uint8Array,
  args: readonly string[],
  use: (outcome: Outcome, directory: string) => Promise<void> | void,
  prepare: Preparation = () => Promise.resolve(),
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await prepare(directory);
    const permissions = ["--allow-read", `--allow-write=${directory}`, "--allow-env=INIT_CWD"];
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "--no-prompt", ...permissions, `${projectFolder}cli/main.ts`],
        ...["preprocess", "--dataset", "shop", "--data-dir", directory, ...args],
      ],
      cwd: projectFolder,
      env: { INIT_CWD: directory, NO_COLOR: "1" },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = process.stdin.getWriter();
    const bytes = typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin;
    // A command that refuses its arguments does not read.
    await writer.write(bytes).then(() => writer.close()).catch(() => {});
    const { code, stdout, stderr } = await process.output();
    const text = new TextDecoder();
    await use({ code, stdout: text.decode(stdout), stderr: text.decode(stderr) }, directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/**
 * Expects an error with a next step, nothing on stdout, and no file left behind.
 *
 * @param stdin What stdin holds.
 * @param args Further arguments.
 * @param code The exit code.
 * @param found Parts of the message.
 */
export async function refused(
  stdin: string | Uint8Array,
  args: readonly string[],
  code: number,
  ...found: readonly string[]
): Promise<void> {
  await refusedWith({}, stdin, args, code, ...found);
}

/**
 * As {@linkcode refused}, with files in the folder.
 *
 * @param files Their names and what they hold.
 * @param stdin What stdin holds.
 * @param args Further arguments.
 * @param code The exit code.
 * @param found Parts of the message.
 */
export async function refusedWith(
  files: Readonly<Record<string, string | Uint8Array>>,
  stdin: string | Uint8Array,
  args: readonly string[],
  code: number,
  ...found: readonly string[]
): Promise<void> {
  await preprocess(stdin, args, async (outcome, directory) => {
    assertEquals(outcome.code, code, outcome.stderr);
    for (const text of [...found, "  next: "]) assertStringIncludes(outcome.stderr, text);
    assertEquals(outcome.stdout, "");
    const left = await Array.fromAsync(Deno.readDir(directory), ({ name }) => name);
    assertEquals(left.sort(), Object.keys(files).sort(), "nothing is left behind");
  }, writeFiles(files));
}

/**
 * A preparation that writes files.
 *
 * @param files Their names and what they hold.
 */
export function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): Preparation {
  return async (directory) => {
    for (const [name, contents] of Object.entries(files)) {
      const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
      await Deno.writeFile(`${directory}/${name}`, bytes);
    }
  };
}
