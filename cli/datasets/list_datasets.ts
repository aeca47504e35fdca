/**
 * The datasets of a folder, in a few numbers each.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";
import { readDescription } from "../../data/dataset_description.ts";
import { readFailure } from "../../data/file_failure.ts";
import { datasetNames, ofUsers } from "../../data/folder.ts";
import { countInteractions, type InteractionCounts } from "../../data/interactions.ts";
import { modalityShapes } from "../../data/modalities.ts";
import { BandpassError } from "../../errors.ts";

/** A dataset in a list. */
export interface ListedDataset {
  /** Its name. */
  readonly name: string;
  /** Bytes of its files. */
  readonly bytes: number;
  /** What it holds; nothing of one that cannot be read. */
  readonly counts?: InteractionCounts;
  /** Names and sizes of its modalities. */
  readonly modalities: readonly Omit<Modality, "values">[];
  /** What is wrong with one that cannot be read. */
  readonly problem?: BandpassError;
}

/**
 * Lists the datasets of a folder.
 *
 * @param dataDirectory The folder.
 * @returns The datasets in alphabetical order.
 * @throws {DataError} The folder cannot be listed.
 */
export async function listDatasets(dataDirectory: string): Promise<ListedDataset[]> {
  const datasets: ListedDataset[] = [];
  for (const name of await datasetNames(dataDirectory)) {
    datasets.push(await listed(`${dataDirectory}/${name}`, name));
  }
  return datasets;
}

async function listed(folder: string, name: string): Promise<ListedDataset> {
  let bytes = 0;
  try {
    bytes = await folderBytes(folder);
    const modalities = (await modalityShapes(folder)).filter((shape) => shape.name !== ofUsers);
    // Where it is known, a large file need not be read for it.
    const counts = (await readDescription(folder, name))?.counts ??
      await countInteractions(`${folder}/${name}.inter`);
    return { name, bytes, counts, modalities };
  } catch (error) {
    if (!(error instanceof BandpassError)) throw error;
    return { name, bytes, modalities: [], problem: error };
  }
}

/**
 * Bytes of the files in a folder.
 *
 * @param folder The folder.
 * @throws {DataError} It cannot be listed.
 */
export async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  try {
    for await (const { name } of Deno.readDir(folder)) {
      const { isFile, size } = await Deno.stat(`${folder}/${name}`);
      if (isFile) bytes += size;
    }
  } catch (error) {
    throw readFailure(folder, error);
  }
  return bytes;
}
