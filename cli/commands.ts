/**
 * All commands, each with what it does.
 *
 * @module
 */
import { modelNamed } from "../models/registry.ts";
import type { AnyCommand } from "./command.ts";
import { completionsCommand } from "./completions.ts";
import { doctorCommand } from "./doctor.ts";
import { evaluateCommand } from "./evaluate.ts";
import { exportCommand } from "./export.ts";
import { preprocessCommand } from "./preprocess.ts";
import { recommendCommand } from "./recommend.ts";
import { runCompletions } from "./run_completions.ts";
import { examineAdapter } from "./run_doctor.ts";
import { runEvaluate } from "./run_evaluate.ts";
import { runExport } from "./run_export.ts";
import { runPreprocess } from "./run_preprocess.ts";
import { runRecommend } from "./run_recommend.ts";
import { runSpectrum } from "./run_spectrum.ts";
import { runTrain } from "./run_train.ts";
import { openVerification } from "./run_verify.ts";
import { spectrumCommand } from "./spectrum.ts";
import { trainCommand } from "./train.ts";
import { verifyCommand } from "./verify.ts";

/** Makes the commands, in the order in which the help lists them. */
export function allCommands(): AnyCommand[] {
  const commands: AnyCommand[] = [
    preprocessCommand(runPreprocess),
    trainCommand(runTrain, (model) => modelNamed(model).settings),
    evaluateCommand(runEvaluate),
    recommendCommand(runRecommend),
    exportCommand(runExport),
    spectrumCommand(runSpectrum),
    verifyCommand(openVerification),
    doctorCommand(examineAdapter),
    completionsCommand((shell) => runCompletions(shell, commands)),
  ];
  return commands;
}
