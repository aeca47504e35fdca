/**
 * The runs of the project.
 *
 * @module
 */
import { readFailure } from "../../data/file_failure.ts";
import { stoppingMetric } from "../../training/training_result.ts";
import { isStudy } from "../../lab/study/study_folder.ts";
import { isTune } from "../../lab/tune/tune_folder.ts";
import { type ListedRun, readRun } from "./read_run.ts";
import { readStudy } from "./read_study.ts";
import { readTune } from "./read_tune.ts";

/** What runs can be sorted by. */
export const sortKeys = [
  ...["age", "name", "dataset", "model", "seed", "valid", "test", "status", "size"] as const,
];

/** One of {@linkcode sortKeys}. */
export type SortKey = typeof sortKeys[number];

/**
 * Reads the runs of a folder.
 *
 * @param folder The folder.
 * @returns The runs in alphabetical order; none where the folder is not there yet.
 * @throws {DataError} It cannot be listed.
 */
export async function listRuns(folder: string): Promise<ListedRun[]> {
  const runs: ListedRun[] = [];
  for (const name of await runNames(folder)) runs.push(await readListed(`${folder}/${name}`, name));
  return runs;
}

/**
 * Reads a run, a tune or a study.
 *
 * @param path Its folder.
 * @param name The name of its folder.
 */
export async function readListed(path: string, name: string): Promise<ListedRun> {
  if (await isTune(path)) return await readTune(path, name);
  return await isStudy(path) ? await readStudy(path, name) : await readRun(path, name);
}

/**
 * The names of the runs, tunes and studies of a folder, in alphabetical order.
 *
 * @param folder The folder.
 * @throws {DataError} It cannot be listed.
 */
export async function runNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      // What is being made or removed, or was left so by a process that was killed.
      if (/\.[0-9a-f]{16}\.(tmp|former)$/.test(name)) continue;
      const files = ["config.json", "tune.json", "study.json"];
      const there = await Promise.all(files.map((file) => isFile(`${folder}/${name}/${file}`)));
      const isListed = there.includes(true);
      if (isListed) names.push(name);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw readFailure(folder, error);
  }
  return names.sort();
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then((found) => found.isFile, () => false);
}

/** What a run is sorted by; what it lacks comes last. */
const values: Readonly<Record<SortKey, (run: ListedRun) => string | number | undefined>> = {
  name: ({ name }) => name,
  dataset: ({ dataset }) => dataset,
  model: ({ model }) => model,
  seed: ({ seed }) => seed,
  status: ({ status }) => status,
  // The newest, the best and the largest first.
  age: ({ modified }) => -modified,
  size: ({ bytes }) => -bytes,
  valid: ({ validation }) => negative(validation?.[stoppingMetric]),
  test: ({ test }) => negative(test?.[stoppingMetric]),
};

function negative(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}

/**
 * Sorts runs; those that are alike by the key stay in their order.
 *
 * @param runs The runs.
 * @param key What by.
 */
export function sortRuns(runs: readonly ListedRun[], key: SortKey): ListedRun[] {
  const valueOf = values[key];
  return runs.toSorted((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === b) return 0;
    if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
    return a < b ? -1 : 1;
  });
}
