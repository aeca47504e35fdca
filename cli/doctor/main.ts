/**
 * The program that `doctor` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { doctorCommand } from "./doctor_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return doctorCommand(loaded(async () => (await import("./run_doctor.ts")).examineAdapter), {
    tune: loaded(async () => (await import("./tune_kernels.ts")).tuneKernels),
    forget: async () => await (await import("../common/own_kernels.ts")).forgetOwnKernels(),
  });
}

if (import.meta.main) await runAsProgram([command()]);
