/**
 * `report`: its arguments.
 *
 * @module
 */
import { Argument } from "@commander-js/extra-typings";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { userPath } from "../common/paths.ts";
import { lastRun } from "../common/run_reference.ts";

/** What the user asked `report` for. */
export interface ReportRequest {
  /** The folders, as the user named them. */
  readonly folders: readonly string[];
  /** The file of the report, or `-` for stdout. */
  readonly out: string;
}

/**
 * The command.
 *
 * @param run What it does.
 */
export function reportCommand(run: (request: ReportRequest) => Promise<void>): AnyCommand {
  return createCommand("report", "Write an HTML report of runs, a tune or a study", [
    { purpose: "Report the newest run", line: "report last --out report.html" },
    { purpose: "Report runs side by side", line: "report NAME NAME --out report.html" },
  ])
    .addArgument(
      new Argument(
        "<folders...>",
        `Runs, tunes and studies: their names in runs/, their folders, or ${lastRun} for the newest run`,
      ),
    )
    .requiredOption("-o, --out <file>", "Output file; - for stdout", userPath)
    .action((folders, { out }) => run({ folders, out }));
}
