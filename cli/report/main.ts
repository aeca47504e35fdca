/**
 * The program that `report` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { reportCommand } from "./report_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return reportCommand(loaded(async () => (await import("./run_report.ts")).runReportCommand));
}

if (import.meta.main) await runAsProgram([command()]);
