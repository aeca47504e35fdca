/**
 * `train`: its arguments and its output.
 *
 * @module
 */
import { resolveSettings, type SettingSpecs } from "../models/settings.ts";
import type { Metrics } from "../evaluation/metrics.ts";
import { type AnyCommand, createCommand, settingOption } from "./command.ts";
import {
  type Configuration,
  configurationText,
  resolveConfiguration,
  trainOptions,
} from "./configuration.ts";
import { presets } from "../models/presets.ts";
import { presetsText, settingsText } from "./lists.ts";
import { metricsTable, writeResult } from "./output.ts";
import { userPath } from "./paths.ts";
import { duration } from "./progress.ts";
import { collectAssignment, readConfigFile } from "./settings.ts";
import { UsageError } from "../errors.ts";

/** What the user asked `train` for. */
export interface TrainRequest {
  /** What to train; `undefined` with `resume`, where the run knows it. */
  readonly configuration?: Configuration;
  /** The name of the run's folder in `runs/`; `undefined` to choose one that is free. */
  readonly run?: string;
  /** The folder of an interrupted run to go on with. */
  readonly resume?: string;
  /** With `resume`: another number of epochs at most than the run was started with. */
  readonly epochs?: number;
  /** Whether to stop after the memory plan is printed. */
  readonly dryRun: boolean;
  /** Whether to print the result as JSON. */
  readonly json: boolean;
}

/** What a training gave, as `--json` prints it. */
export interface TrainReport {
  /** The protocol of the evaluation, in a few words. */
  readonly protocol: string;
  /** The model. */
  readonly model: string;
  /** The dataset. */
  readonly dataset: string;
  /** What all random numbers followed from. */
  readonly seed: number;
  /** The adapter that computed it. */
  readonly adapter: string;
  /** Epochs that were run. */
  readonly epochs: number;
  /** Mean seconds of an epoch. */
  readonly seconds_per_epoch: number;
  /** The epoch of the best validation score, counted from 1; the metrics are of its parameters. */
  readonly best_epoch: number;
  /** Metrics on the validation split. */
  readonly validation: Metrics;
  /** Metrics on the test split. */
  readonly test: Metrics;
  /** The run's folder. */
  readonly run: string;
}

/**
 * The command.
 *
 * @param run What it does.
 * @param settingsOf The settings that a model declares; it throws for a model it does not know.
 */
export function trainCommand(
  run: (request: TrainRequest) => Promise<void>,
  settingsOf: (model: string) => SettingSpecs,
): AnyCommand {
  return createCommand("train", "Train a model, and test the parameters of its best epoch", [
    { purpose: "Train SSR on the built-in sample", line: "train" },
    {
      purpose: "Train on your own dataset in datasets/baby, with settings of the model",
      line: "train --dataset baby --model lightgcn --set layers=3 --set reg=1e-3",
    },
    {
      purpose: "Train with published settings, and see which there are",
      line: "train --dataset tiktok --preset tiktok   (train --list-presets)",
    },
    {
      purpose: "See the settings of a model",
      line: "train --model smore --list-settings",
    },
    {
      purpose: "See what it needs of the GPU, and train nothing",
      line: "train --dataset baby --dry-run",
    },
    { purpose: "Go on with a run that was interrupted", line: "train --resume runs/NAME" },
    {
      purpose: "Go on with a run for more epochs than it was given",
      line: "train --resume runs/NAME --epochs 200",
    },
    { purpose: "Repeat a run", line: "train --config runs/NAME/config.json --run again" },
  ])
    .addOption(settingOption("--dataset <name>", trainOptions.dataset))
    .addOption(settingOption("--data-dir <folder>", trainOptions.data_dir).argParser(userPath))
    .addOption(settingOption("--model <name>", trainOptions.model))
    .addOption(settingOption("--seed <number>", trainOptions.seed))
    .addOption(settingOption("--epochs <number>", trainOptions.epochs))
    .addOption(settingOption("--adapter <which>", trainOptions.adapter))
    .option(
      "--set <key=value>",
      "A setting of the model; may be given many times",
      collectAssignment,
    )
    .option("--preset <name>", "Published settings of the model for a dataset")
    .option("--list-presets", "Print the presets, and stop", false)
    .option("--list-settings", "Print the settings of the model, and stop", false)
    .option("--config <file>", "JSON with these options and settings; flags override it", userPath)
    .option(
      "--run <name>",
      "Name of the run's folder in runs/ (default: one that is free)",
      runName,
    )
    .option(
      "--resume <folder>",
      "Go on with an interrupted run, exactly as it would have",
      userPath,
    )
    .option("--dry-run", "Print the configuration and the memory plan, and stop", false)
    .option("--json", "Print the result, or the memory plan, as one JSON object", false)
    .action(async (options) => {
      const { run: name, resume, dryRun, json, set, config, preset } = options;
      const { dataset, dataDir, model, seed, epochs, adapter } = options;
      const flags = { dataset, data_dir: dataDir, model, seed, epochs, adapter };
      if (options.listPresets) return await writeResult(presetsText(presets));
      if (options.listSettings) {
        return await writeResult(settingsText(settingsOf(model ?? trainOptions.model.default)));
      }
      if (resume !== undefined) {
        refuseWithResume({ ...flags, epochs: undefined, set, config, preset, run: name });
        const more = epochs === undefined
          ? undefined
          : resolveSettings({ epochs: trainOptions.epochs }, { epochs }).epochs;
        return await run({ resume, epochs: more, dryRun, json });
      }
      const file = config === undefined ? undefined : await readConfigFile(config);
      const configuration = resolveConfiguration(
        { flags, assignments: set ?? {}, file, preset },
        settingsOf,
      );
      console.error(configurationText(configuration).trimEnd());
      await run({ configuration, run: name, dryRun, json });
    });
}

function runName(name: string): string {
  if (/^[\w.+-]+$/.test(name) && !/^\.+$/.test(name)) return name;
  throw new UsageError(
    `Cannot use --run "${name}": expected a name of letters, digits, ".", "_", "+" and "-"`,
    "Give the name alone; the folder is made in runs/",
  );
}

/** A resumed run goes on exactly as it was configured, so nothing may be configured anew. */
function refuseWithResume(options: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue;
    throw new UsageError(
      `Cannot use --${key.replaceAll("_", "-")} with --resume: the run has its configuration`,
      "Leave it out, or start a new run with --config and the run's config.json",
    );
  }
}

/**
 * The result of a training for people to read.
 *
 * @param report What a training gave.
 */
export function trainText(report: TrainReport): string {
  const seconds = report.seconds_per_epoch;
  return [
    `${report.model} on ${report.dataset}, seed ${report.seed}, ${report.adapter}`,
    `${report.epochs} epochs of ${seconds.toFixed(2)} s (${duration(report.epochs * seconds)}), ` +
    `best ${report.best_epoch}`,
    report.protocol,
    "",
    metricsTable({ valid: report.validation, test: report.test }),
    `${report.run}\n`,
  ].join("\n");
}
