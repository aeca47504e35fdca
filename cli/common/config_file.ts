/**
 * Where settings come from on the command line: `--set`, `--config` and flags.
 *
 * @module
 */
import { readFailure } from "../../data/file_failure.ts";
import { DataError, UsageError } from "../../errors.ts";

/**
 * Collects `--set key=value`, which may be given many times.
 *
 * @param assignment What followed one `--set`.
 * @param former The settings of those before it.
 * @returns All of them, values as text.
 * @throws {UsageError} There is no `=`, or the key is given twice.
 * @example
 * ```ts
 * import { collectAssignment } from "./config_file.ts";
 * collectAssignment("reg=1e-4", { layers: "2" }); // { layers: "2", reg: "1e-4" }
 * ```
 */
export function collectAssignment(
  assignment: string,
  former: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const equals = assignment.indexOf("=");
  if (equals < 1) {
    throw new UsageError(
      `Cannot use --set "${assignment}": expected key=value`,
      "Write for example --set layers=2",
    );
  }
  const key = assignment.slice(0, equals);
  const value = assignment.slice(equals + 1);
  if (Object.hasOwn(former, key)) {
    throw new UsageError(
      `Cannot set "${key}" twice: found "${former[key]}" and "${value}"`,
      "Keep one of them",
    );
  }
  return { ...former, [key]: value };
}

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
 * Reads a configuration file: a JSON object with the options of `train` by their names, `_` in
 * place of `-`, and the model's settings in an object `settings`.
 *
 * @param path The file.
 * @throws {DataError} It cannot be read, or is no JSON of this form.
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw readFailure(path, error);
  }
  return parseConfigFile(text, path);
}

/**
 * The contents of a configuration file.
 *
 * @param text The file's text.
 * @param path The file, for messages.
 * @throws {DataError} It is no JSON of this form.
 */
export function parseConfigFile(text: string, path: string): ConfigFile {
  let contents: unknown;
  try {
    contents = JSON.parse(text);
  } catch (error) {
    throw new DataError(
      `Cannot read "${path}": it is not JSON (${(error as Error).message})`,
      'Write for example {"model": "lightgcn", "settings": {"layers": 2}}',
    );
  }
  const { settings, ...options } = object(path, "the file", contents);
  return {
    path,
    options,
    settings: settings === undefined ? {} : object(path, '"settings"', settings),
  };
}

function object(path: string, place: string, value: unknown): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new DataError(
    `Cannot read "${path}": ${place} is ${JSON.stringify(value).slice(0, 40)}, expected an object`,
    'Write for example {"model": "lightgcn", "settings": {"layers": 2}}',
  );
}
