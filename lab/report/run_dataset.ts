/**
 * The datasets of runs, where they are still what the runs were trained on.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { exists } from "../../data/exists.ts";
import { datasetFolder, readDataset } from "../../data/folder.ts";
import { BandpassError } from "../../errors.ts";
import { assertSameData } from "../../recommender/same_run.ts";
import type { ReportedRun } from "./reported_run.ts";

/** Gives the dataset of a run; it throws a `BandpassError` where that has moved or changed. */
export type DatasetOf = (run: ReportedRun) => Promise<Dataset>;

/**
 * Reads each dataset once, however many runs are of it.
 *
 * @param dataFolder Where the `data_dir` of a configuration is.
 */
export function datasetsOfRuns(dataFolder: (dataDirectory: string) => string): DatasetOf {
  const known = new Map<string, Promise<Dataset>>();
  return async ({ path, folder, options }) => {
    const name = String(options.dataset);
    const place = await datasetFolder(dataFolder(String(options.data_dir)), name);
    // Where there is none, nothing is made for a report.
    if (!await exists(`${place}/${name}.inter`)) {
      throw new BandpassError(`The dataset is not in "${place}"`, "Put it back, and report again");
    }
    if (!known.has(place)) known.set(place, readDataset(place));
    const dataset = await known.get(place)!;
    assertSameData(path, folder.record, dataset);
    return dataset;
  };
}
