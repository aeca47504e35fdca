/**
 * The recommender that a command opens a run as.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { datasetFolder, readDataset } from "../../data/folder.ts";
import type { NewItems } from "../../data/new_items.ts";
import type { AdapterChoice } from "../../gpu/device.ts";
import type { ModelDefinition } from "../../models/define_model.ts";
import { openRun, type Run } from "../../recommender/run.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { openDevice } from "./device.ts";
import { cacheFolder } from "./graph_cache.ts";
import { givenModel, modelWords } from "./model_option.ts";
import { note } from "./note.ts";
import { openedPath, shownPath } from "./paths.ts";
import { runPath } from "./run_option.ts";

/** Which run, and where to compute. */
export interface RunRequest {
  /** The run, as the user named it. */
  readonly run: string;
  /** The file that defines its model, where that is not built in. */
  readonly model?: string;
  /** The folder that holds its dataset's folder, where that has moved. */
  readonly dataDir?: string;
  /** Where to compute. */
  readonly adapter: AdapterChoice;
}

/** Reads items that came after training, of the dataset that a run was trained on. */
export type ReadNewItems = (dataset: Dataset) => Promise<NewItems>;

/** A run that was read, whose device is not open yet. */
export interface RequestedRun extends Run {
  /** Opens its recommender and the device, uses them, and gives the device back. */
  use(
    action: (recommender: Recommender) => Promise<void>,
    readNewItems?: ReadNewItems,
  ): Promise<void>;
}

/**
 * Reads a run, so that its mistakes are told before a device is opened.
 *
 * @param request Which one.
 * @param tell Told what a user would want to know of it (default: it is printed).
 */
export async function requestedRun(
  { run: named, model, dataDir, adapter }: RunRequest,
  tell: (text: string) => void = note,
): Promise<RequestedRun> {
  const definition: ModelDefinition | undefined = await givenModel(model);
  const path = runPath(named, tell);
  const run = await openRun(path, definition, modelWords);
  if (await run.folder.isTraining()) {
    tell(`${shownPath(path)} is being trained: what it has found best so far is used`);
  }
  const dataDirectory = openedPath(dataDir ?? run.configuration.data_dir);
  return {
    ...run,
    async use(action, readNewItems) {
      const { dataset: name } = run.configuration;
      // Mistakes in the files are told before a device is opened.
      const dataset = readNewItems &&
        await readDataset(await datasetFolder(dataDirectory, name), tell);
      const newItems = dataset && await readNewItems!(dataset);
      const gpu = await openDevice(adapter);
      try {
        const place = { gpu, dataDirectory, cache: cacheFolder, onNote: tell };
        const options = { ...place, model: definition, dataset, newItems };
        await using recommender = await Recommender.open(path, options);
        await action(recommender);
      } finally {
        await gpu.close();
      }
    },
  };
}
