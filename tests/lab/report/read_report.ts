/**
 * Reports read again, as a browser reads them.
 *
 * @module
 */
import { parseHTML } from "linkedom";
import { makeReport } from "../../../lab/report/make_report.ts";
import type { NamedFolder } from "../../../lab/report/reported_run.ts";

/** An element of a report. */
export interface Found {
  /** Its text. */
  readonly textContent: string;
  /** All elements below it that a selector finds. */
  querySelectorAll(selector: string): Iterable<Found>;
  /** The first of them. */
  querySelector(selector: string): Found | null;
  /** An attribute. */
  getAttribute(name: string): string | null;
}

/** A report: its text, and what is in it. */
export interface ReadReport {
  /** The file. */
  readonly html: string;
  /** The document. */
  readonly document: Found;
  /** All of its text. */
  readonly body: string;
  /** The rows of the table of the figure or of the region of a name, a number where a cell has one. */
  readonly rows: (name: string) => (string | number)[][];
}

/**
 * Makes the report of some folders and reads it.
 *
 * @param folders The folders.
 * @param dataDirectory Where all datasets are.
 * @param cache Where eigenpairs are kept.
 */
export async function readReport(
  folders: readonly NamedFolder[],
  dataDirectory = "/nowhere",
  cache = "/nowhere",
): Promise<ReadReport> {
  const words = {
    setting: (name: string) => `--${name}`,
    command: (name: string, settings = {}) => [name, ...Object.values(settings)].join(" "),
  };
  const html = await makeReport(folders, {
    ...{ words, command: "report <these>", dataFolder: () => dataDirectory, cache },
  });
  const { document } = parseHTML(html) as unknown as { document: Found };
  const rows = (name: string) => {
    const region = [...document.querySelectorAll('[role="region"]')].find((one) =>
      [name, `Numbers: ${name}`].includes(one.getAttribute("aria-label")!)
    );
    if (region === undefined) throw new Error(`no table "${name}"`);
    return Array.from(
      region.querySelectorAll("tbody tr"),
      (row) => Array.from(row.querySelectorAll("th, td"), cellOf),
    );
  };
  return { html, document, body: document.querySelector("body")!.textContent, rows };
}

function cellOf(cell: Found): string | number {
  const number = cell.querySelector("data");
  return number === null ? cell.textContent : Number(number.getAttribute("value"));
}
