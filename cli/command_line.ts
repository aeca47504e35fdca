/**
 * The whole command line as one command.
 *
 * @module
 */
import { type AnyCommand, createCommand } from "./common/command.ts";
import { programName } from "./common/program_name.ts";

/** The heading under which the help lists what is about the command line itself. */
export const helpGroup = "Help";

/**
 * Makes it.
 *
 * @param commands What there is to run.
 */
export function createProgram(commands: readonly AnyCommand[]): AnyCommand {
  const program = createCommand(
    programName(),
    "Train and serve multimodal recommenders on WebGPU",
    [
      { purpose: "Train on the built-in sample", line: "train" },
      { purpose: "See what a command can do", line: "train --help" },
    ],
  );
  for (const command of commands) program.addCommand(command);
  return program.commandsGroup(`${helpGroup}:`)
    .helpCommand("help [command]", "Show the help of a command");
}
