/**
 * All commands, each with what it does.
 *
 * @module
 */
import { UsageError } from "../errors.ts";
import type { ModelDefinition } from "../models/define_model.ts";
import { blendName, modelNamed } from "../models/registry.ts";
import { importModel } from "./common/model_file.ts";
import { isModelFile } from "./common/path_forms.ts";
import type { AnyCommand } from "./common/command.ts";
import { programName } from "./common/program_name.ts";
import { blendCommand } from "./blend/blend_command.ts";
import { runBlend } from "./blend/run_blend.ts";
import { helpGroup } from "./command_line.ts";
import { compareCommand } from "./compare/compare_command.ts";
import { runCompare } from "./compare/run_compare.ts";
import { completionsCommand } from "./completions/completions_command.ts";
import { datasetsCommand } from "./datasets/datasets_command.ts";
import { runDatasets } from "./datasets/run_datasets.ts";
import { doctorCommand } from "./doctor/doctor_command.ts";
import { encodeCommand } from "./encode/encode_command.ts";
import { runEncode } from "./encode/run_encode.ts";
import { evaluateCommand } from "./evaluate/evaluate_command.ts";
import { exportCommand } from "./export/export_command.ts";
import { preprocessCommand } from "./preprocess/preprocess_command.ts";
import { reportCommand } from "./report/report_command.ts";
import { recommendCommand } from "./recommend/recommend_command.ts";
import { runCompletions } from "./completions/run_completions.ts";
import { examineAdapter } from "./doctor/run_doctor.ts";
import { runEvaluate } from "./evaluate/run_evaluate.ts";
import { runExport } from "./export/run_export.ts";
import { runPreprocess } from "./preprocess/run_preprocess.ts";
import { runRecommend } from "./recommend/run_recommend.ts";
import { runReportCommand } from "./report/run_report.ts";
import { runRuns } from "./runs/run_runs.ts";
import { runSpectrum } from "./spectrum/run_spectrum.ts";
import { runTrain } from "./train/run_train.ts";
import { openVerification } from "./verify/run_verify.ts";
import { spectrumCommand } from "./spectrum/spectrum_command.ts";
import { runStudy } from "./study/run_study.ts";
import { studyCommand } from "./study/study_command.ts";
import { runsCommand } from "./runs/runs_command.ts";
import { runTune } from "./tune/run_tune.ts";
import { tuneCommand } from "./tune/tune_command.ts";
import { trainCommand } from "./train/train_command.ts";
import { runTrialTask } from "./trial/run_trial_task.ts";
import { trialCommand } from "./trial/trial_command.ts";
import { verifyCommand } from "./verify/verify_command.ts";

/** The built-in model of a name, or the model that a file defines. */
async function modelOf(model: string): Promise<ModelDefinition> {
  if (model === blendName) {
    throw new UsageError(
      `Cannot train "${model}": it is made of runs`,
      `Train its members, and blend them: ${programName()} blend RUN RUN`,
    );
  }
  return isModelFile(model) ? await importModel(model) : modelNamed(model);
}

/** Makes the commands, in the order in which the help lists them. */
export function allCommands(): AnyCommand[] {
  const commands: AnyCommand[] = [
    ...group("Data", preprocessCommand(runPreprocess), datasetsCommand(runDatasets)),
    ...group("Data", encodeCommand(runEncode), spectrumCommand(runSpectrum)),
    ...group("Train", trainCommand(runTrain, modelOf), blendCommand(runBlend)),
    ...group("Train", tuneCommand(runTune), runsCommand(runRuns), trialCommand(runTrialTask)),
    ...group(
      "Judge",
      evaluateCommand(runEvaluate),
      compareCommand(runCompare),
      studyCommand(runStudy),
      reportCommand(runReportCommand),
    ),
    ...group("Use", recommendCommand(runRecommend), exportCommand(runExport)),
    ...group("Check", doctorCommand(examineAdapter), verifyCommand(openVerification)),
    ...group(helpGroup, completionsCommand((shell) => runCompletions(shell, commands))),
  ];
  return commands;
}

/** Commands that stand under one heading of the help. */
function group(heading: string, ...commands: AnyCommand[]): AnyCommand[] {
  return commands.map((command) => command.helpGroup(`${heading}:`));
}
