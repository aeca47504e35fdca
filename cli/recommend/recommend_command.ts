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
  return createCommand("recommend", "Write the best items that users have not taken yet", [
    { purpose: "Twenty items for every user", line: "recommend NAME --out items.csv" },
    {
      purpose: "Five items for two users, by the ids that your data have",
      line: "recommend NAME --users - --top-k 5   (type two ids, a line each, Ctrl+D)",
    },
    {
      purpose: "For somebody new who took two items",
      line: "recommend NAME --history ITEM1,ITEM2",
    },
    {
      purpose: "Only items in stock, popular ones for users that the run does not know",
      line: "recommend NAME --users visitors.txt --items stock.txt --unknown popular",
    },
  ])
    .addArgument(runArgument())
    .addOption(runOption())
    .addOption(modelFileOption())
    .addOption(dataDirOption())
    .option("--users <file>", "Users, one id a line; - is stdin (default: all users)", userPath)
    .option(
      "--history <items>",
      "Items of one user who is not in the data, with commas between; an id with a comma in quotes",
    )
    .option(
      "--items <file>",
      "Give these items alone, one id a line; - is stdin (default: all items)",
      userPath,
    )
    .option(
      "--top-k <number>",
      `Items a user, at most ${longestList}`,
      (text) => listLength(text, standardLength),
      standardLength,
    )
    .addOption(
      new Option(
        "--exclude-seen [splits]",
        "Leave out the items that a user took in these splits; with all, also those that are held " +
          "out for tests",
      ).choices(Object.keys(splitsOf) as (keyof typeof splitsOf)[])
        .default("train" as const),
    )
    .option("--no-exclude-seen", "Give items again that a user took")
    .addOption(
      new Option(
        "--unknown <policy>",
        "Ids that are not in the data: an error, to skip, or popular items for such users",
      ).choices(unknownPolicies).default("error" as const),
    )
    .addOption(
      new Option("--format <form>", "The form of the output")
        .choices(recommendationFormats).default("csv" as const),
    )
    .option("--out <file>", "Where to write; - is stdout", userPath, "-")
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
