/**
 * What `compare` does with what the user asked for.
 *
 * @module
 */
import { resolve } from "node:path";
import type { Dataset } from "../../data/dataset.ts";
import { datasetFolder, readDataset } from "../../data/folder.ts";
import { nearest, UsageError } from "../../errors.ts";
import { coldLimit } from "../../evaluation/cold_users.ts";
import { type HeldOutPart, itemParts, userParts } from "../../evaluation/held_out_parts.ts";
import { maskedSplits, protocolText } from "../../evaluation/ranking.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { type ComparedMetric, comparedMetric } from "../../lab/compare/compared_metric.ts";
import { comparedRun, openCompared, remarksOn } from "../../lab/compare/compared_runs.ts";
import { compareGroups } from "../../lab/compare/comparison.ts";
import { alikeRuns, groupRuns, type RunGroup, type Subject } from "../../lab/compare/group_runs.ts";
import { readJudgements } from "../../lab/trec/judgements.ts";
import { readTrecLists } from "../../lab/trec/trec_lists.ts";
import { trecMeasures } from "../../lab/trec/trec_measures.ts";
import { anyWords, wordsOfDataset } from "../../lab/trec/vocabulary.ts";
import { assertSameData } from "../../recommender/same_run.ts";
import type { Run } from "../../recommender/run.ts";
import { openDevice } from "../common/device.ts";
import { cacheFolder } from "../common/graph_cache.ts";
import { importModel } from "../common/model_file.ts";
import { modelWords } from "../common/model_option.ts";
import { note } from "../common/note.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { openedPath, shownPath } from "../common/paths.ts";
import { runNames } from "../common/run_names.ts";
import { runPath } from "../common/run_option.ts";
import { columnsOf } from "../common/terminal.ts";
import type { CompareRequest } from "./compare_command.ts";
import { type CompareReport, compareReport } from "./compare_report.ts";
import { compareCsv, compareMarkdown, compareText } from "./compare_text.ts";

/**
 * Compares runs with each other and with the lists of other programs, and prints what differs.
 *
 * @param request What the user asked for.
 */
export async function runCompare(request: CompareRequest): Promise<void> {
  const metrics = request.metrics.map(comparedMetric);
  refuse(request, metrics);
  const models = await Promise.all(request.model.map(importModel));
  const paths = request.runs.map((named) => runPath(named, note));
  const runs = await openCompared(paths, models, modelWords);
  const dataset = runs.length === 0 ? undefined : await datasetOf(runs, request);
  const names = runNames(paths);
  const ofRuns = dataset === undefined ? [] : await runSubjects(runs, names, dataset, request);
  const subjects = [...ofRuns, ...await trecSubjects(request, metrics, ofRuns, dataset)];
  const groups = groupRuns(subjects, request.group);
  alikeRuns(groups).forEach(note);
  const baseline = baselineOf(groups, request.baseline, paths, names);
  const { resamples, split, mask } = request;
  const options = { metrics, baseline, resamples, parts: partsOf(request, dataset) };
  const subject = {
    protocol: dataset === undefined
      ? "lists of other programs, mean over the users of the qrels"
      : protocolText(split, mask, dataset),
    ...dataset !== undefined && { dataset: dataset.name, mask, split },
  };
  const values = compareGroups(groups, options);
  await print(compareReport(subject, groups, baseline, resamples, values), request);
}

async function print(report: CompareReport, { format }: CompareRequest): Promise<void> {
  switch (format) {
    case "json":
      return await writeJson(report);
    case "csv":
      return await writeResult(compareCsv(report));
    case "markdown":
      return await writeResult(compareMarkdown(report));
    case "text":
      return await writeResult(compareText(report, columnsOf(Deno.stdout)));
  }
}

/** Refuses what cannot be compared, before anything is read. */
function refuse({ runs, trec, qrels, by }: CompareRequest, metrics: readonly ComparedMetric[]) {
  const count = runs.length + trec.length;
  if (count < 2) {
    throw new UsageError(
      count === 0
        ? "Cannot compare nothing"
        : `Cannot compare ${
          runs.length === 1 ? `the run "${runs[0]}"` : `"${trec[0].path}"`
        } alone`,
      "Name two runs or more, or the lists of another program with --trec FILE",
    );
  }
  const twice = trec.find(({ path }, n) => trec.findIndex((other) => other.path === path) !== n);
  if (twice !== undefined) {
    throw new UsageError(
      `Cannot compare "${shownPath(twice.path)}" with itself`,
      "Name each file once",
    );
  }
  if (qrels !== undefined && trec.length === 0) {
    throw new UsageError(
      "Cannot use --qrels without --trec: it would have no effect",
      "Leave it out, or add --trec FILE",
    );
  }
  if (runs.length > 0) {
    const ofLists = metrics.find(({ name }) =>
      name === "novelty" || name === "popularity" || name === "diversity"
    );
    if (by !== "items" || ofLists === undefined) return;
    throw new UsageError(
      `Cannot compare "${ofLists.key}" by items: it is of a whole list`,
      "Leave it out of --metrics, or compare --by users",
    );
  }
  if (qrels === undefined) {
    throw new UsageError(
      "Cannot compare lists without knowing what they were to find",
      "Add --qrels FILE, or a run of their dataset",
    );
  }
  if (by !== undefined) {
    throw new UsageError(
      `Cannot compare by ${by} without a run: there is no dataset`,
      "Leave --by out, or add a run of the dataset",
    );
  }
}

async function datasetOf(runs: readonly Run[], { dataDir }: CompareRequest): Promise<Dataset> {
  const [{ configuration: { data_dir, dataset: name } }] = runs;
  const dataset = await readDataset(
    await datasetFolder(openedPath(dataDir ?? data_dir), name),
    note,
  );
  // Those that say what they were trained on all say the same.
  const recorded = runs.find(({ folder }) => folder.record !== undefined);
  for (const { folder } of runs) {
    if (folder.record !== undefined && folder !== recorded?.folder) continue;
    assertSameData(folder.path, folder.record, dataset, note);
  }
  return dataset;
}

/** Each run, measured on a device where it has not kept what is needed. */
async function runSubjects(
  runs: readonly Run[],
  names: readonly string[],
  dataset: Dataset,
  { adapter, split, mask }: CompareRequest,
): Promise<Subject[]> {
  for (const remark of await remarksOn(runs, names)) note(remark);
  let gpu: Gpu | undefined;
  const options = {
    openDevice: async () => gpu ??= await openDevice(adapter),
    cache: cacheFolder,
    onNote: notedOnce(),
  };
  try {
    const subjects: Subject[] = [];
    for (const [n, run] of runs.entries()) {
      subjects.push(await comparedRun(run, names[n], { dataset, split, mask }, options));
    }
    return subjects;
  } finally {
    await gpu?.close();
  }
}

/** What holds for several runs is told once. */
function notedOnce(): (text: string) => void {
  const told = new Set<string>();
  return (text) => {
    if (!told.has(text)) note(text);
    told.add(text);
  };
}

async function trecSubjects(
  { trec, qrels, split, mask }: CompareRequest,
  metrics: readonly ComparedMetric[],
  runs: readonly Subject[],
  dataset?: Dataset,
): Promise<Subject[]> {
  if (trec.length === 0) return [];
  const vocabulary = dataset === undefined ? anyWords() : wordsOfDataset(dataset);
  const judged = qrels === undefined
    ? undefined
    : await readJudgements(qrels, vocabulary, split, note);
  // The same as the split, if there is one, in whatever order.
  const heldOut = dataset?.[split] ?? judged!;
  const cutoff = Math.max(...metrics.map(({ cutoff }) => cutoff));
  const taken = new Set(runs.flatMap(({ name, model }) => [name, model]));
  const subjects: Subject[] = [];
  for (const { name: given, path } of trec) {
    const own = given ?? shownPath(path);
    const name = taken.has(own) ? `${own} (lists)` : own;
    const found = await readTrecLists(path, vocabulary, maskedSplits(split, mask));
    subjects.push({
      ...{ kind: "lists", name, model: name },
      settings: {},
      measures: trecMeasures({ path, found, heldOut, vocabulary, cutoff }, note),
    });
  }
  return subjects;
}

function partsOf({ by }: CompareRequest, dataset?: Dataset): HeldOutPart[] {
  if (dataset === undefined || by === undefined) return [];
  return by === "users" ? userParts(dataset, coldLimit) : itemParts(dataset);
}

/** The group with the run or the lists of that name, or with the run whose folder it is. */
function baselineOf(
  groups: readonly RunGroup[],
  name: string | undefined,
  paths: readonly string[],
  runs: readonly string[],
): number {
  if (name === undefined) return 0;
  const folder = resolve(runPath(name, () => {}));
  const named = runs[paths.findIndex((path) => resolve(path) === folder)] ?? name;
  const found = groups.findIndex(({ runs }) => runs.some((run) => run.name === named));
  if (found >= 0) return found;
  const names = groups.flatMap(({ runs }) => runs.map((run) => run.name));
  const near = nearest(name, names);
  throw new UsageError(
    `Cannot compare with "${name}": it is none of the runs and lists that are compared`,
    near === undefined ? `Name one of ${names.join(", ")}` : `Did you mean "${near}"?`,
  );
}
