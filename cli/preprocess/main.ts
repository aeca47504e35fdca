/**
 * The program that `preprocess` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { preprocessCommand } from "./preprocess_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return preprocessCommand(loaded(async () => (await import("./run_preprocess.ts")).runPreprocess));
}

if (import.meta.main) await runAsProgram([command()]);
