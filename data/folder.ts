/**
 * Dataset folders in MMRec's layout: `<data directory>/<name>/<name>.inter` with any number of
 * `<modality>_feat.npy` beside it, of items; `user_feat.npy` is of users.
 *
 * @module
 */
import { basename, dirname, resolve } from "node:path";
import { BandpassError, DataError, nearest } from "../errors.ts";
import type { Dataset } from "./dataset.ts";
import { readSplitProtocol } from "./dataset_description.ts";
import { exists } from "./exists.ts";
import { readFailure } from "./file_failure.ts";
import { presentFolder } from "./former_folder.ts";
import { readIdentifiers } from "./identifiers.ts";
import { readModalities } from "./modalities.ts";
import { readInteractionColumns } from "./interaction_columns.ts";
import { readInteractions } from "./interactions.ts";
import { howToGet, publishedDataset } from "./published_datasets.ts";
import { defaultDataDirectory, sampleName } from "./default_names.ts";
import { writeSample } from "./sample.ts";

/** What modality the file of the users' features is: `user_feat.npy`. */
export const ofUsers = "user";

/**
 * Reads a dataset; the built-in one, `sample`, is generated if it is not there yet.
 *
 * @param folder The dataset's folder; its name is the name of the dataset.
 * @param note Told where a command that was killed has left the folder under another name, and that
 * the `.inter` file was changed after its columns were written.
 * @throws {DataError} There is no such dataset, one of its files is malformed, or a feature file
 * has another number of rows than there are items.
 * @throws {BandpassError} The sample cannot be written.
 * @example
 * ```ts
 * import { readDataset } from "./folder.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * dataset.modalities.map((modality) => modality.name); // ["image", "text"]
 * ```
 */
export async function readDataset(
  folder: string,
  note?: (text: string) => void,
): Promise<Dataset> {
  const name = basename(folder);
  const place = await presentFolder(folder, note);
  const path = `${place}/${name}.inter`;
  if (!await exists(path)) {
    if (name !== sampleName) throw await missingDataset(dirname(folder), name);
    await writeSample(folder).catch((error) => {
      throw unmadeSample(dirname(folder), error);
    });
  }
  const interactions = await readInteractionColumns(path, note) ?? await readInteractions(path);
  const features = await readModalities(place);
  for (const { name: modality, rows } of features) {
    const [what, count] = modality === ofUsers
      ? ["user", interactions.users]
      : ["item", interactions.items];
    if (rows === count) continue;
    throw new DataError(
      `Cannot use "${place}/${modality}_feat.npy": found ${rows} rows, ` +
        `expected ${count}, as "${path}" names the ${what}s 0 to ${count - 1}`,
      `Give each ${what} of the .inter file one row of features, in the order of ${what}ID`,
    );
  }
  const userFeatures = features.find((modality) => modality.name === ofUsers);
  const modalities = features.filter((modality) => modality !== userFeatures);
  const { train, valid, test } = interactions;
  const splitProtocol = await readSplitProtocol(place, {
    ...{ train: train.users.length, valid: valid.users.length, test: test.users.length },
  });
  return {
    name,
    folder,
    ...interactions,
    userIds: await readIdentifiers(place, "userID", interactions.users),
    itemIds: await readIdentifiers(place, "itemID", interactions.items),
    modalities,
    ...userFeatures && { userFeatures },
    ...splitProtocol !== undefined && { splitProtocol },
  };
}

/**
 * The folder of a dataset.
 *
 * @param dataDirectory The folder of the datasets.
 * @param name The dataset's name.
 * @throws {DataError} It is the name of no folder.
 * @example
 * ```ts
 * import { datasetFolder } from "./folder.ts";
 * datasetFolder("datasets", "baby"); // "datasets/baby"
 * ```
 */
export async function datasetFolder(dataDirectory: string, name: string): Promise<string> {
  const isName = name !== "" && name !== "." && name !== ".." && !/[/\\]/.test(name);
  if (!isName) throw await missingDataset(dataDirectory, name);
  return `${dataDirectory}/${name}`;
}

/**
 * The names of the datasets in a folder, in alphabetical order.
 *
 * @param dataDirectory The folder of the datasets.
 * @throws {DataError} It cannot be listed.
 * @example
 * ```ts
 * import { datasetNames } from "./folder.ts";
 * await datasetNames(await Deno.makeTempDir()); // []
 * ```
 */
export async function datasetNames(dataDirectory: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(dataDirectory)) {
      const path = `${dataDirectory}/${name}/${name}.inter`;
      // What cannot be read is not a dataset to choose.
      if (await exists(path).catch(() => false)) names.push(name);
    }
  } catch (error) {
    throw readFailure(dataDirectory, error);
  }
  return names.sort();
}

/** What to say where the sample is not in a folder, and cannot be made there. */
function unmadeSample(dataDirectory: string, error: unknown): unknown {
  const isDefault = resolve(dataDirectory) === resolve(defaultDataDirectory);
  if (!(error instanceof BandpassError) || isDefault) return error;
  return new BandpassError(
    `Cannot find the dataset "${sampleName}" in "${dataDirectory}", nor make it there: ` +
      error.message,
    ({ setting }) =>
      `Leave out ${setting("data_dir")}, and "${sampleName}" is made where datasets are kept, or ` +
      "name a dataset of that folder",
  );
}

async function missingDataset(dataDirectory: string, name: string): Promise<DataError> {
  const isName = !/[/\\]/.test(name) && name !== "";
  const published = isName ? publishedDataset(name) : undefined;
  const isDefault = resolve(dataDirectory) === resolve(defaultDataDirectory);
  const advice = published && howToGet(published, dataDirectory, isDefault);
  let names: string[];
  try {
    names = await datasetNames(dataDirectory);
  } catch {
    return new DataError(
      `Cannot find the dataset "${name}": the folder "${dataDirectory}" is missing or unreadable`,
      advice ??
        (({ setting }) =>
          `Set ${setting("data_dir")} to the folder that holds "${name}", or use the built-in ` +
          `"${sampleName}"`),
    );
  }
  const wanted = isName ? `, expected "${dataDirectory}/${name}/${name}.inter"` : "";
  const known = [...new Set([...names, sampleName])].sort();
  const near = nearest(name, known);
  return new DataError(
    `Cannot find the dataset "${name}"${wanted}; found ` +
      known.map((found) => `"${found}"`).join(", "),
    advice ??
      (near === undefined
        ? ({ setting }) =>
          `Choose one of these, or set ${setting("data_dir")} to the folder that holds the dataset`
        : `Did you mean "${near}"?`),
  );
}
