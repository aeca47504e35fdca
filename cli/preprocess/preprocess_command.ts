/**
 * `preprocess`: its arguments and its output.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { defaultDataDirectory } from "../../data/folder.ts";
import type { ColumnRole } from "../../data/ingest/column_choice.ts";
import type { StepCounts } from "../../data/ingest/prepare.ts";
import type { FeatureSource } from "../../data/ingest/item_features.ts";
import type { MetaSource } from "../../data/ingest/meta_rows.ts";
import type { TextSource } from "../../data/ingest/item_texts.ts";
import { type Ratios, type SplitRule, splitRules } from "../../data/ingest/split.ts";
import type { QuoteRule } from "../../data/table/table.ts";
import { sampleName } from "../../data/sample.ts";
import { UsageError } from "../../errors.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { grouped } from "../../data/counts.ts";
import {
  collectFeatures,
  collectTexts,
  metaSource,
  refuseRepeatedNames,
} from "./modality_options.ts";
import { integer, number, ratios, seed } from "./option_values.ts";
import { userPath } from "../common/paths.ts";

/** What the user asked `preprocess` for. */
export interface PreprocessRequest {
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
  /** The rule of the split. */
  readonly split: SplitRule;
  /** Shares of train, validation and test. */
  readonly ratios: Ratios;
  /** What the random order of the split follows from. */
  readonly seed: number;
  /** Whether rows that lack a field are left out. */
  readonly skipIncomplete: boolean;
  /** Texts of the interactions that stand for an empty field. */
  readonly nulls: readonly string[];
  /** What quotation marks mean. */
  readonly quote: QuoteRule;
  /** Files of features. */
  readonly features: readonly FeatureSource[];
  /** Tables of texts. */
  readonly texts: readonly TextSource[];
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
const defaultRatios: Ratios = [0.8, 0.1, 0.1];

/**
 * The command.
 *
 * @param run What it does.
 */
export function preprocessCommand(run: (request: PreprocessRequest) => Promise<void>): AnyCommand {
  return createCommand("preprocess", "Make a dataset of your own interactions", [
    {
      purpose: "From a table with a user and an item a row: CSV, TSV or NDJSON, gzip too",
      line: "preprocess --dataset shop --input clicks.csv.gz   (or: cat clicks.csv | …)",
    },
    {
      purpose: "Ratings of 4 and more, the last row of each user for test",
      line: "preprocess --dataset films --input ratings.csv --min-rating 4 --split leave-last",
    },
    {
      purpose: "With features of the items: vectors, and columns of text",
      line: "preprocess --dataset shop --input clicks.csv --features image=image.csv " +
        "--text words=items.csv:title,brand",
    },
    {
      purpose: "With names and prices, for readable lists",
      line: "preprocess --dataset shop --input orders.csv --meta products.csv",
    },
    {
      purpose: "From RecBole's atomic files",
      line: "preprocess --dataset ml --input ml-100k.inter --text title=ml-100k.item:movie_title",
    },
    { purpose: "Train on it", line: "train --dataset shop" },
  ])
    .requiredOption("--dataset <name>", "Name of the dataset's folder", datasetName)
    .option("--input <file>", "Table of interactions; - is stdin", userPath, "-")
    .option(
      "--data-dir <folder>",
      "Folder of the datasets",
      userPath,
      defaultDataDirectory,
    )
    .option("--user <column>", "Column with the user (default: guessed)")
    .option("--item <column>", "Column with the item (default: guessed)")
    .option(
      "--time <column>",
      "Column with the time: Unix epoch or ISO 8601, UTC without a zone (default: guessed where " +
        "the split needs it, else none)",
    )
    .option("--rating <column>", "Column with the rating, for --min-rating (default: guessed)")
    .option("--min-rating <number>", "Leave out rows with a smaller rating", number)
    .option(
      "--k-core <number>",
      "Leave out users and items with fewer rows, until all left have as many; 1 keeps all",
      (text) => integer("k-core", text, 999_999),
      5,
    )
    .addOption(
      new Option(
        "--split <rule>",
        "random: shares of each user's rows in random order; user-time: in order of time; " +
          "leave-last: the last row test, the one before validation; global-time: two points in time",
      ).choices(splitRules).default("random" as const),
    )
    .option("--ratios <train,valid,test>", "Shares of the splits (default: 0.8,0.1,0.1)", ratios)
    .option("--seed <number>", "Seed of --split random (default: 0)", seed)
    .option(
      "--null <text>",
      "Text that stands for an empty field of the interactions, such as NULL; may be given many times",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .addOption(
      new Option(
        "--quote <rule>",
        "What quotation marks mean in the tables. guess: fields stand between them, in TSV only " +
          "those that are closed; double: fields stand between them; none: nothing",
      ).choices(["guess", "double", "none"] as const).default("guess" as const),
    )
    .option("--skip-incomplete", "Leave out rows that lack a field that is needed, and count them")
    .option(
      "--features <name=file>",
      "Features of items: a table with an id and numbers, or a .npy file with a row for each item " +
        "(FILE.npy#IDS names a file with the id of each row); may be given many times",
      collectFeatures,
    )
    .option(
      "--text <name=file:columns>",
      "Features made of columns of text in a table that has the item's id in a column with the " +
        "name of --item (FILE#ID_COLUMN:COLUMNS names another); may be given many times",
      collectTexts,
    )
    .option(
      "--meta <file>",
      "Table with names, prices and whatever else of the items, which lists then show; FILE#ID_COLUMN " +
        "names the column with the item's id (default: guessed)",
      metaSource,
    )
    .option(
      "--dim <number>",
      `Columns of each --text, at most (default: ${defaultDimensions})`,
      (text) => integer("dim", text, 4096),
    )
    .option("--overwrite", "Replace a dataset of the same name")
    .option("--json", "Print the description of the dataset as JSON")
    .action(async (options) => {
      const { user, item, time, rating, minRating, split } = options;
      if (rating !== undefined && minRating === undefined) {
        throw new UsageError(
          "Cannot use --rating without --min-rating: it would have no effect",
          "Add --min-rating NUMBER, or leave --rating out",
        );
      }
      const [features, texts] = [options.features ?? [], options.text ?? []];
      refuseRepeatedNames([...features, ...texts].map(({ name }) => name));
      if (options.dim !== undefined && texts.length === 0) {
        throw new UsageError(
          "Cannot use --dim without --text: it would have no effect",
          "Add --text NAME=FILE:COLUMN, or leave --dim out",
        );
      }
      refuseWithSplit(split, "random", "seed", options.seed);
      if (split === "leave-last") refuseWithSplit(split, "random", "ratios", options.ratios);
      await run({
        input: options.input,
        dataset: options.dataset,
        dataDirectory: options.dataDir,
        columns: { user, item, time, rating },
        minRating,
        kCore: options.kCore,
        split,
        ratios: options.ratios ?? defaultRatios,
        seed: options.seed ?? 0,
        skipIncomplete: options.skipIncomplete ?? false,
        nulls: options.null ?? [],
        quote: options.quote,
        features,
        texts,
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
 * @throws {UsageError} It is no name of a folder, or that of the built-in dataset.
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
      'which does not begin with "-"',
    "Give the name alone; the folder is made in the one that --data-dir names",
  );
}

function refuseWithSplit(split: string, other: string, option: string, value: unknown): void {
  if (split === other || value === undefined) return;
  throw new UsageError(
    `Cannot use --${option} with --split ${split}: it would have no effect`,
    `Leave it out, or use --split ${other}`,
  );
}
