/**
 * The command line of Bandpass: `./bandpass COMMAND` runs this file with the permissions that the
 * command needs (`cli/launch.sh`).
 *
 * @module
 */
import { CommanderError } from "@commander-js/extra-typings";
import manifest from "../deno.json" with { type: "json" };
import type { AnyCommand } from "./common/command.ts";
import { allCommands } from "./commands.ts";
import { createProgram } from "./command_line.ts";
import { removeUnfinishedAtSignals } from "./common/interruption.ts";
import { reportError } from "./common/report_error.ts";
import { refuseHelpOnNothing, refuseOptionAsValue, usageError } from "./common/usage.ts";

/**
 * Runs the command line.
 *
 * @param args What the user typed.
 * @param commands What there is to run.
 * @returns The exit code.
 */
export async function main(
  args: readonly string[],
  commands: readonly AnyCommand[],
): Promise<number> {
  const program = createProgram(commands);
  const tasks = Object.keys(manifest.tasks);
  try {
    refuseOptionAsValue(program, args);
    refuseHelpOnNothing(program, args, tasks);
    // Without arguments there is nothing to do but to say what could be done.
    await program.parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error);
    // Help was asked for and is printed.
    if (error.exitCode === 0) return 0;
    return reportError(usageError(error, program, args, tasks));
  }
}

if (import.meta.main) {
  removeUnfinishedAtSignals();
  Deno.exit(await main(Deno.args, allCommands()));
}
