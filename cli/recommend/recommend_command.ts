/**
 * `recommend`: its arguments.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import type { Split } from "../../data/dataset.ts";
import type { NewItemSource } from "../../data/ingest/new_item_files.ts";
import { UsageError } from "../../errors.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { dataDirOption } from "../common/data_dir_option.ts";
import { listLength, longestList } from "../common/list_length.ts";
import { modelFileOption } from "../common/model_option.ts";
import { newItemParts, type TableParts, tableParts } from "../common/path_forms.ts";
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
  /** The ids of users; `undefined` where they are not named so. */
  readonly user?: readonly string[];
  /** A file with users, one a line, or `-` for stdin; `undefined` for all users. */
  readonly users?: string;
  /** The items of a user who is in no dataset, with commas between. */
  readonly history?: string;
  /** A list or a table of the items that may be given; `undefined` for all items. */
  readonly items?: TableParts;
  /** Files of items that came after training (default: there are none). */
  readonly newItems?: readonly NewItemSource[];
  /** Which rows of the table count, or which items by what the dataset knows of them. */
  readonly filter?: string;
  /** Number of items a user. */
  readonly topK: number;
  /** The splits whose items a user does not get again. */
  readonly seen: readonly Split[];
  /** Whether nobody said so. */
  readonly seenIsDefault: boolean;
  /** What to do with ids that the dataset does not have, where the user says it. */
  readonly unknown?: UnknownPolicy;
  /** The form of the output. */
  readonly format: ListFormat;
  /** A file, or `-` for stdout. */
  readonly out: string;
  /** Where to compute. */
  readonly adapter: "auto" | "gpu" | "cpu";
}

/** The forms that `--format` names: for programs, and for people. */
const formats = [...recommendationFormats, "text"] as const;

/** The form of the output. */
export type ListFormat = RecommendationFormat | "text" | "json";

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
  return createCommand("recommend", "Recommend items that users haven't interacted with", [
    { purpose: "Ten items for a user", line: "recommend NAME --user ID -k 10" },
    { purpose: "Twenty items for every user", line: "recommend NAME -o lists.csv" },
    {
      purpose: "For a new user who has interacted with two items",
      line: "recommend NAME --history ITEM1,ITEM2",
    },
    {
      purpose: "Items that came after training, by their texts",
      line: "recommend NAME --new-items new.csv",
    },
    {
      purpose: "Only items in stock, and popular ones for users unknown to the run",
      line: "recommend NAME --users visitors.txt --unknown popular --items stock.csv " +
        "--filter 'stock > 0'",
    },
  ])
    .addArgument(runArgument())
    .addOption(runOption())
    .addOption(modelFileOption())
    .addOption(dataDirOption())
    .option(
      "--user <id>",
      "A user, by their id in your data; repeatable",
      (id: string, before: readonly string[] = []) => [...before, id],
    )
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
      "Recommend only these items: one id per line, or a table with a column of ids " +
        "(FILE#ID_COLUMN names it); - for stdin (default: all items)",
      (text) => {
        const { path, idColumn } = tableParts(text);
        return { path: userPath(path), idColumn };
      },
    )
    .option(
      "--new-items <file>",
      "Also recommend items that came after training, by their features: a table of ids and vectors, an " +
        "array as FILE.npy#IDS, or a table of ids and the texts that preprocess --text read; NAME=FILE says " +
        "of which modality; repeatable",
      (text: string, before: readonly NewItemSource[] = []) => [...before, newItemSource(text)],
    )
    .option(
      "--filter <expression>",
      "Recommend only items whose columns in the table of --items, or in that of preprocess --meta, " +
        "fit: 'stock > 0 && price < 20'",
    )
    .option(
      "-k, --top-k <number>",
      `Items per user, at most ${longestList}`,
      (text) => listLength(text, standardLength),
      standardLength,
    )
    .addOption(
      new Option(
        "--exclude-seen [splits]",
        "Leave out items that the user interacted with in these splits; train is for evaluation, " +
          "which looks for the held-out ones",
      ).choices(Object.keys(splitsOf) as (keyof typeof splitsOf)[])
        .default(undefined, "all, or train with --format trec"),
    )
    .option("--no-exclude-seen", "Include items that the user has interacted with")
    .addOption(
      new Option(
        "--unknown <policy>",
        "For ids that are not in the data: stop with an error, skip them, or recommend popular items",
      ).choices(unknownPolicies).default(undefined, "error, or skip for those of --items"),
    )
    .addOption(
      new Option("--format <form>", "Output format; text shows names and reasons")
        .choices(formats).default(
          undefined,
          "the ending of --out, text on a terminal, or else csv",
        ),
    )
    .option("--json", "Print the result as JSON, with names and reasons")
    .option("-o, --out <file>", "Output file; - for stdout", userPath, "-")
    .addOption(adapterOption())
    .action((name, { excludeSeen, json, ...options }) => {
      const named = namedRun("recommend", name, options.run);
      refuseTogether({ user: options.user, users: options.users, history: options.history });
      refuseTogether({ json, format: options.format });
      if (options.users === "-" && options.items?.path === "-") {
        throw new UsageError(
          "Cannot read both --users and --items from stdin",
          "Write one of them to a file",
        );
      }
      const format = json ? "json" : options.format ?? formatOf(options.out);
      // Without a value the flag is true, and says what is the case without it.
      const seenIsDefault = excludeSeen === true || excludeSeen === undefined;
      const splits = seenIsDefault ? (format === "trec" ? "train" : "all") : excludeSeen;
      const seen = splits === false ? [] : splitsOf[splits];
      return run({ ...options, run: named, format, seen, seenIsDefault });
    });
}

/** The form of lists that go to a file, by the ending of its name where that is one of a form. */
function formatOf(out: string): ListFormat {
  if (out === "-") return Deno.stdout.isTerminal() ? "text" : "csv";
  const ending = /\.([^./\\]+)$/.exec(out)?.[1].toLowerCase() ?? "";
  if (["parquet", "arrow", "feather", "xlsx", "npy", "safetensors"].includes(ending)) {
    throw new UsageError(
      `Cannot write lists as "${out}": expected .csv, .ndjson or .json, or another form by --format`,
      "Give the file another ending, or for tables of vectors use export",
    );
  }
  return ([...recommendationFormats, "json"] as const).find((form) => form === ending) ?? "csv";
}

/** A file of a `--new-items`, which is no list of users or items and so never stdin. */
function newItemSource(text: string): NewItemSource {
  const { path, idPath, ...rest } = newItemParts(text);
  if (path === "-") {
    throw new UsageError(
      "Cannot read --new-items from stdin: it is read more than once",
      "Write it to a file first, and name the file",
    );
  }
  return { ...rest, path: userPath(path), ...idPath !== undefined && { idPath: userPath(idPath) } };
}

/** Refuses options of which one says what another one says too. */
function refuseTogether(options: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(options).filter((name) => options[name] !== undefined);
  if (given.length < 2) return;
  throw new UsageError(
    `Cannot use --${given[0]} with --${given[1]}`,
    "Leave one of them out",
  );
}
