/**
 * The program that `verify` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { verifyCommand } from "./verify_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return verifyCommand(loaded(async () => (await import("./run_verify.ts")).openVerification));
}

if (import.meta.main) await runAsProgram([command()]);
