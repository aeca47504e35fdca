/**
 * `study`: its arguments.
 *
 * @module
 */
import { Argument } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.ts";
import { mostEpochs, mostSeeds } from "../../lab/study/study.ts";
import { models } from "../../models/registry.ts";
import { trainOptions } from "../../training/configuration.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { SetOption } from "../common/set_option.ts";
import { type AnyCommand, createCommand, settingOption } from "../common/command.ts";
import { userPath } from "../common/paths.ts";
import { newFolderName } from "../common/run_name.ts";

/** What the user asked `study` for. */
export interface StudyOrder {
  /** The built-in study, or a file that declares one; all are listed without it. */
  readonly study?: string;
  /** The datasets (default: those of the study). */
  readonly dataset?: readonly string[];
  /** The folder that holds the datasets' folders. */
  readonly dataDir: string;
  /** Runs of a variant (default: as the study says). */
  readonly seeds?: number;
  /** Epochs of a run at most (default: as the study says). */
  readonly epochs?: number;
  /** Settings of all variants. */
  readonly set?: Readonly<Record<string, string>>;
  /** The name of the study's folder in `runs/` (default: the study and its datasets). */
  readonly name?: string;
  /** Where to compute. */
  readonly adapter: typeof trainOptions.adapter["choices"][number];
  /** Whether to say how long it takes, and to run nothing. */
  readonly dryRun: boolean;
  /** Whether to print the result as JSON. */
  readonly json: boolean;
}

/**
 * The command.
 *
 * @param run What it does.
 */
export function studyCommand(run: (order: StudyOrder) => Promise<void>): AnyCommand {
  return createCommand("study", "Answer a question by a grid of runs, with a table and a reading", [
    { purpose: "List the built-in studies", line: "study" },
    {
      purpose: "Compare SMORE's denoisers on the built-in sample",
      line: "study denoise",
    },
    {
      purpose: "See how many runs a study has, and about how long they take",
      line: "study noise --dry-run",
    },
    {
      purpose: "Knock modalities out of a dataset of your own",
      line: "study modalities --dataset baby --epochs 20 --set standardise=true",
    },
    { purpose: "Run a study of your own", line: "study width.json" },
  ])
    .addArgument(
      new Argument("[study]", "A built-in study, or a file (.json) that declares one"),
    )
    .option(
      "--dataset <name>",
      "Dataset, instead of those of the study; repeatable",
      (name: string, former: string[] | undefined) => [...former ?? [], name],
    )
    .addOption(settingOption("--data-dir <folder>", trainOptions.data_dir).argParser(userPath))
    .option(
      "--seeds <number>",
      "Runs of each variant (default: as the study says)",
      countOf("--seeds", mostSeeds),
    )
    .option(
      "--epochs <number>",
      "Maximum epochs of a run (default: as the study says)",
      countOf("--epochs", mostEpochs),
    )
    .addOption(new SetOption("Set a model setting of all variants; repeatable", models))
    .option(
      "--name <name>",
      "Name of the study's folder in runs/ (default: the study and its datasets)",
      (name) => newFolderName(name, "--name"),
    )
    .addOption(adapterOption())
    .option("--dry-run", "Say how many runs there are and about how long they take", false)
    .option("--json", "Print the result as JSON", false)
    .action((study, options) =>
      run({ ...options, study, dataDir: options.dataDir ?? trainOptions.data_dir.default })
    );
}

/** Reads a number of runs or epochs. */
function countOf(flag: string, most: number): (text: string) => number {
  return (text) => {
    const found = /^\d+$/.test(text) ? Number(text) : NaN;
    if (found >= 1 && found <= most) return found;
    throw new UsageError(
      `Cannot use ${flag} "${text}": expected an integer from 1 to ${most}`,
      "Leave it out for what the study says",
    );
  };
}
