/**
 * The program that `push` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { pushCommand } from "./push_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return pushCommand(loaded(async () => (await import("./run_push.ts")).runPush));
}

if (import.meta.main) await runAsProgram([command()]);
