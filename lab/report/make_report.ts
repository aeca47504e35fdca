/**
 * Reports: one HTML file that needs no network and no script.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import type { Wording } from "../../errors.ts";
import { ReportPage } from "./report_page.ts";
import { type NamedFolder, readReportedRun } from "./reported_run.ts";
import { reportOfRuns } from "./report_of_runs.ts";

/** How a report is made. */
export interface ReportOptions {
  /** The words for commands. */
  readonly words: Wording;
  /** The command that makes the report. */
  readonly command: string;
}

/**
 * Makes the report of some folders.
 *
 * @param folders The folders, each with a name of its own.
 * @param options How it is made.
 * @returns The whole file. The same folders give the same bytes.
 * @throws {DataError} A folder is nothing that can be reported, or a file of it is damaged.
 */
export async function makeReport(
  folders: readonly NamedFolder[],
  { words, command }: ReportOptions,
): Promise<string> {
  const runs = [];
  for (const folder of folders) runs.push(await readReportedRun(folder));
  const title = `Report of ${folders.map(({ name }) => name).join(", ")}`;
  const page = await ReportPage.open(title);
  page.body.append(
    page.element("h1", {}, title),
    reportOfRuns(page, runs, words),
    page.element(
      "p",
      { class: "quiet" },
      `Bandpass ${manifest.version}. This file was made by: `,
      page.element("code", {}, command),
    ),
  );
  return page.toString();
}
