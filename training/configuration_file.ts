/**
 * Configuration files: what is asked of a training, as JSON.
 *
 * @module
 */
import { excerptOfJson } from "../data/excerpt.ts";
import { isObject } from "../data/is_object.ts";
import { readTextStream } from "../data/regular_file.ts";
import { parseWrittenJson } from "../data/written_json.ts";
import { DataError } from "../errors.ts";

/** Bytes that a configuration has at most. */
export const mostConfigBytes: number = 1 << 22;

/** What a configuration file holds. */
export interface ConfigFile {
  /** The file, for messages. */
  readonly path: string;
  /** What it says beside the settings of the model. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Settings of the model: its `settings` object. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Reads a configuration file: a JSON object with the options of a training by their names
 * (`data_dir`, `epochs`, …), and the model's settings in an object `settings`.
 *
 * @param path The file.
 * @throws {DataError} It cannot be read, or is not JSON of this form.
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  return parseConfigFile(await readTextStream(path, mostConfigBytes), path);
}

/**
 * The contents of a configuration file.
 *
 * @param text The file's text.
 * @param path The file, for messages.
 * @throws {DataError} It is not JSON of this form.
 */
export function parseConfigFile(text: string, path: string): ConfigFile {
  const contents = parseWrittenJson(
    text,
    `"${path}"`,
    'Write for example {"model": "lightgcn", "settings": {"layers": 2}}',
  );
  const { settings, ...options } = object(path, "the file", contents);
  return {
    path,
    options,
    settings: settings === undefined ? {} : object(path, '"settings"', settings),
  };
}

function object(path: string, place: string, value: unknown): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new DataError(
    `Cannot read "${path}": ${place} is ${excerptOfJson(value)}, expected an object`,
    'Write for example {"model": "lightgcn", "settings": {"layers": 2}}',
  );
}
