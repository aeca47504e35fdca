/**
 * `tune`: its arguments.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.ts";
import { sbatchArguments } from "../../lab/slurm/sbatch_arguments.ts";
import { resolveSettings, type SettingSpec } from "../../models/settings.ts";
import { trainOptions } from "../../training/configuration.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand, settingOption } from "../common/command.ts";
import { userPath } from "../common/paths.ts";
import { integer } from "../common/integer_option.ts";
import { newFolderName } from "../common/run_name.ts";

/** What the user asked `tune` for. */
export interface TuneRequest {
  /** The name of the dataset's folder. */
  readonly dataset: string;
  /** The folder that holds it. */
  readonly dataDir: string;
  /** The models; `undefined` for all that the data allow. */
  readonly models?: readonly string[];
  /** How many trials; `undefined` where minutes bound them. */
  readonly trials?: number;
  /** For how many minutes; `undefined` where there is a number of trials. */
  readonly minutes?: number;
  /** The file of spaces. */
  readonly space?: string;
  /** Whether to print the spaces, and tune nothing. */
  readonly listSpace: boolean;
  /** Whether the user named the dataset. */
  readonly isDatasetGiven: boolean;
  /** Epochs that a trial has at most. */
  readonly epochs: number;
  /** With how many seeds finalists are trained. */
  readonly seeds: number;
  /** The first of these seeds, and what proposals follow from. */
  readonly seed: number;
  /** How many users validation ranks; 0 for all. */
  readonly evalUsers: number;
  /** The name of the folder in `runs/`; `undefined` for one after the dataset. */
  readonly name?: string;
  /** What runs the trials. */
  readonly engine: "local" | "slurm";
  /** Arguments of `sbatch`, where Slurm runs them. */
  readonly sbatchArgs: readonly string[];
  /** Where to compute. */
  readonly adapter: typeof trainOptions.adapter["choices"][number];
  /** Whether to print the result as JSON. */
  readonly json: boolean;
}

const numbers = {
  minutes: {
    type: "number",
    default: 60,
    minimum: 0,
    description: "Begin as many trials as there is time for, with all that follows from them",
  },
  // 54 is 2·3³, so that each rung has three times the epochs of the one before.
  epochs: { type: "integer", default: 54, minimum: 1, description: "Maximum epochs of a trial" },
  seeds: {
    type: "integer",
    default: 3,
    minimum: 1,
    maximum: 100,
    description: "Number of seeds that each trained finalist is trained with",
  },
  seed: {
    ...trainOptions.seed,
    description: "Random seed of the trials, and the first of the finalists'",
  },
  eval_users: trainOptions.eval_users,
} as const satisfies Readonly<Record<string, SettingSpec>>;

/** What stands in the place of a number of trials, which has no default. */
const boundedByTime = "Leave it out for as many as there is time for in --minutes";

/**
 * The command.
 *
 * @param run What it does.
 */
export function tuneCommand(run: (request: TuneRequest) => Promise<void>): AnyCommand {
  return createCommand("tune", "Find the best models and settings for a dataset by validation", [
    { purpose: "Try all models for an hour", line: "tune --dataset baby" },
    {
      purpose: "Try 60 settings of two models; if interrupted, the same command goes on",
      line: "tune --dataset tiktok --models ssr,fitmm --trials 60",
    },
    {
      purpose: "Have a cluster try them, a job each",
      line:
        'tune --dataset tiktok --trials 60 --engine slurm --sbatch-args "--time=2:00:00 --gpus=1"',
    },
    {
      purpose: "See what is tried of a model, to save and change it",
      line: "tune --models smore --list-space",
    },
    {
      purpose: "Try what a file says",
      line: "tune --dataset baby --models smore --space space.json --minutes 30",
    },
    {
      purpose: "Train with what was found",
      line: "train --dataset baby --preset runs/baby-tune/preset.json",
    },
  ])
    .addOption(settingOption("--dataset <name>", trainOptions.dataset))
    .addOption(settingOption("--data-dir <folder>", trainOptions.data_dir).argParser(userPath))
    .option(
      "--models <names>",
      "Models, separated by commas (default: all that the dataset has the features for)",
      modelNames,
    )
    .addOption(new Option("--trials <number>", "Number of trials, in place of --minutes"))
    .addOption(settingOption("--minutes <number>", numbers.minutes))
    .option("--space <file>", "JSON file of what is tried of which models", userPath)
    .option(
      "--list-space",
      "Print what is tried, on --dataset where it is given, in the form that --space reads, and exit",
      false,
    )
    .addOption(settingOption("--epochs <number>", numbers.epochs))
    .addOption(settingOption("--seeds <number>", numbers.seeds))
    .addOption(settingOption("--seed <number>", numbers.seed))
    .addOption(settingOption("--eval-users <number>", numbers.eval_users))
    .option(
      "--name <name>",
      "Name of the folder in runs/, which the same command goes on with (default: DATASET-tune)",
      (name) => newFolderName(name, "--name"),
    )
    .addOption(
      new Option("--engine <which>", "What runs the trials: this process, or jobs on a cluster")
        .choices(["local", "slurm"]).default("local" as const),
    )
    .option(
      "--sbatch-args <args>",
      "With --engine slurm: time, GPUs, partition and so on, as sbatch takes them; repeatable",
      (text, before: string[] = []) => [...before, text],
    )
    .addOption(adapterOption())
    .option("--json", "Print the result as JSON", false)
    .action(
      async ({ dataset, dataDir, trials, minutes, epochs, seeds, seed, evalUsers, ...others }) => {
        const { engine, sbatchArgs, listSpace } = others;
        if (engine !== "slurm" && sbatchArgs !== undefined) {
          throw new UsageError(
            "Cannot use --sbatch-args without --engine slurm: it would have no effect",
            "Leave it out, or add --engine slurm",
          );
        }
        if (engine === "slurm" && trials === undefined && !listSpace) {
          throw new UsageError(
            "Cannot bound a tune on Slurm by minutes: how long its jobs wait is not known",
            "Say how many trials it has, such as --trials 60",
          );
        }
        if (trials !== undefined && minutes !== undefined) {
          throw new UsageError(
            "Cannot use --trials with --minutes: each says how long the tune is",
            "Leave one of them out",
          );
        }
        const given = Object.entries({ minutes, epochs, seeds, seed, eval_users: evalUsers })
          .filter(([, value]) => value !== undefined);
        const values = resolveSettings(numbers, Object.fromEntries(given));
        if (values.minutes === 0) {
          throw new UsageError(
            'Cannot set "minutes" to 0: there is no time for a trial',
            "Give more of them, or a number of trials with --trials",
          );
        }
        await run({
          ...others,
          ...values,
          evalUsers: values.eval_users,
          sbatchArgs: sbatchArguments(sbatchArgs ?? []),
          isDatasetGiven: dataset !== undefined,
          dataset: dataset ?? trainOptions.dataset.default,
          dataDir: dataDir ?? trainOptions.data_dir.default,
          trials: trials === undefined
            ? undefined
            : integer("trials", trials, 999_999, boundedByTime),
          minutes: trials === undefined ? values.minutes : undefined,
        });
      },
    );
}

/** The names in a list of models. */
function modelNames(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  const repeated = names.find((name, n) => names.indexOf(name) < n);
  if (!names.includes("") && repeated === undefined) return names;
  throw new UsageError(
    `Cannot use --models "${text}": ${
      names.includes("") ? "a name is empty" : `"${repeated}" stands twice`
    }`,
    "Write for example --models lightgcn,smore",
  );
}
