/**
 * The program that `study` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { studyCommand } from "./study_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return studyCommand(loaded(async () => (await import("./run_study.ts")).runStudy));
}

if (import.meta.main) await runAsProgram([command()]);
