/**
 * `compare`: its arguments.
 *
 * @module
 */
import { Argument, Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.ts";
import { coldLimit } from "../../evaluation/cold_users.ts";
import type { Mask } from "../../evaluation/ranking.ts";
import { defaultResamples } from "../../lab/compare/comparison.ts";
import type { trainOptions } from "../../training/configuration.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { dataDirOption } from "../common/data_dir_option.ts";
import { maskOf, maskOption } from "../common/mask_option.ts";
import { modelFilePath } from "../common/model_option.ts";
import { type TrecParts, trecParts } from "../common/path_forms.ts";
import { userPath } from "../common/paths.ts";
import { lastRun } from "../common/run_reference.ts";

/** The forms of a comparison. */
export const compareFormats = ["text", "csv", "markdown", "json"] as const;

/** What the user asked `compare` for. */
export interface CompareRequest {
  /** The runs, as the user named them. */
  readonly runs: readonly string[];
  /** Files of lists of other programs. */
  readonly trec: readonly TrecParts[];
  /** The file that says what was to be found. */
  readonly qrels?: string;
  /** The run or the lists that the others are compared with; `undefined` for the first. */
  readonly baseline?: string;
  /** What the runs of a group have in common; `undefined` for all but the seed. */
  readonly group?: readonly string[];
  /** Keys of metrics. */
  readonly metrics: readonly string[];
  /** Whose parts are compared as well (default: nobody's). */
  readonly by?: "users" | "items";
  /** Whose interactions are to be found. */
  readonly split: "valid" | "test";
  /** Whose interactions are no candidates. */
  readonly mask: Mask;
  /** Resamples of the bootstrap. */
  readonly resamples: number;
  /** Files that define models. */
  readonly model: readonly string[];
  /** The folder that holds the dataset's folder, where that has moved. */
  readonly dataDir?: string;
  /** Where to compute what no run has kept. */
  readonly adapter: typeof trainOptions.adapter["choices"][number];
  /** The form of the result. */
  readonly format: typeof compareFormats[number];
}

/** The metrics, unless others are asked for. */
const defaultMetrics = ["recall@20", "ndcg@20"];

/**
 * The command.
 *
 * @param run What it does.
 */
export function compareCommand(run: (request: CompareRequest) => Promise<void>): AnyCommand {
  return createCommand("compare", "Compare runs, and test whether their differences are real", [
    {
      purpose: "Compare the seeds of two models; the first run's is the baseline",
      line: "compare a-0 a-1 a-2 b-0 b-1 b-2",
    },
    {
      purpose: "Compare a run with the lists of another program",
      line: "compare NAME --trec als=als.run --qrels rankings/test.qrels",
    },
    {
      purpose: "Compare cold users and others on the validation split, as Markdown",
      line: "compare NAME NAME --split valid --by users --format markdown",
    },
  ])
    .addArgument(
      new Argument(
        "[runs...]",
        `Runs of one dataset: their names in runs/, their folders, or ${lastRun} for the newest`,
      ),
    )
    .option(
      "--baseline <name>",
      "Compare the others with this run or these lists (default: the first)",
    )
    .option(
      "--group <keys>",
      "What runs of a group have in common: model, run, or settings, with commas between " +
        "(default: all but the seed)",
      wordsOf("--group", "model"),
    )
    .addOption(
      new Option("--metrics <names>", "Metrics at any cutoff, with commas between")
        .argParser(wordsOf("--metrics", defaultMetrics.join()))
        .default(defaultMetrics, defaultMetrics.join()),
    )
    .addOption(
      new Option(
        "--by <what>",
        `Also compare users with at most ${coldLimit} training interactions and the others, or items by ` +
          "their number of training interactions",
      ).choices(["users", "items"]),
    )
    .addOption(
      new Option("--split <which>", "Split to compare on; choose by valid, report test")
        .choices(["valid", "test"]).default("test"),
    )
    .addOption(maskOption())
    .addOption(
      new Option(
        "--trec <file|name=file>",
        "Lists of another program as a TREC run; repeatable, under the same name for seeds",
      ).argParser(collectTrec).default([], "none"),
    )
    .option(
      "--qrels <file>",
      "What those lists were to find; checked against the runs' dataset, if there are runs",
      userPath,
    )
    .addOption(
      new Option("--resamples <number>", "Bootstrap resamples of the users")
        .argParser(resampleCount).default(defaultResamples),
    )
    .addOption(
      new Option(
        "--model <file>",
        "File that defines a run's model, if it is your own; repeatable",
      ).argParser((file: string, former: string[]) => [...former, modelFilePath(file)])
        .default([], "none"),
    )
    .addOption(dataDirOption())
    .addOption(adapterOption())
    .addOption(
      new Option("--format <form>", "Form of the result").choices(compareFormats)
        .default("text" as const),
    )
    .option("--json", "The same as --format json", false)
    .action((runs, { json, format, ...options }, command) => {
      if (json && format !== "text" && format !== "json") {
        throw new UsageError(
          `Cannot write both --json and --format ${format}`,
          "Leave one of them out",
        );
      }
      if (runs.length === 0 && options.trec.length > 0) {
        refuseIdle((option) => command.getOptionValueSource(option) === "cli");
      }
      const mask = maskOf(options.split, options.mask);
      return run({ ...options, runs, mask, format: json ? "json" : format });
    });
}

/** Refuses what has no effect on lists without a run: they have no dataset, and nothing is computed. */
function refuseIdle(isGiven: (option: string) => boolean): void {
  const ofRuns = { split: "--split", mask: "--mask", dataDir: "--data-dir", adapter: "--adapter" };
  const idle = Object.entries(ofRuns).find(([option]) => isGiven(option));
  if (idle === undefined) return;
  throw new UsageError(
    `Cannot use ${idle[1]} with --trec alone: it would have no effect`,
    "Leave it out, or name a run of the lists' dataset",
  );
}

/** Reads words with commas between. */
function wordsOf(option: string, example: string) {
  return (text: string): string[] => {
    const words = text.split(",").map((word) => word.trim());
    if (new Set(words).size === words.length && !words.includes("")) return words;
    throw new UsageError(
      `Cannot use ${option} "${text}": expected different words with commas between`,
      `Write for example ${option} ${example}`,
    );
  };
}

function collectTrec(text: string, former: TrecParts[]): TrecParts[] {
  const { name, path } = trecParts(text);
  return [...former, { name, path: userPath(path) }];
}

function resampleCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 100 && count <= 1e6) return count;
  throw new UsageError(
    `Cannot use --resamples "${text}": expected an integer from 100 to 1000000`,
    `Write for example --resamples ${defaultResamples}`,
  );
}
