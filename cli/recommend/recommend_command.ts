/**
 * `recommend`: its arguments.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import type { Split } from "../../data/dataset.ts";
import { UsageError } from "../../errors.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { dataDirOption } from "../common/data_dir_option.ts";
import { listLength, longestList } from "../common/list_length.ts";
import { modelFileOption } from "../common/model_option.ts";
import { userPath } from "../common/paths.ts";
import {
  type RecommendationFormat,
  recommendationFormats,
} from "../common/recommendation_format.ts";
import { namedRun, runArgument, runOption } from "../common/run_option.ts";
import { unknownPolicies, type UnknownPolicy } from "../common/resolve_ids.ts";

/** What the user asked `recommend` for. */
export interface RecommendRequest {
  /** The run, as the user named it. */
  readonly run: string;
  /** The file that defines its model, where that is not built in. */
  readonly model?: string;
  /** The folder that holds its dataset's folder, where that has moved. */
  readonly dataDir?: string;
  /** A file with users, one a line, or `-` for stdin; `undefined` for all users. */
  readonly users?: string;
  /** The items of a user who is in no dataset, with commas between. */
  readonly history?: string;
  /** A file with the items that may be given, one a line, or `-`; `undefined` for all items. */
  readonly items?: string;
  /** Number of items a user. */
  readonly topK: number;
  /** The splits whose items a user does not get again. */
  readonly seen: readonly Split[];
  /** What to do with ids that the dataset does not have. */
  readonly unknown: UnknownPolicy;
  /** The form of the output. */
  readonly format: RecommendationFormat;
  /** A file, or `-` for stdout. */
  readonly out: string;
  /** Where to compute. */
  readonly adapter: "auto" | "gpu" | "cpu";
}

/** The default number of items a user. */
const standardLength = 20;

/** The splits that each value of `--exclude-seen` means. */
const splitsOf = {
  train: ["train"],
  "train+valid": ["train", "valid"],
  all: ["train", "valid", "test"],
} as const;

/**
 * The command.
 *
 * @param run What it does.
 */
export function recommendCommand(run: (request: RecommendRequest) => Promise<void>): AnyCommand {
  return createCommand("recommend", "Recommend items that users haven't interacted with yet", [
    { purpose: "Twenty items for every user", line: "recommend NAME --out items.csv" },
    {
      purpose: "Five items for the users in a file, one id per line",
      line: "recommend NAME --users users.txt --top-k 5",
    },
    {
      purpose: "For a new user who has interacted with two items",
      line: "recommend NAME --history ITEM1,ITEM2",
    },
    {
      purpose: "Only items in stock, and popular ones for users unknown to the run",
      line: "recommend NAME --users visitors.txt --items stock.txt --unknown popular",
    },
  ])
    .addArgument(runArgument())
    .addOption(runOption())
    .addOption(modelFileOption())
    .addOption(dataDirOption())
    .option(
      "--users <file>",
      "File of users, one id per line; - for stdin (default: all users)",
      userPath,
    )
    .option(
      "--history <items>",
      "Items of a new user, separated by commas; put an id with a comma in quotes",
    )
    .option(
      "--items <file>",
      "Recommend only these items: a file, one id per line; - for stdin (default: all items)",
      userPath,
    )
    .option(
      "--top-k <number>",
      `Items per user, at most ${longestList}`,
      (text) => listLength(text, standardLength),
      standardLength,
    )
    .addOption(
      new Option(
        "--exclude-seen [splits]",
        "Leave out items that the user interacted with in these splits; all includes the held-out " +
          "test items",
      ).choices(Object.keys(splitsOf) as (keyof typeof splitsOf)[])
        .default("train" as const),
    )
    .option("--no-exclude-seen", "Include items that the user has interacted with")
    .addOption(
      new Option(
        "--unknown <policy>",
        "For ids that are not in the data: stop with an error, skip them, or recommend popular items",
      ).choices(unknownPolicies).default("error" as const),
    )
    .addOption(
      new Option("--format <form>", "Output format")
        .choices(recommendationFormats).default("csv" as const),
    )
    .option("--out <file>", "Output file; - for stdout", userPath, "-")
    .addOption(adapterOption())
    .action((name, { excludeSeen, ...options }) => {
      const named = namedRun("recommend", name, options.run);
      if (options.users !== undefined && options.history !== undefined) {
        throw new UsageError(
          "Cannot use --history with --users: it is the one user to recommend for",
          "Leave one of them out",
        );
      }
      if (options.users === "-" && options.items === "-") {
        throw new UsageError(
          "Cannot read both --users and --items from stdin",
          "Write one of them to a file",
        );
      }
      // By itself the flag is true, and says what is the case without it.
      const splits = excludeSeen === true ? "train" : excludeSeen;
      const seen = splits === false ? [] : splitsOf[splits];
      return run({ ...options, run: named, seen });
    });
}
