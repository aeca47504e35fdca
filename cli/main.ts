/**
 * The command line of Bandpass: `deno task <command>` runs this file with the permissions that the
 * command needs.
 *
 * @module
 */
import { CommanderError } from "@commander-js/extra-typings";
import manifest from "../deno.json" with { type: "json" };
import { modelNamed } from "../models/registry.ts";
import { type AnyCommand, createCommand } from "./command.ts";
import { doctorCommand } from "./doctor.ts";
import { evaluateCommand } from "./evaluate.ts";
import { examineAdapter } from "./run_doctor.ts";
import { runEvaluate } from "./run_evaluate.ts";
import { preprocessCommand } from "./preprocess.ts";
import { recommendCommand } from "./recommend.ts";
import { runPreprocess } from "./run_preprocess.ts";
import { runRecommend } from "./run_recommend.ts";
import { runTrain } from "./run_train.ts";
import { openVerification } from "./run_verify.ts";
import { trainCommand } from "./train.ts";
import { verifyCommand } from "./verify.ts";
import { reportError } from "./report_error.ts";
import { usageError } from "./usage.ts";

/**
 * Runs the command line.
 *
 * @param args What the user typed.
 * @param commands What there is to run.
 * @returns The exit code.
 */
export async function main(
  args: readonly string[],
  commands: readonly AnyCommand[],
): Promise<number> {
  const program = createCommand("deno task", "Train and serve multimodal recommenders on WebGPU", [
    { purpose: "Train on the built-in sample", line: "train" },
    { purpose: "See what a command can do", line: "train --help" },
  ]);
  for (const command of commands) program.addCommand(command);
  try {
    // Without arguments there is nothing to do but to say what could be done.
    await program.parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error);
    // Help was asked for and is printed.
    if (error.exitCode === 0) return 0;
    return reportError(usageError(error, program, args, Object.keys(manifest.tasks)));
  }
}

if (import.meta.main) {
  const commands = [
    preprocessCommand(runPreprocess),
    trainCommand(runTrain, (model) => modelNamed(model).settings),
    evaluateCommand(runEvaluate),
    recommendCommand(runRecommend),
    verifyCommand(openVerification),
    doctorCommand(examineAdapter),
  ];
  Deno.exit(await main(Deno.args, commands));
}
