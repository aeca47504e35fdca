/**
 * `evaluate`: its arguments and its output.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.ts";
import { coldLimit } from "../../evaluation/cold_users.ts";
import type { Metrics } from "../../evaluation/metrics.ts";
import type { Mask } from "../../evaluation/ranking.ts";
import type { Stratum } from "../../evaluation/strata.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { dataDirOption } from "../common/data_dir_option.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { maskOf, maskOption } from "../common/mask_option.ts";
import { metricsTable } from "../common/output.ts";
import { listMetricsTable } from "./list_metrics_table.ts";
import { modelFileOption } from "../common/model_option.ts";
import { namedRun, runArgument, runOption } from "../common/run_option.ts";

/** What the user asked `evaluate` for. */
export interface EvaluateRequest {
  /** The run, as the user named it. */
  readonly run: string;
  /** The file that defines its model, where that is not built in. */
  readonly model?: string;
  /** The folder that holds its dataset's folder, where that has moved. */
  readonly dataDir?: string;
  /** Whose interactions are to be found. */
  readonly split: "valid" | "test";
  /** Whose interactions are no candidates. */
  readonly mask: Mask;
  /** Where to compute. */
  readonly adapter: "auto" | "gpu" | "cpu";
  /** Whose parts are reported as well (default: nobody's, or users' where a limit of cold ones is given). */
  readonly by?: "users" | "items";
  /** The most train interactions of a cold user. */
  readonly coldStart?: number;
  /** Whether to print the result as JSON. */
  readonly json: boolean;
}

/** What an evaluation gave, as `--json` prints it. */
export interface EvaluateReport {
  /** The protocol in a few words. */
  readonly protocol: string;
  /** The model. */
  readonly model: string;
  /** The dataset. */
  readonly dataset: string;
  /** The seed that the run was trained with. */
  readonly seed: number;
  /** The adapter that computed it. */
  readonly adapter: string;
  /** The run's folder. */
  readonly run: string;
  /** The split. */
  readonly split: string;
  /** The mask. */
  readonly mask: string;
  /** The metrics. */
  readonly metrics: Metrics;
  /** What the lists of the split's users are like beyond accuracy. */
  readonly lists: Metrics;
  /** Metrics of parts of the users and items, by name, where they were asked for. */
  readonly strata?: Readonly<Record<string, Stratum>>;
  /** The file that has the metrics of each user, where it could be written. */
  readonly users?: string;
}

/**
 * The command.
 *
 * @param run What it does.
 */
export function evaluateCommand(run: (request: EvaluateRequest) => Promise<void>): AnyCommand {
  return createCommand("evaluate", "Evaluate a run on its test or validation split", [
    { purpose: "Evaluate the newest run on the test split", line: "evaluate last" },
    {
      purpose: "Leave validation items out of the ranking too",
      line: "evaluate NAME --mask train+valid",
    },
    {
      purpose: "Report items by their number of training interactions too",
      line: "evaluate NAME --by items",
    },
  ])
    .addArgument(runArgument())
    .addOption(runOption())
    .addOption(modelFileOption())
    .addOption(dataDirOption())
    .addOption(
      new Option("--split <which>", "Split to evaluate on")
        .choices(["valid", "test"]).default("test"),
    )
    .addOption(maskOption())
    .addOption(
      new Option(
        "--by <what>",
        `Also report users with at most ${coldLimit} training interactions and the others, or items by ` +
          "their number of training interactions",
      ).choices(["users", "items"]),
    )
    .option(
      "--cold-start <number>",
      `The same as --by users, with another limit than ${coldLimit}`,
      coldStart,
    )
    .addOption(adapterOption())
    .option("--json", "Print the result as JSON", false)
    .action((name, { mask, ...options }) =>
      run({
        ...options,
        mask: maskOf(options.split, mask),
        run: namedRun("evaluate", name, options.run),
      })
    );
}

function coldStart(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new UsageError(
    `Cannot use --cold-start "${text}": expected an integer of at least 0`,
    "Write for example --cold-start 5",
  );
}

/**
 * The result of an evaluation for people to read.
 *
 * @param report What an evaluation gave.
 */
export function evaluateText(report: EvaluateReport): string {
  const { run, model, dataset, seed, adapter, protocol } = report;
  return `${run}: ${model} on ${dataset}, seed ${seed}, ${adapter}\n${protocol}\n\n` +
    `${metricsTable({ [report.split]: report.metrics })}\n` +
    listMetricsTable(report.lists) +
    Object.entries(report.strata ?? {}).map(([name, part]) =>
      `\n${name}: ${part.users} users, ${part.held_out} held-out items\n` +
      (part.metrics === undefined ? "" : metricsTable({ [report.split]: part.metrics }))
    ).join("") +
    (report.users === undefined ? "" : `\nmetrics of each user: ${report.users}\n`);
}
