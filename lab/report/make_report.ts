/**
 * Reports: one HTML file that needs no network and no script.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { exists } from "../../data/exists.ts";
import { reportOfRuns, type RunReportOptions } from "./report_of_runs.ts";
import { reportOfStudy } from "./report_of_study.ts";
import { reportOfTune } from "./report_of_tune.ts";
import { ReportPage } from "./report_page.ts";
import { type NamedFolder, readReportedRun } from "./reported_run.ts";

/** How a report is made. */
export interface ReportOptions extends RunReportOptions {
  /** The command that makes the report. */
  readonly command: string;
}

/**
 * Makes the report of some folders: runs side by side, then tunes and studies. A folder says by its files what it is.
 *
 * @param folders The folders, each with a name of its own.
 * @param options How it is made.
 * @returns The whole file. The same folders give the same bytes.
 * @throws {DataError} A folder is nothing that can be reported, or a file of it is damaged.
 */
export async function makeReport(
  folders: readonly NamedFolder[],
  options: ReportOptions,
): Promise<string> {
  const page = await ReportPage.open(`Report of ${folders.map(({ name }) => name).join(", ")}`);
  const runs = [];
  const parts = [];
  for (const folder of folders) {
    if (await exists(`${folder.path}/tune.json`)) parts.push(await reportOfTune(page, folder));
    else if (await exists(`${folder.path}/study.json`)) {
      parts.push(await reportOfStudy(page, folder));
    } else runs.push(await readReportedRun(folder));
  }
  page.body.append(
    page.element("h1", {}, "Bandpass report"),
    ...runs.length > 0 ? [await reportOfRuns(page, runs, options)] : [],
    ...parts,
    page.element(
      "p",
      { class: "quiet" },
      `Bandpass ${manifest.version}. This file was made by: `,
      page.element("code", {}, options.command),
    ),
  );
  return page.toString();
}
