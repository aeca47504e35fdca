/**
 * `runs`: its arguments.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { type SortKey, sortKeys } from "./list_runs.ts";

/** What the user asked `runs` for. */
export interface RunsRequest {
  /** Names of runs, in which `*` and `?` stand for any characters; none for all runs. */
  readonly names: readonly string[];
  /** The dataset of the runs; `undefined` for any. */
  readonly dataset?: string;
  /** What to sort by. */
  readonly sort: SortKey;
  /** Whether to remove the runs. */
  readonly remove: boolean;
  /** Whether to remove without asking. */
  readonly yes: boolean;
  /** Whether to print JSON. */
  readonly json: boolean;
}

/**
 * The command.
 *
 * @param run What it does.
 */
export function runsCommand(run: (request: RunsRequest) => Promise<void>): AnyCommand {
  return createCommand("runs", "List runs, compare them, and remove them", [
    { purpose: "List all runs, newest first", line: "runs" },
    {
      purpose: "Compare the runs on a dataset, best first",
      line: "runs --dataset baby --sort valid",
    },
    {
      purpose: "Remove a run, and all whose names begin with test",
      line: "runs --remove NAME 'test*'",
    },
  ])
    .argument("[runs...]", "Names of runs; * and ? stand for any characters (default: all runs)")
    .option("--dataset <name>", "Only runs on this dataset")
    .addOption(
      new Option("--sort <key>", "Sort by this; newest, best and largest first")
        .choices(sortKeys).default("age" as const),
    )
    .option("--remove", "Remove these runs, after asking", false)
    .option("--yes", "With --remove: don't ask", false)
    .option("--json", "Print the result as JSON", false)
    .action((names, options) => {
      if (options.yes && !options.remove) {
        throw new UsageError(
          "Cannot use --yes without --remove: it would have no effect",
          "Leave it out, or add --remove",
        );
      }
      if (options.remove && names.length === 0) {
        throw new UsageError(
          "Cannot remove runs without their names",
          "Name them, such as: --remove NAME; '*' stands for all of them",
        );
      }
      return run({ ...options, names });
    });
}
