/**
 * All that is told of one dataset.
 *
 * @module
 */
import type { DatasetSummary } from "../../data/dataset_summary.ts";
import { summarise } from "../../data/dataset_summary.ts";
import { type DatasetDescription, readDescription } from "../../data/dataset_description.ts";
import type { Dataset } from "../../data/dataset.ts";
import { readDataset } from "../../data/folder.ts";
import { matchPublished, type PublishedMatch } from "../../data/published_counts.ts";
import { type DatasetQuality, datasetQuality } from "../../lab/quality/dataset_quality.ts";
import { readRowTimes } from "../../data/row_times.ts";
import { type TimeRange, timeRange } from "../../data/time_range.ts";
import { folderBytes } from "./list_datasets.ts";

/** A dataset, described. */
export interface DescribedDataset {
  /** Its name. */
  readonly name: string;
  /** What was read. */
  readonly dataset: Dataset;
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
  /** How it compares with what the field has published under its name, or with the same counts. */
  readonly published?: PublishedMatch;
  /** What its features and splits are worth. */
  readonly quality: DatasetQuality;
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
  const times = await readRowTimes(`${folder}/${name}.inter`);
  return {
    ...{ name, dataset, folder, bytes: await folderBytes(folder), summary: summarise(dataset) },
    times: times && timeRange(times),
    description: await readDescription(folder, name),
    userColumns: dataset.userFeatures?.columns,
    published: matchPublished(dataset),
    quality: datasetQuality(dataset, times),
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
