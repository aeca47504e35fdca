/**
 * The program of the whole command line, for help and mistakes in the name of a command.
 * `./bandpass COMMAND` runs the program of that command, with the permissions that it needs
 * (`cli/launch.sh`).
 *
 * @module
 */
import { runAsProgram } from "./common/run_program.ts";
import { allCommands } from "./commands.ts";

if (import.meta.main) await runAsProgram(allCommands());
