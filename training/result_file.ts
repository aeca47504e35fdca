/**
 * The file `result.json` of a run's folder.
 *
 * @module
 */
import { writeFileAtomically } from "../data/atomic_file.ts";
import { exists } from "../data/exists.ts";
import { readTextFile } from "../data/regular_file.ts";
import { removeIfThere } from "../data/remove_if_there.ts";
import { mostConfigBytes } from "./configuration_file.ts";
import { parseResult, resultText, type RunResult } from "./run_result.ts";

const pathIn = (folder: string) => `${folder}/result.json`;

/**
 * Writes it, whole.
 *
 * @param folder The run's folder.
 * @param result What came of the run; nothing to remove what came of a former session.
 * @throws {BandpassError} It cannot be written.
 */
export async function writeResult(folder: string, result: RunResult | undefined): Promise<void> {
  const path = pathIn(folder);
  if (result === undefined) await removeIfThere(path);
  else await writeFileAtomically(path, resultText(result));
}

/**
 * What it says.
 *
 * @param folder The run's folder.
 * @returns Nothing while the run trains, of one that was killed, and of one of before there were results.
 * @throws {DataError} It is not what was written.
 */
export async function readResult(folder: string): Promise<RunResult | undefined> {
  const path = pathIn(folder);
  if (!await exists(path)) return undefined;
  return parseResult(await readTextFile(path, mostConfigBytes), path);
}
