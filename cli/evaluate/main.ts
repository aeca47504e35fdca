/**
 * The program that `evaluate` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { evaluateCommand } from "./evaluate_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return evaluateCommand(loaded(async () => (await import("./run_evaluate.ts")).runEvaluate));
}

if (import.meta.main) await runAsProgram([command()]);
