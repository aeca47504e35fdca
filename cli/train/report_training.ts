/**
 * What `train` prints at its end: the result, what looks wrong, and the next command.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { isTrained, trainedSettings } from "../../models/define_model.ts";
import { finishedResult } from "../../training/run_result.ts";
import { stoppingMetric, type TrainingResult } from "../../training/training_result.ts";
import { drawnUsersText } from "../../training/validation_users.ts";
import type { Yardstick } from "../../recommender/yardstick.ts";
import { type Configuration, trainOptions } from "../../training/configuration.ts";
import { flags } from "../common/flags.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import { writeJson, writeStyled } from "../common/output.ts";
import { shownPath } from "../common/paths.ts";
import { columnsOf, styleOf } from "../common/terminal.ts";
import { wrap } from "../common/text_width.ts";
import { type Advice, adviceOn } from "./advice.ts";
import type { ResumedRun } from "./resumed_run.ts";
import type { ConfiguredModel, TrainRequest } from "./train_command.ts";
import { trainText } from "./train_report.ts";

/** What was trained. */
export interface Trained extends ConfiguredModel {
  /** What the user asked for. */
  readonly request: TrainRequest;
  /** The run that it went on with, if it did. */
  readonly resumed?: Pick<ResumedRun, "isFinished">;
  /** The dataset. */
  readonly dataset: Dataset;
  /** The device. */
  readonly gpu: Gpu;
  /** What a model without training reached, where one was computed. */
  readonly yardstick?: Yardstick;
  /** What was noted of the preparation. */
  readonly notes: readonly string[];
}

/**
 * Prints it: the result on stdout, the rest on stderr.
 *
 * @param trained What was trained.
 * @param path The run's folder.
 * @param result What the training gave.
 */
export async function reportTraining(
  { request, configuration, definition, resumed, dataset, gpu, yardstick, notes }: Trained,
  path: string,
  result: TrainingResult,
): Promise<void> {
  const { seed, settings, eval_users: evalUsers } = configuration;
  const run = shownPath(path);
  // Of a run that was finished already it was told then.
  const warnings = isTrained(definition) && !resumed?.isFinished
    ? [
      ...adviceOn(result, definition.settings, trainedSettings(definition, settings))
        .map((advice) => warningText(advice.found, attemptOf(advice, run, request.modelFile))),
      ...yardstickWarning(configuration, result, yardstick),
    ]
    : [];
  const report = {
    ...finishedResult({ gpu, dataset, definition, seed, evalUsers }, result),
    run,
    ...yardstick && {
      yardstick: { model: yardstick.model, validation: { [stoppingMetric]: yardstick.recall } },
    },
    notes: [...notes, ...warnings],
  };
  if (request.json) await writeJson(report);
  else {
    const layout = { columns: columnsOf(Deno.stdout), style: styleOf(Deno.stdout) };
    await writeStyled(trainText(report, {
      ...{ ...layout, allMetrics: request.allMetrics },
      drawnUsers: drawnUsersText(dataset, evalUsers),
    }));
  }
  const style = styleOf(Deno.stderr);
  for (const warning of warnings) {
    // A command stays on one line, to be copied.
    const [found, attempt] = warning.split("\n");
    const lines = wrap(found, columnsOf(Deno.stderr));
    console.error(`\n${lines.replace("Warning:", style.yellow)}\n${attempt}`);
  }
  if (request.json) return;
  const model = request.modelFile === undefined ? undefined : { model: request.modelFile };
  const user = String(dataset.userIds.idOf(dataset.train.users[0]));
  console.error(`\nNext: ${flags.command("recommend", { run, user, ...model })}`);
}

/** What is said of a training that a model without training beats. */
function yardstickWarning(
  { dataset, data_dir }: Configuration,
  { validation }: TrainingResult,
  yardstick: Yardstick | undefined,
): string[] {
  const own = validation[stoppingMetric];
  if (yardstick === undefined || yardstick.recall <= own) return [];
  const { model, recall } = yardstick;
  const found = `${model}, which is computed in seconds, ranks validation items better: ` +
    `${metricLabel(stoppingMetric)} ${recall.toFixed(4)} against ${own.toFixed(4)}`;
  const where: Record<string, string> = { dataset };
  if (data_dir !== trainOptions.data_dir.default) where.data_dir = data_dir;
  return [warningText(found, flags.command("train", { ...where, model }))];
}

/**
 * A warning, and below it what to try.
 *
 * @param found What was found.
 * @param attempt The command that tries something else.
 */
export function warningText(found: string, attempt: string): string {
  return `Warning: ${found}\n  try: ${attempt}`;
}

/**
 * The command that tries something else.
 *
 * @param advice What to try.
 * @param run The run's folder.
 * @param modelFile The file that defines the model, where that is not built in.
 */
export function attemptOf(
  { settings = {}, epochs }: Omit<Advice, "found">,
  run: string,
  modelFile: string | undefined,
): string {
  const model = modelFile === undefined ? undefined : { model: modelFile };
  const attempt: Record<string, string> = epochs === undefined
    ? {
      config: `${run}/config.json`,
      ...Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [`settings.${key}`, String(value)]),
      ),
    }
    : { resume: run, epochs: String(epochs) };
  return flags.command("train", { ...attempt, ...model });
}
