/**
 * Presets in files: settings that were found for a model on a dataset, as `preset.json` of a tune.
 *
 * @module
 */
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { excerpt, excerptOfJson } from "../../data/excerpt.ts";
import { readTextStream } from "../../data/regular_file.ts";
import { repeatedKey } from "../../data/repeated_key.ts";
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
  /** The settings; the others are as usual. */
  readonly settings: SomeSettings;
}

/** What each of these is. */
const kinds = {
  model: "string",
  dataset: "string",
  data_sha256: "string",
  source: "string",
  settings: "object",
} as const satisfies Readonly<Record<keyof FoundPreset, string>>;

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
  const failed = (what: string) =>
    new DataError(`Cannot read the preset "${path}": ${what}`, "Give the preset.json of a tune");
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw failed(`it is not JSON (${excerpt((error as Error).message, 100)})`);
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw failed(`one of its objects has "${excerpt(repeated)}" twice`);
  if (!isObject(found)) throw failed(`it is ${excerptOfJson(found)}, expected an object`);
  for (const [key, kind] of Object.entries(kinds)) {
    const value = found[key];
    const fits = kind === "object" ? isObject(value) : typeof value === kind;
    if (!fits) throw failed(`its "${key}" is ${excerptOfJson(value)}, expected ${article[kind]}`);
  }
  const other = Object.keys(found).find((key) => !Object.hasOwn(kinds, key));
  if (other !== undefined) throw failed(`it has an unknown key "${excerpt(other)}"`);
  return found as unknown as FoundPreset;
}

const article = { string: "a text", object: "an object" } as const;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
