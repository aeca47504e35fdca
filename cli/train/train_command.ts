/**
 * `train`: its arguments and its output.
 *
 * @module
 */
import type { ModelDefinition } from "../../models/define_model.ts";
import { resolveSettings } from "../../models/settings.ts";
import { type AnyCommand, createCommand, settingOption } from "../common/command.ts";
import {
  type Configuration,
  resolveConfiguration,
  trainOptions,
} from "../../training/configuration.ts";
import { type FoundPreset, readPresetFile } from "../../lab/tune/preset_file.ts";
import { type NamedSettings, presets } from "../../models/presets.ts";
import { models } from "../../models/registry.ts";
import { presetsText, settingsText } from "./list_settings.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { shownPath, userPath } from "../common/paths.ts";
import { type ConfigFile, readConfigFile } from "../../training/configuration_file.ts";
import { SetOption } from "../common/set_option.ts";
import { isModelFile, isPresetFile } from "../common/path_forms.ts";
import { lastRun } from "../common/run_reference.ts";
import { UsageError } from "../../errors.ts";
import { newRunName } from "../common/run_name.ts";

/** A model, and what it is to be trained with. */
export interface ConfiguredModel {
  /** The model. */
  readonly definition: ModelDefinition;
  /** The resolved configuration. */
  readonly configuration: Configuration;
}

/** Settings from a file, and what they are called. */
export interface TrainPreset extends NamedSettings {
  /** What was found, and on what. */
  readonly found: FoundPreset;
}

/** What the user asked `train` for. */
export interface TrainRequest {
  /** What to train; `undefined` with `resume`, where the run knows it. */
  readonly configuration?: ConfiguredModel;
  /** The name of published settings, or settings from a file, where one was given. */
  readonly preset?: string | TrainPreset;
  /** The name of the run's folder in `runs/`; `undefined` to choose one that is free. */
  readonly run?: string;
  /** The run to go on with, as the user named it. */
  readonly resume?: string;
  /** The file that defines the model, where that is not built in. */
  readonly modelFile?: string;
  /** With `resume`: the folder that holds the dataset's folder, where that has moved. */
  readonly dataDir?: string;
  /** With `resume`: another number of epochs at most than the run was started with. */
  readonly epochs?: number;
  /** Whether to stop after the memory plan is printed. */
  readonly dryRun: boolean;
  /** Whether to print the result as JSON. */
  readonly json: boolean;
  /** Whether to print metrics at all cutoffs. */
  readonly allMetrics: boolean;
  /** Whether to print what a step takes of the device. */
  readonly verbose: boolean;
  /** Whether a model without training is computed first, to compare with. */
  readonly yardstick: boolean;
}

/**
 * The command.
 *
 * @param run What it does.
 * @param modelOf The model of a name, or of a file; it throws for one that there is not.
 */
export function trainCommand(
  run: (request: TrainRequest) => Promise<void>,
  modelOf: (model: string) => Promise<ModelDefinition>,
): AnyCommand {
  return createCommand("train", "Train a model and test its best epoch", [
    { purpose: "Train SSR on the built-in sample", line: "train" },
    {
      purpose: "Train on datasets/baby, with settings of your own",
      line: "train --dataset baby --model lightgcn --set layers=3 --set reg=1e-3",
    },
    {
      purpose: "Train with published settings (--list-presets lists them)",
      line: "train --dataset tiktok --preset tiktok",
    },
    {
      purpose: "Train with the settings that a tune has found",
      line: "train --dataset tiktok --preset runs/NAME/preset.json",
    },
    {
      purpose: "See the settings of a model",
      line: "train --model smore --list-settings",
    },
    {
      purpose: "See the memory plan without training",
      line: "train --dataset baby --dry-run",
    },
    { purpose: "Resume an interrupted run", line: "train --resume last" },
    {
      purpose: "Resume a run with a higher limit of epochs",
      line: "train --resume NAME --epochs 200",
    },
    { purpose: "Repeat a run", line: "train --config runs/NAME/config.json --run again" },
  ])
    .addOption(settingOption("--dataset <name>", trainOptions.dataset))
    .addOption(settingOption("--data-dir <folder>", trainOptions.data_dir).argParser(userPath))
    .addOption(settingOption("--model <name|file>", modelOption).argParser(modelArgument))
    .addOption(settingOption("--seed <number>", trainOptions.seed))
    .addOption(settingOption("--epochs <number>", trainOptions.epochs))
    .addOption(settingOption("--eval-users <number>", trainOptions.eval_users))
    .addOption(settingOption("--adapter <which>", trainOptions.adapter))
    .addOption(new SetOption("Set a model setting (see --list-settings); repeatable", models))
    .option(
      "--preset <name|file>",
      "Use published or tuned settings for a dataset (see --list-presets), or the preset.json of a tune",
      (preset) => isPresetFile(preset) ? userPath(preset) : preset,
    )
    .option("--list-presets", "List the presets and exit", false)
    .option("--list-settings", "List the model's settings and exit", false)
    .option("--config <file>", "JSON file with options and settings; flags override it", userPath)
    .option(
      "--run <name>",
      "Name of the new run (default: its dataset, model, seed, and the setting if one is changed)",
      newRunName,
    )
    .option(
      "--resume <run>",
      `Resume a run exactly where it stopped: its name, its folder, or ${lastRun} for the newest`,
    )
    .option(
      "--no-yardstick",
      "Don't compute a model without training first, to compare validation Recall@20 with",
    )
    .option("--dry-run", "Print the configuration and the memory plan, and exit", false)
    .option("--all-metrics", "Print all metrics, and how they are computed", false)
    .option("--verbose", "Print steps, dispatches, kernels and GPU memory too", false)
    .option("--json", "Print the result (or the plan or list) as JSON", false)
    .action(async (options) => {
      const { run: name, resume, dryRun, json, allMetrics, verbose, set, config } = options;
      const { yardstick } = options;
      const screen = { dryRun, json, allMetrics, verbose, yardstick };
      const { dataset, dataDir, model, seed, epochs, evalUsers, adapter } = options;
      const given = { dataset, seed, adapter, eval_users: evalUsers };
      const flags = { ...given, data_dir: dataDir, model, epochs };
      if (options.listPresets) {
        const listed = presets.filter((preset) => model === undefined || preset.model === model);
        return json
          ? await writeJson({ presets: listed })
          : await writeResult(presetsText(listed, model));
      }
      if (options.listSettings) {
        const { name, settings } = await modelOf(model ?? trainOptions.model.default);
        return json
          ? await writeJson({ model: name, settings })
          : await writeResult(settingsText(settings));
      }
      const modelFile = model !== undefined && isModelFile(model) ? model : undefined;
      if (resume !== undefined) {
        refuseWithResume({
          ...given,
          model: modelFile ? undefined : model,
          set,
          config,
          preset: options.preset,
          run: name,
        });
        const more = epochs === undefined
          ? undefined
          : resolveSettings({ epochs: trainOptions.epochs }, { epochs }).epochs;
        return await run({ resume, modelFile, dataDir, epochs: more, ...screen });
      }
      const file = config === undefined ? undefined : await readConfigFile(config);
      const preset = options.preset && await presetOf(options.preset);
      const foundFor = typeof preset === "object" ? preset.found.model : undefined;
      const named = model ?? (file?.options.model === undefined ? foundFor : undefined);
      const definition = await modelOf(named ?? modelIn(file));
      if (foundFor !== undefined) refuseOtherModel(foundFor, definition.name, options.preset!);
      const configuration = resolveConfiguration(
        {
          options: { ...flags, model: named && definition.name },
          assignments: set ?? {},
          file,
          preset,
          modelSource: definition.source,
        },
        () => definition.settings,
      );
      await run({
        ...{ configuration: { definition, configuration }, preset, run: name, modelFile },
        ...screen,
      });
    });
}

/** A preset by its name, or from a file. */
async function presetOf(preset: string): Promise<string | TrainPreset> {
  if (!isPresetFile(preset)) return preset;
  const found = await readPresetFile(preset);
  return { name: shownPath(preset), settings: found.settings, found };
}

function refuseOtherModel(foundFor: string, model: string, preset: string): void {
  if (foundFor === model) return;
  throw new UsageError(
    `Cannot use the preset "${preset}" for "${model}": it was found for "${foundFor}"`,
    `Leave --model out, or give --model ${foundFor}`,
  );
}

/** The option with the names of all models. */
const modelOption = {
  ...trainOptions.model,
  description: `Model: ${models.map(({ name }) => name).join(", ")}, or a file that defines yours`,
};

/** The file of a model is relative to where the user stands; a name stays as it is. */
function modelArgument(model: string): string {
  return isModelFile(model) ? userPath(model) : model;
}

/** The model of a configuration file, or the default; a file that it names is never imported automatically. */
function modelIn(file: ConfigFile | undefined): string {
  const { model, model_file, model_sha256 } = file?.options ?? {};
  if (model_file !== undefined) {
    throw new UsageError(
      `Cannot use "${file!.path}" alone: its model is defined by the file "${model_file}" ` +
        `(SHA-256 ${model_sha256})`,
      "Give that file too, with --model FILE",
    );
  }
  return typeof model === "string" ? model : trainOptions.model.default;
}

/** A resumed run goes on exactly as it was configured, so nothing may be configured anew. */
function refuseWithResume(options: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue;
    throw new UsageError(
      `Cannot use --${
        key.replaceAll("_", "-")
      } with --resume: the run already has its configuration`,
      "Leave it out, or start a new run with --config and the run's config.json",
    );
  }
}
