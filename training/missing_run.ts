/**
 * A run that is not where it was looked for.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { counted } from "../data/counts.ts";
import { exists } from "../data/exists.ts";
import { DataError, nearest } from "../errors.ts";

/** Names that a message lists at most. */
const mostNames = 10;

/**
 * Says what is where a run was looked for, and which runs are near.
 *
 * @param path A path without a `config.json` in it.
 */
export async function missingRun(path: string): Promise<DataError> {
  const failed = (what: string, nextStep: string) =>
    new DataError(`Cannot open the run "${path}": ${what}`, nextStep);
  const parent = dirname(path);
  const found = await Deno.stat(path).catch(() => undefined);
  if (found === undefined) {
    const { runs } = await foldersIn(parent) ?? { runs: [] };
    const near = nearest(basename(path), runs);
    return failed(
      "there is no such folder",
      near === undefined
        ? `Give the folder of a run; ${await contentsOf(parent)}`
        : `Did you mean "${join(parent, near)}"?`,
    );
  }
  if (!found.isDirectory) {
    const isOfRun = await isRun(parent);
    return failed(
      "it is a file",
      `Give the folder of a run${isOfRun ? `: "${parent}"` : ""}`,
    );
  }
  const { runs } = await foldersIn(path) ?? { runs: [] };
  return failed(
    "there is no config.json in it",
    `Give the folder of a run; ${await contentsOf(runs.length > 0 ? path : parent)}`,
  );
}

async function isRun(folder: string): Promise<boolean> {
  return await exists(`${folder}/config.json`).catch(() => false);
}

/** The names in a folder, by what they are; nothing where it cannot be listed. */
async function foldersIn(folder: string) {
  const [runs, others, files]: string[][] = [[], [], []];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile) files.push(name);
      else if (await isRun(join(folder, name))) runs.push(name);
      else others.push(name);
    }
  } catch {
    return undefined;
  }
  return { runs: runs.sort(), others: others.sort(), files };
}

/** What is in a folder, where runs were looked for. */
async function contentsOf(folder: string): Promise<string> {
  const found = await foldersIn(folder);
  if (found === undefined) {
    // What may not be listed is not told.
    const isThere = await exists(folder).catch(() => true);
    return isThere ? 'training creates them in "runs"' : `there is no folder "${folder}"`;
  }
  const { runs, others, files } = found;
  if (runs.length > 0) return `"${folder}" has ${listed("the run", runs)}`;
  if (others.length > 0) return `"${folder}" has no runs, only ${listed("the folder", others)}`;
  return files.length > 0
    ? `"${folder}" has no runs, only ${counted(files.length, "file")}`
    : `"${folder}" is empty`;
}

function listed(what: string, names: readonly string[]): string {
  const more = names.length > mostNames ? `, … (${names.length} in total)` : "";
  return `${what}${names.length === 1 ? "" : "s"} ${names.slice(0, mostNames).join(", ")}${more}`;
}
