/**
 * The whole command line as one command.
 *
 * @module
 */
import { type AnyCommand, createCommand } from "./common/command.ts";

/**
 * Makes it.
 *
 * @param commands What there is to run.
 */
export function createProgram(commands: readonly AnyCommand[]): AnyCommand {
  const program = createCommand("deno task", "Train and serve multimodal recommenders on WebGPU", [
    { purpose: "Train on the built-in sample", line: "train" },
    { purpose: "See what a command can do", line: "train --help" },
  ]);
  program.helpCommand("help [command]", "Show the help of a command");
  for (const command of commands) program.addCommand(command);
  return program;
}
