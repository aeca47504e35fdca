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

const example = 'Write for example {"model": "lightgcn", "settings": {"layers": 2}}';

/**
 * Reads a configuration file: a JSON object with the options of a training by their names
 * (`data_dir`, `epochs`, …), and the model's settings in an object `settings`.
 *
 * @param path The file.
 * @throws {DataError} It cannot be read, or is not JSON of this form.
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  return parseConfigFile(await readTextStream(path, mostConfigBytes), path, example);
}

/**
 * The contents of a configuration file.
 *
 * @param text The file's text.
 * @param path The file, for messages.
 * @param nextStep What helps where it is not (default: what does where a run wrote it).
 * @throws {DataError} It is not JSON of this form.
 */
export function parseConfigFile(
  text: string,
  path: string,
  nextStep = "Restore it from an intact copy, or train again",
): ConfigFile {
  const object = (place: string, value: unknown): Record<string, unknown> => {
    if (isObject(value)) return value;
    throw new DataError(
      `Cannot read "${path}": ${place} is ${excerptOfJson(value)}, expected an object`,
      nextStep,
    );
  };
  const { settings, ...options } = object(
    "the file",
    parseWrittenJson(text, `"${path}"`, nextStep),
  );
  return {
    path,
    options,
    settings: settings === undefined ? {} : object('"settings"', settings),
  };
}
