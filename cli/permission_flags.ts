/**
 * Prints the flags with which Deno runs a command, quoted for a shell: `cli/launch.sh` starts it so.
 *
 * @module
 */
import { runsOnDisk } from "./common/run_reference.ts";
import { shellWord } from "./common/shell_word.ts";
import { flagsOf, launchedCommands, permissionsOf, RefusedPath } from "./launch/permissions.ts";
import { realPath } from "./launch/granted_paths.ts";
import type { Place } from "./launch/uses.ts";

/** A longer file is no configuration, as `training/configuration_file.ts` has it. */
const mostConfigBytes = 1 << 22;

/** The `data_dir` of a configuration file. Whatever is wrong with it is told by the command. */
function dataDirectory(file: string): string | undefined {
  try {
    const { isFile, size } = Deno.statSync(file);
    // A pipe would wait for a writer, and a device has no end.
    if (!isFile || size > mostConfigBytes) return undefined;
    const data = JSON.parse(Deno.readTextFileSync(file).replace(/^\uFEFF/, ""))?.data_dir;
    return typeof data === "string" && data !== "" ? data : undefined;
  } catch {
    return undefined;
  }
}

const [command, ...args] = Deno.args;
const project = Deno.cwd();
const folder = Deno.env.get("INIT_CWD") ?? project;
const place: Place = { folder, project, realPath, dataDirectory, runs: runsOnDisk };
if (!launchedCommands.includes(command)) throw new TypeError(`"${command}" is not a command`);
try {
  console.log(flagsOf(permissionsOf(command, args, place)).map(shellWord).join(" "));
} catch (error) {
  if (!(error instanceof RefusedPath)) throw error;
  console.error(`error: ${error.message}\n  next: ${error.nextStep}`);
  Deno.exit(2);
}
