/**
 * The part of a report that is of runs, one alone or several side by side.
 *
 * @module
 */
import type { Wording } from "../../errors.ts";
import { courseSection } from "./course_section.ts";
import { differenceSection } from "./difference_section.ts";
import { keptMeasures } from "./kept_measures.ts";
import { diagnosticSection } from "./diagnostic_section.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { datasetsOfRuns } from "./run_dataset.ts";
import { spectrumSection } from "./spectrum_section.ts";
import { userSection } from "./user_section.ts";
import type { ReportedRun } from "./reported_run.ts";
import {
  costSection,
  environmentSection,
  identitySection,
  metricSection,
  settingSection,
} from "./run_facts.ts";

/** How the part of runs is made. */
export interface RunReportOptions {
  /** The words for commands. */
  readonly words: Wording;
  /** Where the `data_dir` of a configuration is. */
  readonly dataFolder: (dataDirectory: string) => string;
  /** The folder in which eigenpairs are kept. */
  readonly cache: string;
}

/**
 * Makes it.
 *
 * @param page The page.
 * @param runs The runs.
 * @param options How it is made.
 */
export async function reportOfRuns(
  page: ReportPage,
  runs: readonly ReportedRun[],
  { words, dataFolder, cache }: RunReportOptions,
): Promise<PageElement> {
  const datasetOf = datasetsOfRuns(dataFolder);
  const { kept, notes } = await keptMeasures(runs, datasetOf);
  const title = runs.length === 1 ? runs[0].name : `${runs.length} runs side by side`;
  return page.element(
    "section",
    {},
    page.element("h2", {}, title),
    ...unlike(page, runs),
    ...identitySection(page, runs),
    ...metricSection(page, runs),
    ...differenceSection(page, kept),
    ...userSection(page, runs, kept, notes),
    ...courseSection(page, runs),
    ...costSection(page, runs),
    ...runs.flatMap((run) => diagnosticSection(page, run)),
    ...await spectrumSection(page, runs, datasetOf, cache),
    ...settingSection(page, runs),
    ...environmentSection(page, runs, words),
  );
}

/** Says so where the numbers of runs cannot be compared. */
function unlike(page: ReportPage, runs: readonly ReportedRun[]): PageElement[] {
  const differ = (of: (run: ReportedRun) => unknown) =>
    new Set(runs.map((run) => JSON.stringify(of(run) ?? null))).size > 1;
  const notice = (text: string) => page.element("p", { class: "notice" }, text);
  return [
    ...differ(({ folder }) => folder.record?.data)
      ? [notice("These runs are of different data: their metrics can't be compared.")]
      : [],
    ...differ(({ folder }) => folder.record?.adapter)
      ? [
        notice(
          "These runs were computed on different adapters: their seconds can't be compared, and " +
            "rounding differs.",
        ),
      ]
      : [],
  ];
}
