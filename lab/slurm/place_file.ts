/**
 * Where the tasks of a cluster run trials, as each of them is told: `slurm/place.json`.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { type ContentHashes, contentHashes } from "../../data/content_hashes.ts";
import type { Dataset } from "../../data/dataset.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { DataError, UsageError } from "../../errors.ts";
import type { AdapterChoice } from "../../gpu/device.ts";
import { beginAnew, checkedJsonText, parseCheckedJson } from "../../training/checked_json.ts";
import { mostConfigBytes } from "../../training/configuration_file.ts";
import type { TrialPlace } from "../trials/trial.ts";

/** What a task needs to know before it can run any trial. */
export interface PlaceFile {
  /** The version of Bandpass that has made the trials. */
  readonly bandpass: string;
  /** The name of the dataset. */
  readonly dataset: string;
  /** The folder that holds the dataset's folder, as the configurations of runs name it. */
  readonly data_dir: string;
  /** Which adapter to compute on. */
  readonly adapter: AdapterChoice;
  /** How many users validation ranks; all where it is not there. */
  readonly eval_users?: number;
  /** The contents of the dataset. */
  readonly data: ContentHashes;
}

const keys = ["bandpass", "dataset", "data_dir", "adapter", "eval_users", "data"] as const;

/** What is written of a place. */
export type SharedPlace = Pick<TrialPlace, "dataset" | "dataDirectory" | "evalUsers"> & {
  /** Which adapter to compute on. */
  readonly adapter: AdapterChoice;
};

/**
 * The place of the file.
 *
 * @param folder The folder of all trials.
 */
export function placePath(folder: string): string {
  return `${folder}/slurm/place.json`;
}

/**
 * Writes where trials are run.
 *
 * @param folder The folder of all trials; its `slurm/` must exist.
 * @param place Where they are run.
 */
export async function writePlace(
  folder: string,
  { dataset, dataDirectory, evalUsers, adapter }: SharedPlace,
): Promise<void> {
  const contents: PlaceFile = {
    bandpass: manifest.version,
    dataset: dataset.name,
    data_dir: dataDirectory,
    adapter,
    ...evalUsers !== undefined && { eval_users: evalUsers },
    data: contentHashes(dataset),
  };
  await writeFileAtomically(placePath(folder), checkedJsonText({ ...contents }));
}

/**
 * Reads where trials are run.
 *
 * @param folder The folder of all trials.
 * @throws {DataError} It has no such file, or a damaged one.
 * @throws {UsageError} Another version of Bandpass has written it.
 */
export async function readPlace(folder: string): Promise<PlaceFile> {
  const path = placePath(folder);
  const text = await readTextFile(path, mostConfigBytes);
  const place = parseCheckedJson(text, path, keys, {
    optional: ["eval_users"],
    otherwise: beginAnew,
  }) as unknown as PlaceFile;
  if (place.bandpass === manifest.version) return place;
  throw new UsageError(
    `Cannot run trials of "${folder}": Bandpass ${place.bandpass} has made them, this is ` +
      manifest.version,
    "Run the same version on all machines of the cluster",
  );
}

/**
 * Refuses a dataset that is not the one that the trials are of.
 *
 * @param folder The folder of all trials, for messages.
 * @param place Where they are run.
 * @param dataset The dataset as this machine has it.
 * @throws {DataError} It has other contents.
 */
export function assertPlaceData(folder: string, place: PlaceFile, dataset: Dataset): void {
  const found = contentHashes(dataset);
  const parts = [...new Set([...Object.keys(place.data), ...Object.keys(found)])];
  const differing = parts.filter((part) => place.data[part] !== found[part]);
  if (differing.length === 0) return;
  throw new DataError(
    `Cannot run trials of "${folder}": this machine has another dataset "${place.dataset}" than ` +
      `the one that they are of: ${differing.map((part) => `"${part}"`).join(", ")}`,
    "Let all machines of the cluster read the same files",
  );
}
