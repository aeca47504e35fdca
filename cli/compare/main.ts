/**
 * The program that `compare` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { compareCommand } from "./compare_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return compareCommand(loaded(async () => (await import("./run_compare.ts")).runCompare));
}

if (import.meta.main) await runAsProgram([command()]);
