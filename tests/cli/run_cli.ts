/**
 * Runs a script of the command line as the user's shell would: in a process of its own.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Metrics } from "../../evaluation/metrics.ts";

/** The folder of the project. */
export const projectFolder: string = fileURLToPath(new URL("../..", import.meta.url));

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

/**
 * Runs a task of `deno.json` with its own permissions.
 *
 * @param args The task and its arguments.
 * @param env Variables beside those of this process.
 * @param input What stdin holds (default: there is none).
 */
export async function runTask(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input?: string,
): Promise<Outcome> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", ...args],
    cwd: projectFolder,
    env: { INIT_CWD: projectFolder, NO_COLOR: "1", ...env },
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (input !== undefined) {
    const writer = process.stdin.getWriter();
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  }
  const { code, stdout, stderr } = await process.output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/**
 * Gives a run's name that no other has, and removes its folder after use.
 *
 * @param use What is done with the run, by its name and its folder.
 */
export async function withRun(
  use: (name: string, folder: string) => Promise<void>,
): Promise<void> {
  const name = `test-${crypto.randomUUID().slice(0, 13)}`;
  const folder = `${projectFolder}runs/${name}`;
  try {
    await use(name, folder);
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

/**
 * The metrics that a training gives, of those that `evaluate --json` gives.
 *
 * @param stdout What it printed.
 */
export function trainedMetrics(stdout: string): Metrics {
  const metrics: Metrics = JSON.parse(stdout).metrics;
  const isTrained = ([key]: [string, number]) => !/^(?:hit|mrr)@/.test(key);
  return Object.fromEntries(Object.entries(metrics).filter(isTrained));
}
