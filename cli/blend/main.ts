/**
 * The program that `blend` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { blendCommand } from "./blend_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return blendCommand(loaded(async () => (await import("./run_blend.ts")).runBlend));
}

if (import.meta.main) await runAsProgram([command()]);
