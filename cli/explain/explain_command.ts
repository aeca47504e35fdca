/**
 * `explain`: its arguments.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { dataDirOption } from "../common/data_dir_option.ts";
import { flags } from "../common/flags.ts";
import { listLength, longestList } from "../common/list_length.ts";
import { modelFileOption } from "../common/model_option.ts";
import { userPath } from "../common/paths.ts";
import { namedRun, runArgument, runOption } from "../common/run_option.ts";

/** What is explained: scores for a user, or for a history; or what is similar to an item. */
export type ExplainSubject =
  | { readonly user: string }
  | { readonly history: string }
  | { readonly similar: string };

/** What the user asked `explain` for. */
export interface ExplainCommandRequest {
  /** The run, as the user named it. */
  readonly run: string;
  /** The file that defines its model, where that is not built in. */
  readonly model?: string;
  /** The folder that holds its dataset's folder, where that has moved. */
  readonly dataDir?: string;
  /** What is explained, by ids as they were typed. */
  readonly subject: ExplainSubject;
  /** The ids of items; `undefined` for the best ones. */
  readonly item?: readonly string[];
  /** How many of the best items. */
  readonly topK: number;
  /** Whether to print the result as JSON. */
  readonly json: boolean;
  /** Where the picture is written. */
  readonly plot?: string;
  /** Where to compute. */
  readonly adapter: "auto" | "gpu" | "cpu";
}

/** Items that are explained, and similar ones that are listed, where nobody says how many. */
const standardLength = { scores: 3, similar: 10 };

/**
 * The command.
 *
 * @param run What it does.
 */
export function explainCommand(run: (request: ExplainCommandRequest) => Promise<void>): AnyCommand {
  return createCommand("explain", "Show what a user's scores are made of", [
    { purpose: "Why a user gets their three best items", line: "explain NAME --user ID" },
    {
      purpose: "Why an item has the score that it has, with a picture",
      line: "explain NAME --user ID --item ITEM --plot why.svg",
    },
    {
      purpose: "For a new user who has interacted with two items",
      line: "explain NAME --history ITEM1,ITEM2",
    },
    {
      purpose: "What is similar to an item, in each modality and band",
      line: "explain NAME --similar ITEM",
    },
  ])
    .addArgument(runArgument())
    .addOption(runOption())
    .addOption(modelFileOption())
    .addOption(dataDirOption())
    .option("--user <id>", "A user, by their id in your data")
    .option(
      "--history <items>",
      "Items of a new user, separated by commas; put an id with a comma in quotes",
    )
    .option(
      "--item <id>",
      "Explain the score of this item; repeatable (default: the best items)",
      (id: string, before: readonly string[] = []) => [...before, id],
    )
    .option("--similar <id>", "Show what is similar to this item, in place of scores")
    .option(
      "-k, --top-k <number>",
      `How many of the best items, at most ${longestList} ` +
        `(default: ${standardLength.scores}, or ${standardLength.similar} with --similar)`,
    )
    .option("--json", "Print the result as JSON", false)
    .option("--plot <file>", "Write an SVG picture", userPath)
    .addOption(adapterOption())
    .action((name, { user, history, similar, topK, ...options }) => {
      const named = namedRun("explain", name, options.run);
      const subject = subjectOf({ user, history, similar });
      const { item } = options;
      const isSimilar = "similar" in subject;
      refuse(isSimilar && item !== undefined, "--item with --similar");
      refuse(item !== undefined && topK !== undefined, "--top-k with --item");
      const standard = isSimilar ? standardLength.similar : standardLength.scores;
      const length = topK === undefined ? standard : listLength(topK, standard);
      return run({ ...options, run: named, subject, topK: length });
    });
}

/** The one that was named. */
function subjectOf(
  given: { readonly user?: string; readonly history?: string; readonly similar?: string },
): ExplainSubject {
  const { user, history, similar } = given;
  const names = Object.entries(given).flatMap(([name, id]) => id === undefined ? [] : [name]);
  refuse(names.length > 1, `--${names[0]} with --${names[1]}`);
  if (user !== undefined) return { user };
  if (history !== undefined) return { history };
  if (similar !== undefined) return { similar };
  throw new UsageError(
    "Cannot explain without a user",
    `Name one with ${flags.setting("user")}, the items of a new one with ${
      flags.setting("history")
    }, ` + `or an item with ${flags.setting("similar")}`,
  );
}

/** Refuses options of which one says what another one says too. */
function refuse(isTogether: boolean, options: string): void {
  if (isTogether) throw new UsageError(`Cannot use ${options}`, "Leave one of them out");
}
