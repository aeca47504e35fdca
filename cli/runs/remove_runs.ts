/**
 * Removing runs: whole ones, and nothing that is none.
 *
 * @module
 */
import { finalName } from "../../data/temporary.ts";
import { writeFailure } from "../../data/file_failure.ts";
import { temporaryName } from "../../data/temporary.ts";
import { BandpassError, DataError } from "../../errors.ts";
import { isStudy, isStudyEntry, isStudying, lockStudy } from "../../lab/study/study_folder.ts";
import { isTune, isTuneEntry, isTuning, lockTune } from "../../lab/tune/tune_folder.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { isRunFile } from "../../training/run_files.ts";

/**
 * Refuses a folder that is not to be removed as a run.
 *
 * @param path The folder.
 * @throws {BandpassError} It is a link, holds what no training wrote, or is being trained.
 */
export async function refuseRemoval(path: string): Promise<void> {
  if ((await Deno.lstat(path)).isSymlink) {
    throw new BandpassError(
      `Cannot remove "${path}": it is a link to a run elsewhere`,
      "Remove the link itself, or the run where it is",
    );
  }
  if (await isTune(path)) return await refuseLabRemoval(path, tunes);
  if (await isStudy(path)) return await refuseLabRemoval(path, studies);
  const others: string[] = [];
  let files = 0;
  for await (const { name, isFile } of Deno.readDir(path)) {
    if (isFile && isRunFile(name)) files++;
    else others.push(name);
  }
  // Many programs have a config.json; a run has more from the beginning.
  if (files < 2) {
    throw new BandpassError(
      `Cannot remove "${path}": config.json is the only file of a run in it`,
      "Remove it yourself, if that is what you want",
    );
  }
  refuseOthers(path, others, "training");
  if (!await (await openedForRemoval(path)).isTraining()) return;
  throw new BandpassError(
    `Cannot remove "${path}": a process is training it`,
    "Wait until it ends, or interrupt it",
  );
}

/** What tells a tune or a study from what lies in its folder. */
interface LabFolders {
  readonly isEntry: (name: string) => boolean;
  readonly isBusy: (path: string) => Promise<boolean>;
  readonly writer: string;
  readonly doing: string;
}

const tunes: LabFolders = {
  ...{ isEntry: isTuneEntry, isBusy: isTuning, writer: "tuning", doing: "tuning" },
};
const studies: LabFolders = {
  ...{ isEntry: isStudyEntry, isBusy: isStudying, writer: "the study", doing: "running" },
};

/** Refuses a tune or a study that holds what it did not write, or that a process works on. */
async function refuseLabRemoval(
  path: string,
  { isEntry, isBusy, writer, doing }: LabFolders,
): Promise<void> {
  const others: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (!isEntry(name)) others.push(name);
    else if (isDirectory) others.push(...await othersIn(`${path}/${name}`, name));
  }
  refuseOthers(path, others, writer);
  if (!await isBusy(path)) return;
  throw new BandpassError(
    `Cannot remove "${path}": a process is ${doing} it`,
    "Wait until it ends, or interrupt it",
  );
}

/** What no run has in a folder of a tune or a study: of trials, of what came of them, or of the blend. */
async function othersIn(folder: string, name: string): Promise<string[]> {
  const others: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const place = `${name}/${entry.name}`;
    const whole = finalName(entry.name);
    if (entry.isDirectory && name === "trials" && /^\d{4,}$/.test(whole)) {
      others.push(...await othersIn(`${folder}/${entry.name}`, place));
    } else if (
      !entry.isFile || !(name === "outcomes" ? /^\d{4,}-\d+\.json$/.test(whole) : isRunFile(whole))
    ) {
      others.push(place);
    }
  }
  return others;
}

function refuseOthers(path: string, others: readonly string[], writer: string): void {
  if (others.length === 0) return;
  const few = others.toSorted().slice(0, 5).map((name) => `"${name}"`).join(", ");
  throw new BandpassError(
    `Cannot remove "${path}": it also holds ${few}${others.length > 5 ? ", …" : ""}, which ` +
      `${writer} did not write`,
    "Move that elsewhere first",
  );
}

/** The run; where it is damaged, one whose lock is that of its configuration. */
async function openedForRemoval(path: string): Promise<RunFolder> {
  return await RunFolder.open(path).catch((error) => {
    if (error instanceof DataError) return new RunFolder(path);
    throw error;
  });
}

/**
 * Removes a run. It loses its name first, so that no half of it is ever taken for a run; its lock is
 * held as long, so that nobody begins to train it.
 *
 * @param path The folder, which {@linkcode refuseRemoval} does not refuse.
 * @throws {BandpassError} It cannot be removed, or a process has begun to train it.
 */
export async function removeRun(path: string): Promise<void> {
  await using _lock = await isTune(path)
    ? await lockTune(path)
    : await isStudy(path)
    ? await lockStudy(path)
    : await (await openedForRemoval(path)).lock();
  const gone = temporaryName(path, "tmp");
  try {
    await Deno.rename(path, gone);
    await Deno.remove(gone, { recursive: true });
  } catch (error) {
    throw writeFailure(path, error);
  }
}
