/**
 * `preprocess`: its arguments and its output.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { defaultDataDirectory, sampleName } from "../../data/default_names.ts";
import type { ColumnRole } from "../../data/ingest/column_choice.ts";
import type { CoreRule, StepCounts } from "../../data/ingest/prepare.ts";
import type { MetaSource } from "../../data/ingest/meta_rows.ts";
import type { SplitOptions } from "../../data/ingest/split.ts";
import type { QuoteRule } from "../../data/table/table.ts";
import { UsageError } from "../../errors.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { grouped } from "../../data/counts.ts";
import {
  collectEncoders,
  collectFeatures,
  collectImages,
  collectTexts,
  metaSource,
  type RequestedModalities,
  requestedModalities,
} from "./modality_options.ts";
import { integer } from "../common/integer_option.ts";
import { number } from "./option_values.ts";
import { splitOptions, splitRequest } from "./split_options.ts";
import { userPath } from "../common/paths.ts";

/** What the user asked `preprocess` for. */
export interface PreprocessRequest extends RequestedModalities {
  /** A file with interactions, or `-` for stdin. */
  readonly input: string;
  /** The dataset's name. */
  readonly dataset: string;
  /** The folder of the datasets. */
  readonly dataDirectory: string;
  /** Names of columns; those that are left out are guessed. */
  readonly columns: Readonly<Partial<Record<ColumnRole, string>>>;
  /** The smallest rating that counts as an interaction. */
  readonly minRating?: number;
  /** Rows that each user and item must have at least. */
  readonly kCore: number;
  /** Which rows that counts. */
  readonly coreRows: CoreRule;
  /** How rows are split. */
  readonly split: SplitOptions;
  /** Whether rows that lack a field are left out. */
  readonly skipIncomplete: boolean;
  /** Texts of the interactions that stand for an empty field. */
  readonly nulls: readonly string[];
  /** What quotation marks mean. */
  readonly quote: QuoteRule;
  /** A table of what else is known of items. */
  readonly meta?: MetaSource;
  /** Columns of the features of a text, at most. */
  readonly dimensions: number;
  /** Whether a dataset of the same name is replaced. */
  readonly overwrite: boolean;
  /** Whether to print the description as JSON. */
  readonly json: boolean;
}

const defaultDimensions = 128;

/**
 * The command.
 *
 * @param run What it does.
 */
export function preprocessCommand(run: (request: PreprocessRequest) => Promise<void>): AnyCommand {
  return createCommand("preprocess", "Build a dataset from your data", [
    {
      purpose:
        "From a table with a user and an item per row: CSV, TSV or NDJSON, gzipped or not, " +
        "Parquet or Arrow",
      line: "preprocess --dataset shop --input clicks.csv.gz",
    },
    {
      purpose: "From all files of a folder, or of a pattern in quotation marks",
      line: "preprocess --dataset shop --input 'clicks/*.parquet'",
    },
    {
      purpose: "Keep ratings of 4 and up, and test on each user's last interaction",
      line: "preprocess --dataset films --input ratings.csv --min-rating 4 --split leave-last",
    },
    {
      purpose: "Train on what came before May, less a week; validate on May, and test on June",
      line: "preprocess --dataset shop --input clicks.csv --split global-time " +
        "--valid-from 2024-05-01 --test-from 2024-06-01 --gap 7d",
    },
    {
      purpose: "Add item features: vectors, and text columns",
      line: "preprocess --dataset shop --input clicks.csv --features image=image.csv " +
        "--text words=items.csv:title,brand",
    },
    {
      purpose: "Compute features of images by an encoder, here CLIP's",
      line: "preprocess --dataset shop --input clicks.csv --images image=photos/ " +
        "--encode image=models/clip",
    },
    {
      purpose: "Add names and prices, for readable lists",
      line: "preprocess --dataset shop --input orders.csv --meta products.csv",
    },
    {
      purpose: "From RecBole's atomic files",
      line: "preprocess --dataset ml --input ml-100k.inter --text title=ml-100k.item:movie_title",
    },
    { purpose: "Then train on it", line: "train --dataset shop" },
  ])
    .requiredOption("--dataset <name>", "Name of the new dataset", datasetName)
    .option(
      "--input <file>",
      "Table of interactions: a file, a folder or a pattern such as 'clicks/*.parquet'; - for stdin",
      userPath,
      "-",
    )
    .option(
      "--data-dir <folder>",
      "Folder that holds the datasets",
      userPath,
      defaultDataDirectory,
    )
    .option("--user <column>", "User column (default: guessed)")
    .option("--item <column>", "Item column (default: guessed)")
    .option(
      "--time <column>",
      "Time column: Unix epoch or ISO 8601, in UTC unless it has a zone (default: guessed if " +
        "the split needs it)",
    )
    .option("--rating <column>", "Rating column, for --min-rating (default: guessed)")
    .option("--min-rating <number>", "Leave out rows with a lower rating", number)
    .option(
      "--k-core <number>",
      "Keep only users and items with at least this many interactions; 1 keeps all",
      (text) => integer("k-core", text, 999_999),
      5,
    )
    .addOption(splitOptions.coreRows)
    .addOption(splitOptions.split)
    .addOption(splitOptions.ratios)
    .addOption(splitOptions.seed)
    .addOption(splitOptions.last)
    .addOption(splitOptions.validFrom)
    .addOption(splitOptions.testFrom)
    .addOption(splitOptions.gap)
    .option(
      "--null <text>",
      "Text that means an empty field in the interactions, such as NULL; repeatable",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .addOption(
      new Option(
        "--quote <rule>",
        "What quotation marks do in tables. double: enclose fields; none: nothing; guess: enclose " +
          "fields, in TSV only where they are closed",
      ).choices(["guess", "double", "none"] as const).default("guess" as const),
    )
    .option("--skip-incomplete", "Skip rows without a required field, and count them")
    .option(
      "--features <name=file>",
      "Item features: a table with an id and numbers, or a .npy file with a row per item " +
        "(FILE.npy#IDS: the file IDS has the id of each row); repeatable",
      collectFeatures,
    )
    .option(
      "--text <name=file:columns>",
      "Item features from text columns of a table whose id column is named as in the " +
        "interactions (FILE#ID_COLUMN:COLUMNS: another); repeatable",
      collectTexts,
    )
    .option(
      "--images <name=folder>",
      "Item images for --encode: a folder with files named after their items, or the column of a " +
        "table with their paths (NAME=FILE:COLUMN); repeatable",
      collectImages,
    )
    .option(
      "--encode <name=folder>",
      "Compute the features of this --images or --text by the encoder in a folder, as " +
        "encode --model does; repeatable",
      collectEncoders,
    )
    .option(
      "--meta <file>",
      "Table of the items' names, prices and so on, for lists to show (FILE#ID_COLUMN: the column " +
        "with their ids; default: guessed)",
      metaSource,
    )
    .option(
      "--dim <number>",
      `Maximum columns per --text (default: ${defaultDimensions})`,
      (text) => integer("dim", text, 4096),
    )
    .option("--overwrite", "Replace an existing dataset")
    .option("--json", "Print the description of the dataset as JSON")
    .action(async (options) => {
      const { user, item, time, rating, minRating } = options;
      if (rating !== undefined && minRating === undefined) {
        throw new UsageError(
          "Cannot use --rating without --min-rating: it would have no effect",
          "Add --min-rating NUMBER, or leave --rating out",
        );
      }
      const modalities = requestedModalities(options);
      await run({
        input: options.input,
        dataset: options.dataset,
        dataDirectory: options.dataDir,
        columns: { user, item, time, rating },
        minRating,
        kCore: options.kCore,
        ...splitRequest(options),
        skipIncomplete: options.skipIncomplete ?? false,
        nulls: options.null ?? [],
        quote: options.quote,
        ...modalities,
        meta: options.meta,
        dimensions: options.dim ?? defaultDimensions,
        overwrite: options.overwrite ?? false,
        json: options.json ?? false,
      });
    });
}

/**
 * The counts after each step as a table for people.
 *
 * @param steps What was left after each step.
 * @returns Lines, each ended.
 * @example
 * ```ts
 * import { stepsText } from "./preprocess_command.ts";
 * stepsText([{ step: "read", rows: 1234, users: 10, items: 20 }]);
 * //       rows  users  items
 * // read  1,234     10     20
 * ```
 */
export function stepsText(steps: readonly StepCounts[]): string {
  const cells = [
    ["", "rows", "users", "items"],
    ...steps.map(({ step, rows, users, items }) => [step, ...[rows, users, items].map(grouped)]),
  ];
  const widths = [0, 1, 2, 3].map((c) => Math.max(...cells.map((row) => row[c].length)));
  return cells.map((row) =>
    row.map((cell, c) => c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c])).join("  ") +
    "\n"
  ).join("");
}

/**
 * A name for a dataset's folder.
 *
 * @param name What the user typed.
 * @throws {UsageError} It is not the name of a folder, or that of the built-in dataset.
 * @example
 * ```ts
 * import { datasetName } from "./preprocess_command.ts";
 * datasetName("shop"); // "shop"
 * ```
 */
export function datasetName(name: string): string {
  if (name === sampleName) {
    throw new UsageError(
      `Cannot use --dataset "${name}": it is the name of the built-in dataset`,
      "Choose another name",
    );
  }
  if (/^[\p{L}\p{N}_.+][\p{L}\p{N}_.+-]*$/u.test(name) && !/^\.+$/.test(name)) return name;
  throw new UsageError(
    `Cannot use --dataset "${name}": expected a name of letters, digits, ".", "_", "+" and "-", ` +
      'not starting with "-"',
    "Give only a name; its folder is created in the one that --data-dir names",
  );
}
