/**
 * The quality of a dataset on one HTML page that needs no network and no script.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { ReportPage } from "../report/report_page.ts";
import { tableOf } from "../report/report_table.ts";
import type { DatasetQuality } from "./dataset_quality.ts";
import { distributionSection } from "./distribution_section.ts";
import { leakageSection } from "./leakage_section.ts";
import { modalitySection } from "./modality_section.ts";
import { neighbourSection, type ShownItem } from "./neighbour_section.ts";
import style from "./quality.css" with { type: "text" };

/** What a page of quality is made of. */
export interface QualityPage {
  /** The dataset's name. */
  readonly name: string;
  /** What is told of it in words: a label and a text each. */
  readonly facts: readonly (readonly [label: string, text: string])[];
  /** Its quality. */
  readonly quality: DatasetQuality;
  /** Number of items. */
  readonly items: number;
  /** How an item is shown. */
  readonly itemOf: (item: number) => ShownItem;
  /** What is to be known beside, such as pictures that could not be had. */
  readonly notes: readonly string[];
  /** The command that makes the page. */
  readonly command: string;
}

/**
 * Makes the page.
 *
 * @param options What it is made of.
 * @returns The whole file. The same dataset gives the same bytes.
 */
export async function qualityPage(options: QualityPage): Promise<string> {
  const { name, facts, quality, items, itemOf, notes, command } = options;
  const page = await ReportPage.open(`Dataset ${name}`, style);
  page.body.append(
    page.element("h1", {}, `Dataset ${name}`),
    tableOf(page, "What the dataset has", [
      { heading: "", cells: facts.map(([label]) => label) },
      { heading: "", cells: facts.map(([, text]) => text) },
    ]),
    ...modalitySection(page, quality, items),
    ...leakageSection(page, quality.leakage),
    ...distributionSection(page, quality),
    ...neighbourSection(page, quality, itemOf),
    ...notes.map((note) => page.element("p", { class: "quiet" }, note)),
    page.element(
      "p",
      { class: "quiet" },
      `Bandpass ${manifest.version}. This file was made by: `,
      page.element("code", {}, command),
    ),
  );
  return page.toString();
}
