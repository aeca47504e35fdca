/**
 * What `runs` does with what the user asked for.
 *
 * @module
 */
import { dirname, resolve } from "node:path";
import { byteSize, counted } from "../../data/counts.ts";
import { isTaken } from "../../data/exists.ts";
import { nearest, UsageError } from "../../errors.ts";
import { flags } from "../common/flags.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { openedPath, projectFolder, shownPath, userPath } from "../common/paths.ts";
import { programName } from "../common/program_name.ts";
import { reportWarning } from "../common/report_error.ts";
import { columnsOf } from "../common/terminal.ts";
import { listRuns, readListed, runNames, sortRuns } from "./list_runs.ts";
import type { ListedRun } from "./read_run.ts";
import { refuseRemoval, removeRun } from "./remove_runs.ts";
import type { RunsRequest } from "./runs_command.ts";
import { runsText, scoresNote } from "./runs_text.ts";

/** Where trainings make their runs, from the project's folder. */
const runsFolder = "runs";

/** The folder of a run of the project, as messages may show it. */
const folderOf = (name: string) => openedPath(`${runsFolder}/${name}`);

/**
 * Lists runs, or removes them.
 *
 * @param request What the user asked for.
 */
export async function runRuns(request: RunsRequest): Promise<void> {
  const { names, dataset, sort } = request;
  const all = names.length === 0 ? await listRuns(openedPath(runsFolder)) : await Promise.all(
    (await namedRuns(names)).map((name) => readListed(folderOf(name), name)),
  );
  const ofDataset = all.filter((run) => dataset === undefined || run.dataset === dataset);
  if (all.length > 0 && ofDataset.length === 0) refuseDataset(dataset!, all);
  const runs = sortRuns(ofDataset, sort);
  return request.remove ? await remove(runs, request) : await print(runs, request);
}

/** The names of the runs that the user means. */
async function namedRuns(patterns: readonly string[]): Promise<string[]> {
  const names = await runNames(runsFolder);
  const found = new Set<string>();
  for (const pattern of patterns) {
    const wanted = nameIn(pattern);
    // A run that is called exactly so is meant alone.
    const isWanted = patternOf(wanted);
    const matching = names.includes(wanted)
      ? [wanted]
      : names.filter((name) => isWanted.test(name));
    if (matching.length === 0) throw await missing(pattern, wanted, names);
    for (const name of matching) found.add(name);
  }
  return [...found];
}

/** What matches a name in which `*` and `?` stand for any characters, and every other for itself. */
function patternOf(name: string): RegExp {
  const source = name.replaceAll(/[\\^$.|+()[\]{}]/g, "\\$&").replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "su");
}

/** The name in `runs/` of what may be its path. */
function nameIn(text: string): string {
  const name = text.replace(/\/+$/, "");
  if (!name.includes("/")) return name;
  const path = resolve(projectFolder, userPath(name));
  const folder = resolve(projectFolder, runsFolder);
  if (dirname(path) === folder) return path.slice(folder.length + 1);
  throw new UsageError(
    `Cannot use "${text}": it is not in "${shownPath(runsFolder)}"`,
    "Name a run in that folder; remove any others yourself",
  );
}

async function missing(
  text: string,
  wanted: string,
  names: readonly string[],
): Promise<UsageError> {
  const path = `${runsFolder}/${wanted}`;
  if (wanted !== "" && await isTaken(path)) {
    return new UsageError(
      `Cannot use "${text}": "${shownPath(path)}" is not a run, as it has no config.json`,
      `See the runs with: ${programName()} runs`,
    );
  }
  const near = nearest(wanted, names);
  return new UsageError(
    `Cannot find the run "${text}" in "${shownPath(runsFolder)}"`,
    near === undefined ? `See the runs with: ${programName()} runs` : `Did you mean "${near}"?`,
  );
}

function refuseDataset(dataset: string, runs: readonly ListedRun[]): never {
  const datasets = [
    ...new Set(runs.map((run) => run.dataset).filter((name) => name !== undefined)),
  ];
  const near = nearest(dataset, datasets);
  throw new UsageError(
    `Cannot find a run on the dataset "${dataset}"; found runs on ` +
      datasets.toSorted().map((name) => `"${name}"`).join(", "),
    near === undefined ? "Choose one of these" : `Did you mean "${near}"?`,
  );
}

async function print(runs: readonly ListedRun[], { json }: RunsRequest): Promise<void> {
  for (const { problem } of runs) if (problem !== undefined) reportWarning(problem);
  if (json) return await writeJson({ runs: runs.map(reportOf) });
  if (runs.length === 0) {
    console.error(`There are no runs yet in "${shownPath(runsFolder)}"`);
    console.error(`  next: ${programName()} train`);
    return;
  }
  await writeResult(runsText(runs, Date.now(), columnsOf(Deno.stdout)));
  console.error(scoresNote(runs));
}

/** A run as `--json` prints it. */
function reportOf({ problem, modified, ...run }: ListedRun) {
  return {
    run: shownPath(`${runsFolder}/${run.name}`),
    ...run,
    modified: new Date(modified).toISOString(),
    ...problem && { problem: problem.told(flags).message },
  };
}

async function remove(runs: readonly ListedRun[], request: RunsRequest): Promise<void> {
  // All are looked at before any is removed.
  for (const { name } of runs) await refuseRemoval(folderOf(name));
  const bytes = runs.reduce((sum, run) => sum + run.bytes, 0);
  const what = `${counted(runs.length, "run")} (${byteSize(bytes)})`;
  if (!request.yes && !await isConfirmed(runs, what)) {
    console.error("Nothing was removed");
    if (request.json) await writeJson({ removed: [], bytes: 0 });
    return;
  }
  for (const { name, bytes } of runs) {
    await removeRun(folderOf(name));
    if (!request.json) await writeResult(`Removed ${name} (${byteSize(bytes)})\n`);
  }
  if (request.json) await writeJson({ removed: runs.map(({ name }) => name), bytes });
}

/** Asks on the terminal. */
async function isConfirmed(runs: readonly ListedRun[], what: string): Promise<boolean> {
  if (!Deno.stdin.isTerminal() || !Deno.stderr.isTerminal()) {
    throw new UsageError(
      `Cannot ask whether to remove ${what}: there is no terminal`,
      "Add --yes to remove without asking",
    );
  }
  const write = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
  write(runsText(runs, Date.now(), columnsOf(Deno.stderr)));
  write(`Remove ${what}? [y/N] `);
  const answer = new Uint8Array(100);
  const length = await Deno.stdin.read(answer) ?? 0;
  if (length === 0) write("\n");
  return /^\s*y(es)?\s*$/i.test(new TextDecoder().decode(answer.subarray(0, length)));
}
