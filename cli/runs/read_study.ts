/**
 * What can be told of a study from its files.
 *
 * @module
 */
import { exists } from "../../data/exists.ts";
import { BandpassError } from "../../errors.ts";
import { isStudying } from "../../lab/study/study_folder.ts";
import { readStudyRecord } from "../../lab/study/study_record.ts";
import { type ListedRun, sizeOf } from "./read_run.ts";

/**
 * Reads a study: which one, and how far it is. It has no metrics of its own, but those of its variants.
 *
 * @param path Its folder.
 * @param name The name of its folder.
 */
export async function readStudy(path: string, name: string): Promise<ListedRun> {
  const place = { name, model: "study", ...await sizeOf(path), epochs: 0 };
  try {
    const { study, datasets } = await readStudyRecord(path);
    const trials = await endedTrials(path);
    const dataset = datasets.map(({ name }) => name).join(", ");
    // The reading is written last.
    const status = await isStudying(path)
      ? "running"
      : await exists(`${path}/reading.md`)
      ? "finished"
      : "interrupted";
    return { ...place, dataset, trials, settings: { study }, status };
  } catch (error) {
    if (!(error instanceof BandpassError)) throw error;
    return { ...place, settings: {}, status: "unreadable", problem: error };
  }
}

/** Trials that have come to their end. */
async function endedTrials(path: string): Promise<number> {
  if (!await exists(`${path}/outcomes`)) return 0;
  const names = await Array.fromAsync(Deno.readDir(`${path}/outcomes`), ({ name }) => name);
  return names.filter((name) => name.endsWith(".json")).length;
}
