/**
 * Dataset folders in MMRec's layout: `<data directory>/<name>/<name>.inter` with any number of
 * `<modality>_feat.npy` beside it, of items; `user_feat.npy` is of users.
 *
 * @module
 */
import { basename, dirname } from "@std/path";
import { DataError, nearest } from "../errors.ts";
import type { Dataset } from "./dataset.ts";
import { exists } from "./exists.ts";
import { presentFolder } from "./former_folder.ts";
import { readIdentifiers } from "./identifiers.ts";
import { readModalities } from "./modalities.ts";
import { readInteractions } from "./interactions.ts";
import { sampleName, writeSample } from "./sample.ts";

/** The file whose rows are users: `user_feat.npy`. */
const ofUsers = "user";

/** Where datasets are looked for unless the user says otherwise. */
export const defaultDataDirectory = "datasets";

/**
 * Reads a dataset; the built-in one, `sample`, is generated if it is not there yet.
 *
 * @param folder The dataset's folder; its name is the name of the dataset.
 * @param note Told where a command that was killed has left the folder under another name.
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
    await writeSample(folder);
  }
  const interactions = await readInteractions(path);
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
  return {
    name,
    folder,
    ...interactions,
    userIds: await readIdentifiers(place, "userID", interactions.users),
    itemIds: await readIdentifiers(place, "itemID", interactions.items),
    modalities,
    ...userFeatures && { userFeatures },
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

async function missingDataset(dataDirectory: string, name: string): Promise<DataError> {
  const names = new Set([sampleName]);
  try {
    for await (const entry of Deno.readDir(dataDirectory)) {
      const path = `${dataDirectory}/${entry.name}/${entry.name}.inter`;
      // What cannot be read is no dataset to choose.
      if (await exists(path).catch(() => false)) names.add(entry.name);
    }
  } catch {
    return new DataError(
      `Cannot find the dataset "${name}": there is no readable folder "${dataDirectory}"`,
      ({ setting }) =>
        `Set ${setting("data_dir")} to the folder that holds "${name}", or use the built-in ` +
        `"${sampleName}"`,
    );
  }
  const wanted = /[/\\]/.test(name) || name === ""
    ? ""
    : `, expected "${dataDirectory}/${name}/${name}.inter"`;
  const near = nearest(name, names);
  return new DataError(
    `Cannot find the dataset "${name}"${wanted}; found ` +
      [...names].sort().map((found) => `"${found}"`).join(", "),
    near === undefined
      ? ({ setting }) =>
        `Choose one of these, or set ${setting("data_dir")} to the folder that holds the dataset`
      : `Did you mean "${near}"?`,
  );
}
