/**
 * All that is told of one dataset.
 *
 * @module
 */
import type { DatasetSummary } from "../../data/dataset_summary.ts";
import { summarise } from "../../data/dataset_summary.ts";
import { type DatasetDescription, readDescription } from "../../data/dataset_description.ts";
import { readDataset } from "../../data/folder.ts";
import { readTimeRange, type TimeRange } from "../../data/time_range.ts";
import { folderBytes } from "./list_datasets.ts";

/** A dataset, described. */
export interface DescribedDataset {
  /** Its name. */
  readonly name: string;
  /** Its folder. */
  readonly folder: string;
  /** Bytes of its files. */
  readonly bytes: number;
  /** What it holds. */
  readonly summary: DatasetSummary;
  /** From when to when its interactions are, where they have times. */
  readonly times?: TimeRange;
  /** What `preprocess` wrote down of it. */
  readonly description?: DatasetDescription;
  /** Columns of the users' own features, where it has them. */
  readonly userColumns?: number;
}

/**
 * Reads a dataset whole, which checks it, and describes it.
 *
 * @param folder Its folder.
 * @param note Told what is done to read it.
 * @throws {DataError} There is no such dataset, or one of its files is malformed.
 */
export async function describeDataset(
  folder: string,
  note: (text: string) => void,
): Promise<DescribedDataset> {
  const dataset = await readDataset(folder, note);
  const { name } = dataset;
  return {
    ...{ name, folder, bytes: await folderBytes(folder), summary: summarise(dataset) },
    times: await readTimeRange(`${folder}/${name}.inter`),
    description: await readDescription(folder, name),
    userColumns: dataset.userFeatures?.columns,
  };
}

/**
 * How many items a modality says something of.
 *
 * @param dataset The dataset.
 * @param name The modality.
 */
export function itemsWith({ summary, description }: DescribedDataset, name: string): number {
  // What preprocess has filled with the mean of the others is not zero.
  const missing = description?.missingItems[name] ??
    summary.modalities.find((modality) => modality.name === name)!.zeroItems;
  return summary.items - missing;
}
