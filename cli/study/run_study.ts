/**
 * What `study` does with what the user asked for.
 *
 * @module
 */
import { datasetFolder, readDataset } from "../../data/folder.ts";
import { BandpassError, InterruptedError } from "../../errors.ts";
import type { Study } from "../../lab/study/study.ts";
import { estimateStudy } from "../../lab/study/study_estimate.ts";
import { readStudyFile } from "../../lab/study/study_file.ts";
import { writeFindings } from "../../lab/study/study_files.ts";
import { planStudy, type StudyData, type StudyRequest } from "../../lab/study/study_grid.ts";
import { runStudy as runTrials, type StudyOptions } from "../../lab/study/study_runs.ts";
import { studies, studyNamed } from "../../lab/study/studies.ts";
import { openDevice } from "../common/device.ts";
import { cacheFolder } from "../common/graph_cache.ts";
import { Interruption } from "../common/interruption.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { openedPath, shownPath, userPath } from "../common/paths.ts";
import { createProgress, type Progress, stderrSink } from "../common/progress.ts";
import { newFolderName, runs } from "../common/run_name.ts";
import { columnsOf } from "../common/terminal.ts";
import type { StudyOrder } from "./study_command.ts";
import { estimateText, findingText, studiesText } from "./study_text.ts";

/**
 * Runs a study or goes on with it, and prints what it found; or lists the studies, or says how long one takes.
 *
 * @param order What the user asked for.
 */
export async function runStudy(order: StudyOrder): Promise<void> {
  const { study: named, json, adapter } = order;
  if (named === undefined) {
    const listed = studies.map(({ name, model, question }) => ({ name, model, question }));
    return json
      ? await writeJson({ studies: listed })
      : await writeResult(studiesText(studies, columnsOf(Deno.stdout)));
  }
  const study = named.endsWith(".json") ? await readStudyFile(userPath(named)) : studyNamed(named);
  const progress = createProgress(stderrSink());
  const request = await requestOf(order, study, progress);
  // What is wrong with what was asked is told before a device is looked for.
  planStudy(request);
  const name = order.name ??
    newFolderName(folderName(request), "the study's own name", "Name its folder: --name NAME");
  const folder = openedPath(`${runs}/${name}`);
  const gpu = await openDevice(adapter);
  using interruption = new Interruption("saving the state", progress.note);
  try {
    const { signal } = interruption;
    const options = { gpu, cache: cacheFolder, signal, onNote: () => {} };
    if (order.dryRun) return await estimated(order, request, folder, options);
    progress.note(`Study     ${study.name}: ${study.question}`);
    progress.note(`Folder    ${shownPath(folder)}`);
    const finished = await runTrials(folder, request, {
      ...options,
      onTrial({ variant, step, data }, { status, validation, reason }, done, all) {
        const metric = study.axes.y;
        const came = validation === null
          ? `${status}: ${reason}`
          : `validation ${metric} ${validation[metric].toFixed(4)}`;
        const where = request.data.length > 1 ? ` on ${data.dataset.name}` : "";
        progress.status(
          `run ${done}/${all}  ${variant.name}${where}, seed ${step.trial.seed}: ${came}`,
          done / all,
        );
      },
    });
    progress.end();
    const findings = await writeFindings(folder, request, finished);
    const shown = shownPath(folder);
    if (json) {
      const { name, question, axes } = study;
      await writeJson({
        ...{ study: name, question, folder: shown, adapter: gpu.name, axes, findings },
      });
    } else {
      const width = columnsOf(Deno.stdout);
      for (const finding of findings) await writeResult(`${findingText(finding, width)}\n`);
      await writeResult(`Saved in ${shown}: reading.md, table.csv, trials.parquet\n`);
    }
    if (findings.every(({ table }) => table.every(({ runs }) => runs === 0))) {
      throw new BandpassError(
        `The study in "${shown}" answers nothing: none of its runs finished`,
        `See why in "${shown}/trials.ndjson"`,
      );
    }
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError(
      `Interrupted; the study in "${shownPath(folder)}" is saved as far as it got`,
      "The same command goes on with it",
    );
  } finally {
    progress.end();
    await gpu.close();
  }
}

/** What is asked of the study, with its datasets read. */
async function requestOf(
  order: StudyOrder,
  study: Study,
  progress: Progress,
): Promise<StudyRequest> {
  const { dataDir, seeds = study.seeds, epochs = study.epochs, set: settings = {} } = order;
  const data: StudyData[] = [];
  for (const name of new Set(order.dataset ?? study.datasets)) {
    const folder = await datasetFolder(openedPath(dataDir), name);
    data.push({ dataset: await readDataset(folder, progress.note), dataDirectory: dataDir });
  }
  return { study, data, settings, epochs, seeds };
}

/** What the folder of a study is called by itself. */
function folderName({ study, data }: StudyRequest): string {
  return [...data.map(({ dataset }) => dataset.name), study.name, "study"].join("-");
}

async function estimated(
  { json }: StudyOrder,
  request: StudyRequest,
  folder: string,
  options: StudyOptions,
): Promise<void> {
  const estimate = await estimateStudy(folder, request, options);
  if (!json) {
    return await writeResult(estimateText(estimate, options.gpu.name, columnsOf(Deno.stdout)));
  }
  const { grids, left, seconds, sources } = estimate;
  await writeJson({
    study: request.study.name,
    datasets: grids.map(({ data: { dataset }, variants, trials, notes = [] }) => ({
      ...{ dataset: dataset.name, runs: trials.length, variants, notes },
    })),
    ...{ runs_left: left, seconds, sources, adapter: options.gpu.name },
  });
}
