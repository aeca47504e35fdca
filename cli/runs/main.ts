/**
 * The program that `runs` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { runsCommand } from "./runs_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return runsCommand(loaded(async () => (await import("./run_runs.ts")).runRuns));
}

if (import.meta.main) await runAsProgram([command()]);
