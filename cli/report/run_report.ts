/**
 * What `report` does with what the user asked for.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import { makeReport } from "../../lab/report/make_report.ts";
import { flags } from "../common/flags.ts";
import { cacheFolder } from "../common/graph_cache.ts";
import { note } from "../common/note.ts";
import { openedPath, shownPath } from "../common/paths.ts";
import { runNames } from "../common/run_names.ts";
import { runPath } from "../common/run_option.ts";
import { shellWord } from "../common/shell_word.ts";
import { writeText } from "../common/text_output.ts";
import type { ReportRequest } from "./report_command.ts";

/**
 * Writes a report.
 *
 * @param request What the user asked for.
 */
export async function runReportCommand({ folders, out }: ReportRequest): Promise<void> {
  const paths = folders.map((folder) => runPath(folder, note).replace(/(?<=.)\/+$/, ""));
  const twice = folders.find((_, n) => paths.indexOf(paths[n]) < n);
  if (twice !== undefined) {
    throw new UsageError(`Cannot report "${twice}" twice`, "Name each folder once");
  }
  const names = runNames(paths);
  const named = paths.map((path, n) => ({ path, name: names[n] }));
  const command = [flags.command("report"), ...folders.map(shellWord), flags.setting("out", out)]
    .join(" ");
  const options = { words: flags, command, dataFolder: openedPath, cache: cacheFolder };
  const html = await makeReport(named, options);
  await writeText(out, [html]);
  if (out !== "-") note(`Wrote ${shownPath(out)}`);
}
