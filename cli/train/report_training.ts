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
import type { Yardstick } from "../../recommender/yardstick.ts";
import { trainOptions } from "../../training/configuration.ts";
import { flags } from "../common/flags.ts";
import { metricLabel } from "../common/metric_label.ts";
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
}

/**
 * Prints it: the result on stdout, the rest on stderr.
 *
 * @param trained What was trained.
 * @param path The run's folder.
 * @param result What the training gave.
 */
export async function reportTraining(
  { request, configuration, definition, resumed, dataset, gpu, yardstick }: Trained,
  path: string,
  result: TrainingResult,
): Promise<void> {
  const { seed, settings } = configuration;
  const run = shownPath(path);
  const report = {
    ...finishedResult({ gpu, dataset, definition, seed }, result),
    run,
    ...yardstick && {
      yardstick: { model: yardstick.model, validation: { [stoppingMetric]: yardstick.recall } },
    },
  };
  if (request.json) await writeJson(report);
  else {
    const layout = { columns: columnsOf(Deno.stdout), style: styleOf(Deno.stdout) };
    await writeStyled(trainText(report, { ...layout, allMetrics: request.allMetrics }));
  }
  // Of a run that was finished already it was told then.
  const advice = isTrained(definition) && !resumed?.isFinished
    ? adviceOn(
      result,
      trainedSettings(definition, settings).learning_rate,
      trainedSettings(definition, {}).learning_rate,
    )
    : [];
  const model = request.modelFile === undefined ? undefined : { model: request.modelFile };
  for (const { found, ...attempt } of advice) warn(found, { ...attemptOf(attempt, run), ...model });
  const best = result.validation[stoppingMetric];
  if (yardstick !== undefined && yardstick.recall > best) {
    const { data_dir } = configuration;
    warn(
      `${yardstick.model}, which is computed in seconds, ranks validation items better: ` +
        `${metricLabel(stoppingMetric)} ${yardstick.recall.toFixed(4)} against ${best.toFixed(4)}`,
      {
        dataset: dataset.name,
        ...data_dir !== trainOptions.data_dir.default && { data_dir },
        model: yardstick.model,
      },
    );
  }
  if (request.json) return;
  const user = String(dataset.userIds.idOf(dataset.train.users[0]));
  console.error(`\nNext: ${flags.command("recommend", { run, user, ...model })}`);
}

/** Says what looks wrong, and what to try. */
function warn(found: string, settings: Readonly<Record<string, string>>): void {
  const warning = wrap(`Warning: ${found}`, columnsOf(Deno.stderr));
  console.error(`\n${warning.replace("Warning:", styleOf(Deno.stderr).yellow)}`);
  console.error(`  try: ${flags.command("train", settings)}`);
}

/** The settings of `train` that try it. */
function attemptOf(
  { learningRate, epochs }: Omit<Advice, "found">,
  run: string,
): Record<string, string> {
  return epochs === undefined
    ? { config: `${run}/config.json`, "settings.learning_rate": String(learningRate) }
    : { resume: run, epochs: String(epochs) };
}
