/**
 * Fetches the packages that run encoders, the first time that a command needs them, and prints the flag that
 * lets Deno load their native libraries: `cli/launch.sh` starts it so, with the path of Deno.
 *
 * @module
 */
import { exitCodes } from "../../errors.ts";
import { shellWord } from "../common/shell_word.ts";
import { encoderPackages } from "./transformers.ts";

/** A connection that stands still for as long as all of them take on a slow one has no end. */
const mostMinutes = 20;

const lock = "cli/encode/deno.lock";

/** Runs Deno. */
async function run(deno: string, args: readonly string[], milliseconds?: number) {
  const signal = milliseconds === undefined ? undefined : AbortSignal.timeout(milliseconds);
  const { code, stdout, stderr } = await new Deno.Command(deno, {
    args: [...args],
    stdin: "null",
    signal,
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr), signal };
}

/**
 * Where Deno keeps packages.
 *
 * @param deno The path of Deno.
 */
async function cacheOf(deno: string): Promise<string> {
  return JSON.parse((await run(deno, ["info", "--json"])).stdout).npmCache;
}

/**
 * Whether the packages were fetched before.
 *
 * @param deno The path of Deno.
 */
export async function packagesAreThere(deno: string): Promise<boolean> {
  return await isIn(await cacheOf(deno));
}

/** Whether the first package is in a folder, which has one for each registry. */
async function isIn(npmCache: string): Promise<boolean> {
  const [, name, version] = /^npm:(.+)@(.+)$/.exec(encoderPackages.transformers)!;
  try {
    for await (const registry of Deno.readDir(npmCache)) {
      const path = `${npmCache}/${registry.name}/${name}/${version}`;
      if (await Deno.stat(path).then(() => true, () => false)) return true;
    }
  } catch {
    // Nothing was ever fetched.
  }
  return false;
}

/**
 * Fetches what is not there.
 *
 * @param deno The path of Deno.
 * @returns The flag; nothing where it failed, which is said on stderr.
 */
async function fetchPackages(deno: string): Promise<string | undefined> {
  const npmCache = await cacheOf(deno);
  const packages = Object.values(encoderPackages);
  if (!await isIn(npmCache)) {
    console.error(
      `bandpass: fetching ${
        packages.join(" and ")
      } from npm, with all that they need: about 480 MB in\n` +
        `  ${npmCache}, this once; no encoder is fetched with them`,
    );
  }
  const { code, stderr, signal } = await run(
    deno,
    ["cache", "--quiet", `--lock=${lock}`, ...packages],
    60_000 * mostMinutes,
  );
  if (code === 0) return `--allow-ffi=${npmCache}`;
  const reason = signal?.aborted ? `it took more than ${mostMinutes} minutes` : reasonIn(stderr);
  console.error(
    `error: Cannot fetch ${packages.join(" and ")} from npm: ${reason}\n` +
      "  next: Check the connection and the space on the disk, and run again: what was fetched is kept",
  );
  return undefined;
}

/** What Deno says of a failure, with what is behind it. */
function reasonIn(stderr: string): string {
  const [, failure = "Deno failed"] = /^error: (.*)$/m.exec(stderr) ?? [];
  const causes = Array.from(stderr.matchAll(/^ *\d+: (?!<)(.*)$/gm), ([, cause]) => cause);
  return [failure, ...causes.slice(-1)].join(": ");
}

if (import.meta.main) {
  const flag = await fetchPackages(Deno.args[0]);
  if (flag === undefined) Deno.exit(exitCodes.failure);
  console.log(shellWord(flag));
}
