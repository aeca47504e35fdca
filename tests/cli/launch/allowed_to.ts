/**
 * What Deno allows a task, found by attempts.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { projectFolder } from "../run_cli.ts";
import type { Folders } from "./folders.ts";

const text = new TextDecoder();

/** A Deno that runs the probe where it is to run the command line. */
async function probingDeno(path: string, attempts: readonly string[]): Promise<string> {
  const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
  const probe = `${projectFolder}tests/cli/launch/probe.ts`;
  await Deno.writeTextFile(
    path,
    `#!/bin/sh
# Nothing is fetched here.
[ "$1" = cache ] && exit 0
for word do
  shift
  case $word in
    cli/main.ts | cli/*/main.ts) set -- "$@" ${quoted(probe)} ${quoted(JSON.stringify(attempts))} ;;
    *) set -- "$@" "$word" ;;
  esac
done
exec ${quoted(Deno.execPath())} "$@"
`,
    { mode: 0o755 },
  );
  return path;
}

/**
 * What a task is allowed, by both ways to start it.
 *
 * @param task The task.
 * @param args Its arguments.
 * @param folders Where the user stands.
 * @param attempts What is attempted.
 */
export async function allowedTo(
  task: string,
  args: readonly string[],
  folders: Folders,
  attempts: readonly string[],
): Promise<string[][]> {
  const bin = `${folders.outside}/../bin`;
  const deno = await probingDeno(`${bin}/deno`, attempts);
  const env = { INIT_CWD: folders.standing, NO_COLOR: "1", XDG_RUNTIME_DIR: "/tmp" };
  const ways = [
    new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", task, ...args],
      cwd: projectFolder,
      env: { ...env, BANDPASS_DENO: deno },
    }),
    new Deno.Command(`${projectFolder}bandpass`, {
      args: [task, ...args],
      cwd: folders.standing,
      // What INIT_CWD says there is of another program.
      env: { ...env, INIT_CWD: "/", PATH: `${bin}:${Deno.env.get("PATH")}` },
    }),
  ];
  return await Promise.all(ways.map(async (way) => {
    const { code, stdout, stderr } = await way.output();
    assertEquals(code, 0, text.decode(stderr));
    return JSON.parse(text.decode(stdout));
  }));
}
