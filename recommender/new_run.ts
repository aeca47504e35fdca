/**
 * The folder of a run that begins.
 *
 * @module
 */
import { type ContentHashes, contentHashes } from "../data/content_hashes.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { Configuration } from "../training/configuration.ts";
import { RunFolder } from "../training/run_folder.ts";
import { runRecord } from "../training/run_record.ts";
import { environmentOf } from "./environment.ts";

/**
 * Makes the folder of a new run, bound to what it is trained with.
 *
 * @param path The folder.
 * @param gpu The device that computes it.
 * @param dataset What it is trained on.
 * @param configuration What it is trained with.
 * @param notes What was told of its preparation.
 * @param data The hashes of the dataset, where they were made already.
 * @throws {UsageError} The folder exists already.
 * @throws {BandpassError} It cannot be written.
 */
export async function newRun(
  path: string,
  gpu: Gpu,
  dataset: Dataset,
  configuration: Configuration,
  notes: readonly string[],
  data: ContentHashes = contentHashes(dataset),
): Promise<RunFolder> {
  const record = runRecord(configuration, gpu.name, data);
  return await RunFolder.create(path, record, environmentOf(gpu, dataset, notes));
}
