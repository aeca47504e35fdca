/**
 * Presets in files: settings that were found for a model on a dataset, as `preset.json` of a tune.
 *
 * @module
 */
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { excerpt, excerptOfJson } from "../../data/excerpt.ts";
import { isObject } from "../../data/is_object.ts";
import { readTextStream } from "../../data/regular_file.ts";
import { parseWrittenJson } from "../../data/written_json.ts";
import { DataError } from "../../errors.ts";
import type { SomeSettings } from "../../models/search.ts";
import { mostConfigBytes } from "../../training/configuration_file.ts";

/** Settings that were found. */
export interface FoundPreset {
  /** The model that they are for. */
  readonly model: string;
  /** The dataset that they were found on. */
  readonly dataset: string;
  /** The SHA-256 of its interactions. */
  readonly data_sha256: string;
  /** How they were found, in words. */
  readonly source: string;
  /** The settings; the others have the model's defaults. */
  readonly settings: SomeSettings;
}

const isText = (value: unknown) => typeof value === "string";

/** Whether a value can be each of these. */
const fits: Readonly<Record<keyof FoundPreset, (value: unknown) => boolean>> = {
  ...{ model: isText, dataset: isText, data_sha256: isText, source: isText },
  settings: isObject,
};

/**
 * Writes a preset.
 *
 * @param path The file.
 * @param preset What was found.
 */
export async function writePresetFile(path: string, preset: FoundPreset): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(preset, null, 2)}\n`);
}

/**
 * Reads a preset. Its settings are checked where they are used, with the model's.
 *
 * @param path The file.
 * @throws {DataError} It cannot be read, or is no preset.
 */
export async function readPresetFile(path: string): Promise<FoundPreset> {
  const text = await readTextStream(path, mostConfigBytes);
  const nextStep = "Give the preset.json of a tune";
  const failed = (what: string) =>
    new DataError(`Cannot read the preset "${path}": ${what}`, nextStep);
  const found = parseWrittenJson(text, `the preset "${path}"`, nextStep);
  if (!isObject(found)) throw failed(`it is ${excerptOfJson(found)}, expected an object`);
  for (const [key, isSound] of Object.entries(fits)) {
    if (isSound(found[key])) continue;
    if (found[key] === undefined) throw failed(`it has no "${key}"`);
    const expected = isSound === isText ? "a text" : "an object";
    throw failed(`its "${key}" is ${excerptOfJson(found[key])}, expected ${expected}`);
  }
  const other = Object.keys(found).find((key) => !Object.hasOwn(fits, key));
  if (other !== undefined) throw failed(`it has an unknown key "${excerpt(other)}"`);
  return found as unknown as FoundPreset;
}
