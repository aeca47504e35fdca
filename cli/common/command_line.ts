/**
 * The whole command line as one command.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { type AnyCommand, createCommand } from "./command.ts";
import { programName } from "./program_name.ts";

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
    "Train, evaluate and use multimodal recommenders on any GPU",
    [
      { purpose: "Train on the built-in sample", line: "train" },
      { purpose: "See the options of a command", line: "train --help" },
    ],
  );
  for (const command of commands) program.addCommand(command);
  program.addHelpText("after", '\nIn the project\'s folder, "deno task COMMAND" does the same.');
  return program
    .version(`bandpass ${manifest.version}`, "-V, --version", "Show the version")
    .commandsGroup(`${helpGroup}:`)
    .helpCommand("help [command]", "Show the help of a command");
}
