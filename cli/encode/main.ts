/**
 * The program that `encode` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { encodeCommand } from "./encode_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return encodeCommand(loaded(async () => (await import("./run_encode.ts")).runEncode));
}

if (import.meta.main) await runAsProgram([command()]);
