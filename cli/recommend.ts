/**
 * `recommend`: its arguments.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { UsageError } from "../errors.ts";
import { adapterOption } from "./adapter_option.ts";
import { type AnyCommand, createCommand } from "./command.ts";
import { userPath } from "./paths.ts";
import { type RecommendationFormat, recommendationFormats } from "./recommendation_format.ts";

/** What the user asked `recommend` for. */
export interface RecommendRequest {
  /** The run's folder. */
  readonly run: string;
  /** A file with users, one a line, or `-` for stdin; `undefined` for all users. */
  readonly users?: string;
  /** Number of items a user. */
  readonly topK: number;
  /** The form of the output. */
  readonly format: RecommendationFormat;
  /** A file, or `-` for stdout. */
  readonly out: string;
  /** Where to compute. */
  readonly adapter: "auto" | "gpu" | "cpu";
}

/** The longest list that one user may get. */
const longestList = 1000;

/**
 * The command.
 *
 * @param run What it does.
 */
export function recommendCommand(run: (request: RecommendRequest) => Promise<void>): AnyCommand {
  return createCommand("recommend", "Write the best items that users have not taken yet", [
    { purpose: "Twenty items for every user", line: "recommend --run runs/NAME --out items.csv" },
    {
      purpose: "Five items for the users 3 and 14, as JSON",
      line: "recommend --run runs/NAME --users - --top-k 5 --format ndjson   (type 3, 14, Ctrl+D)",
    },
    {
      purpose: "A rankings file for trec_eval",
      line: "recommend --run runs/NAME --top-k 50 --format trec --out rankings.txt",
    },
  ])
    .requiredOption("--run <folder>", "The folder of a run", userPath)
    .option("--users <file>", "Users, one a line; - is stdin (default: all users)", userPath)
    .option("--top-k <number>", `Items a user, at most ${longestList}`, topK, 20)
    .addOption(
      new Option("--format <form>", "The form of the output")
        .choices(recommendationFormats).default("csv"),
    )
    .option("--out <file>", "Where to write; - is stdout", userPath, "-")
    .addOption(adapterOption())
    .action((options) => run(options));
}

function topK(text: string): number {
  const found = /^\d+$/.test(text) ? Number(text) : NaN;
  if (found >= 1 && found <= longestList) return found;
  throw new UsageError(
    `Cannot use --top-k "${text}": expected an integer from 1 to ${longestList}`,
    "Leave it out for 20",
  );
}
