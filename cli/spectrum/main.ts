/**
 * The program that `spectrum` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { spectrumCommand } from "./spectrum_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return spectrumCommand(loaded(async () => (await import("./run_spectrum.ts")).runSpectrum));
}

if (import.meta.main) await runAsProgram([command()]);
