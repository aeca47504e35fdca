/**
 * The program that `export` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { exportCommand } from "./export_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return exportCommand(loaded(async () => (await import("./run_export.ts")).runExport));
}

if (import.meta.main) await runAsProgram([command()]);
