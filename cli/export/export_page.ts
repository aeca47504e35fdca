/**
 * `export --format page`: a page for any web server that hands out files.
 *
 * @module
 */
import { basename } from "node:path";
import { counted } from "../../data/counts.ts";
import type { Dataset } from "../../data/dataset.ts";
import { datasetFolder, readDataset } from "../../data/folder.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { openCompared } from "../../lab/compare/compared_runs.ts";
import { pageFiles, type ShownRun } from "../../page/page_contents.ts";
import type { PageSpectrum } from "../../page/page_index.ts";
import { Recommender } from "../../recommender/recommender.ts";
import type { Run } from "../../recommender/run.ts";
import { readResult } from "../../training/result_file.ts";
import { openDevice } from "../common/device.ts";
import { cacheFolder, graphCache } from "../common/graph_cache.ts";
import { givenModel, modelWords } from "../common/model_option.ts";
import { note } from "../common/note.ts";
import { openedPath, shownPath } from "../common/paths.ts";
import { createProgress, type Progress, stderrSink } from "../common/progress.ts";
import { runPath } from "../common/run_option.ts";
import { findSpectrum } from "../spectrum/find_spectrum.ts";
import { usualSpectrum } from "../spectrum/spectrum_command.ts";
import type { ExportRequest, PageRequest } from "./export_command.ts";
import { prepareFolderOfPage, writePageFiles } from "./write_page_files.ts";

/**
 * Writes the page of a run, and of those beside it.
 *
 * @param request What the user asked for.
 * @param content What the page is to show.
 */
export async function exportPage(
  request: Omit<ExportRequest, "content">,
  { beside, withUsers, topK }: PageRequest,
): Promise<void> {
  const { out, overwrite, model, dataDir, adapter } = request;
  const own = await givenModel(model);
  const paths = [request.run, ...beside].map((run) => runPath(run, note));
  const runs = await openCompared(paths, own === undefined ? [] : [own], modelWords);
  const { data_dir, dataset: name } = runs[0].configuration;
  const dataset = await readDataset(
    await datasetFolder(openedPath(dataDir ?? data_dir), name),
    note,
  );
  await prepareFolderOfPage(out, overwrite);
  const gpu = await openDevice(adapter);
  const progress = createProgress(stderrSink());
  const opened: ShownRun[] = [];
  try {
    const spectrum = await spectrumOf(gpu, dataset, progress);
    for (const run of runs) opened.push(await shownRun(run, dataset, gpu, opened, runs.length > 1));
    const content = { runs: opened, withUsers, listLength: topK, spectrum, isServed: false };
    const files = await pageFiles(content);
    const bytes = await writePageFiles(out, files, progress.status);
    progress.clear();
    note(
      `Wrote a page of ${counted(runs.length, "run")}, ${counted(dataset.items, "item")} and ` +
        `${withUsers ? counted(dataset.users, "user") : "no users"} to ${shownPath(out)}: ` +
        `${counted(files.length, "file")}, ${(bytes / 2 ** 20).toFixed(1)} MiB`,
    );
    note(
      "A browser shows it from a web server, and not as a file: " +
        `python3 -m http.server --bind 127.0.0.1 --directory ${shownPath(out)}`,
    );
  } finally {
    progress.clear();
    for (const { recommender } of opened) await recommender[Symbol.asyncDispose]();
    await gpu.close();
  }
}

async function shownRun(
  { folder: { path }, definition }: Run,
  dataset: Dataset,
  gpu: Gpu,
  others: readonly ShownRun[],
  isOneOfSeveral: boolean,
): Promise<ShownRun> {
  // Runs in two folders may have one name.
  const same = others.filter(({ name }) => name.replace(/ \(\d+\)$/, "") === basename(path)).length;
  const name = same === 0 ? basename(path) : `${basename(path)} (${same + 1})`;
  const model = definition.source === undefined ? undefined : definition;
  const onNote = (text: string) => note(isOneOfSeveral ? `${name}: ${text}` : text);
  return {
    name,
    recommender: await Recommender.open(path, { gpu, dataset, model, cache: cacheFolder, onNote }),
    metrics: (await readResult(path))?.test ?? undefined,
  };
}

async function spectrumOf(
  gpu: Gpu,
  dataset: Dataset,
  progress: Progress,
): Promise<PageSpectrum> {
  const settings = usualSpectrum(dataset.users + dataset.items);
  const { report } = await findSpectrum(gpu, dataset, settings, {
    cache: graphCache(progress.note),
    onProgress: progress.status,
  });
  const { eigenvalues, bands, modalities } = report;
  return {
    eigenvalues,
    bands: bands.map(({ first, end }) => ({ first, end })),
    modalities: modalities.map(({ name, bands, remainder }) => ({ name, bands, remainder })),
  };
}
