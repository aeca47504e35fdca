/**
 * The program that `run-trial` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { trialCommand } from "./trial_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return trialCommand(loaded(async () => (await import("./run_trial_task.ts")).runTrialTask));
}

if (import.meta.main) await runAsProgram([command()]);
