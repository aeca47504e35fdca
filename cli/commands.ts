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
import { helpGroup } from "./command_line.ts";
import { compareCommand } from "./compare/compare_command.ts";
import { runCompletions } from "./completions/run_completions.ts";
import { completionsCommand } from "./completions/completions_command.ts";
import { datasetsCommand } from "./datasets/datasets_command.ts";
import { doctorCommand } from "./doctor/doctor_command.ts";
import { encodeCommand } from "./encode/encode_command.ts";
import { evaluateCommand } from "./evaluate/evaluate_command.ts";
import { explainCommand } from "./explain/explain_command.ts";
import { exportCommand } from "./export/export_command.ts";
import { mcpCommand } from "./mcp/mcp_command.ts";
import { pushCommand } from "./push/push_command.ts";
import { preprocessCommand } from "./preprocess/preprocess_command.ts";
import { reportCommand } from "./report/report_command.ts";
import { recommendCommand } from "./recommend/recommend_command.ts";
import { serveCommand } from "./serve/serve_command.ts";
import { spectrumCommand } from "./spectrum/spectrum_command.ts";
import { studyCommand } from "./study/study_command.ts";
import { runsCommand } from "./runs/runs_command.ts";
import { tuneCommand } from "./tune/tune_command.ts";
import { trainCommand } from "./train/train_command.ts";
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
    ...group(
      "Data",
      preprocessCommand(
        loaded(async () => (await import("./preprocess/run_preprocess.ts")).runPreprocess),
      ),
      datasetsCommand(loaded(async () => (await import("./datasets/run_datasets.ts")).runDatasets)),
      encodeCommand(loaded(async () => (await import("./encode/run_encode.ts")).runEncode)),
      spectrumCommand(loaded(async () => (await import("./spectrum/run_spectrum.ts")).runSpectrum)),
    ),
    ...group(
      "Train",
      trainCommand(loaded(async () => (await import("./train/run_train.ts")).runTrain), modelOf),
      blendCommand(loaded(async () => (await import("./blend/run_blend.ts")).runBlend)),
      tuneCommand(loaded(async () => (await import("./tune/run_tune.ts")).runTune)),
      runsCommand(loaded(async () => (await import("./runs/run_runs.ts")).runRuns)),
      trialCommand(loaded(async () => (await import("./trial/run_trial_task.ts")).runTrialTask)),
    ),
    ...group(
      "Judge",
      evaluateCommand(loaded(async () => (await import("./evaluate/run_evaluate.ts")).runEvaluate)),
      compareCommand(loaded(async () => (await import("./compare/run_compare.ts")).runCompare)),
      studyCommand(loaded(async () => (await import("./study/run_study.ts")).runStudy)),
      reportCommand(loaded(async () => (await import("./report/run_report.ts")).runReportCommand)),
    ),
    ...group(
      "Use",
      recommendCommand(
        loaded(async () => (await import("./recommend/run_recommend.ts")).runRecommend),
      ),
      explainCommand(loaded(async () => (await import("./explain/run_explain.ts")).runExplain)),
      exportCommand(loaded(async () => (await import("./export/run_export.ts")).runExport)),
      pushCommand(loaded(async () => (await import("./push/run_push.ts")).runPush)),
      serveCommand(loaded(async () => (await import("./serve/run_serve.ts")).runServe)),
      mcpCommand(loaded(async () => (await import("./mcp/run_mcp.ts")).runMcp)),
    ),
    ...group(
      "Check",
      doctorCommand(loaded(async () => (await import("./doctor/run_doctor.ts")).examineAdapter), {
        tune: loaded(async () => (await import("./doctor/tune_kernels.ts")).tuneKernels),
        forget: async () => await (await import("./common/own_kernels.ts")).forgetOwnKernels(),
      }),
      verifyCommand(loaded(async () => (await import("./verify/run_verify.ts")).openVerification)),
    ),
    ...group(helpGroup, completionsCommand((shell) => runCompletions(shell, commands))),
  ];
  return commands;
}

/** What a command does, loaded when it is called: neither help nor mistakes in arguments wait for it. */
function loaded<Argument, Result>(
  load: () => Promise<(argument: Argument) => Promise<Result>>,
): (argument: Argument) => Promise<Result> {
  return async (argument) => await (await load())(argument);
}

/** Commands that stand under one heading of the help. */
function group(heading: string, ...commands: AnyCommand[]): AnyCommand[] {
  return commands.map((command) => command.helpGroup(`${heading}:`));
}
