/**
 * Runs a script of the command line as the user's shell would: in a process of its own.
 *
 * @module
 */
import { fromFileUrl } from "@std/path";

/** The folder of the project. */
export const projectFolder: string = fromFileUrl(new URL("../..", import.meta.url));

/** What a process left behind. */
export interface Outcome {
  /** Its exit code. */
  readonly code: number;
  /** What it printed on stdout. */
  readonly stdout: string;
  /** What it printed on stderr. */
  readonly stderr: string;
}

/**
 * Runs a script of the project with Deno, without stdin.
 *
 * @param script The script, relative to the project.
 * @param args Its arguments.
 * @param permissions Deno's flags.
 * @param folder The folder that the user stands in.
 */
export async function runScript(
  script: string,
  args: readonly string[],
  permissions: readonly string[] = ["--allow-read", "--allow-env=INIT_CWD"],
  folder: string = projectFolder,
): Promise<Outcome> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...permissions, script, ...args],
    cwd: projectFolder,
    env: { INIT_CWD: folder, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
