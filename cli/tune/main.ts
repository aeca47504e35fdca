/**
 * The program that `tune` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { tuneCommand } from "./tune_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return tuneCommand(loaded(async () => (await import("./run_tune.ts")).runTune));
}

if (import.meta.main) await runAsProgram([command()]);
