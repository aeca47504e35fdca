/**
 * The program that `explain` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { explainCommand } from "./explain_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return explainCommand(loaded(async () => (await import("./run_explain.ts")).runExplain));
}

if (import.meta.main) await runAsProgram([command()]);
