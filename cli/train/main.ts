/**
 * The program that `train` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { modelOf } from "./model_of.ts";
import { trainCommand } from "./train_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return trainCommand(loaded(async () => (await import("./run_train.ts")).runTrain), modelOf);
}

if (import.meta.main) await runAsProgram([command()]);
