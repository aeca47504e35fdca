/**
 * What `datasets` does with what the user asked for.
 *
 * @module
 */
import { datasetFolder } from "../../data/folder.ts";
import { isTaken } from "../../data/exists.ts";
import { defaultDataDirectory, sampleName } from "../../data/default_names.ts";
import { flags } from "../common/flags.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { openedPath, shownPath } from "../common/paths.ts";
import { reportWarning } from "../common/report_error.ts";
import { columnsOf } from "../common/terminal.ts";
import type { DatasetsRequest } from "./datasets_command.ts";
import { datasetsText, describedText } from "./datasets_text.ts";
import { describeDataset } from "./describe_dataset.ts";
import { descriptionReport } from "./description_report.ts";
import { writePage } from "./write_page.ts";
import { listDatasets, type ListedDataset } from "./list_datasets.ts";

/**
 * Lists datasets, or describes one.
 *
 * @param request What the user asked for.
 */
export async function runDatasets(request: DatasetsRequest): Promise<void> {
  const { name, dataDirectory, json, html } = request;
  if (name === undefined) return await list(dataDirectory, json);
  const folder = await datasetFolder(openedPath(dataDirectory), name);
  const described = await describeDataset(folder, console.error);
  if (json) await writeJson(descriptionReport(described));
  else if (html !== "-") await writeResult(describedText(described, shownPath(folder)));
  if (html !== undefined) await writePage(described, html, request);
}

async function list(dataDirectory: string, json: boolean): Promise<void> {
  const isDefault = dataDirectory === defaultDataDirectory;
  const isEmpty = isDefault && !await isTaken(dataDirectory);
  const datasets = isEmpty ? [] : await listDatasets(openedPath(dataDirectory));
  for (const { problem } of datasets) if (problem !== undefined) reportWarning(problem);
  if (json) {
    return await writeJson({
      datasets: datasets.map((dataset) => listReport(dataset, dataDirectory)),
    });
  }
  if (datasets.length > 0) {
    await writeResult(datasetsText(datasets, columnsOf(Deno.stdout)));
  } else console.error(`There are no datasets yet in "${shownPath(dataDirectory)}"`);
  if (isDefault && !datasets.some(({ name }) => name === sampleName)) {
    console.error(`"${sampleName}" is built in, and created on first use`);
  }
}

/** A dataset as the list's `--json` prints it. */
function listReport({ name, bytes, counts, modalities, problem }: ListedDataset, folder: string) {
  return {
    ...{ name, folder: shownPath(`${folder}/${name}`), bytes, ...counts },
    modalities: modalities.map(({ name, columns }) => ({ name, columns })),
    ...problem && { problem: problem.told(flags).message },
  };
}
