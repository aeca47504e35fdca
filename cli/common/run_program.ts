/**
 * Programs of commands. Each launched command is a program of its own (`main.ts` in its folder), for
 * Deno reads every module that a program may ever import before it runs the first.
 *
 * @module
 */
import { CommanderError } from "@commander-js/extra-typings";
import manifest from "../../deno.json" with { type: "json" };
import type { AnyCommand } from "./command.ts";
import { createProgram } from "./command_line.ts";
import { removeUnfinishedAtSignals } from "./interruption.ts";
import { note } from "./note.ts";
import { reportError } from "./report_error.ts";
import { repeatedOptions } from "./repeated_options.ts";
import { refuseHelpOnNothing, refuseOptionAsValue, usageError } from "./usage.ts";

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
    // Without values, for one might hold a password.
    for (const option of repeatedOptions(program, args)) {
      note(`${option} is given more than once: its last value counts`);
    }
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

/**
 * Runs this process as the command line, to its end.
 *
 * @param commands What there is to run.
 */
export async function runAsProgram(commands: readonly AnyCommand[]): Promise<never> {
  removeUnfinishedAtSignals();
  Deno.exit(await main(Deno.args, commands));
}

/**
 * What a command does, loaded when it is called: neither help nor mistakes in arguments wait for it.
 *
 * @param load Imports it.
 */
export function loaded<Argument, Result>(
  load: () => Promise<(argument: Argument) => Promise<Result>>,
): (argument: Argument) => Promise<Result> {
  return async (argument) => await (await load())(argument);
}
