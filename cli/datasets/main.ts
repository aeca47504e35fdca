/**
 * The program that `datasets` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { datasetsCommand } from "./datasets_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return datasetsCommand(loaded(async () => (await import("./run_datasets.ts")).runDatasets));
}

if (import.meta.main) await runAsProgram([command()]);
