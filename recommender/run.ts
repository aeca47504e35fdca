/**
 * A run that exists: its folder, its configuration and its model.
 *
 * @module
 */
import { excerptOfJson } from "../data/excerpt.ts";
import type { ModelDefinition } from "../models/define_model.ts";
import { blend } from "../models/blend/blend.ts";
import { models } from "../models/registry.ts";
import { UsageError } from "../errors.ts";
import { type Configuration, resolveConfiguration } from "../training/configuration.ts";
import { parseConfigFile } from "../training/configuration_file.ts";
import { RunFolder } from "../training/run_folder.ts";
import { definitionOf, type ModelWords } from "./same_model.ts";
import { assertSameConfiguration } from "./same_run.ts";

/** A run. */
export interface Run {
  /** Its folder. */
  readonly folder: RunFolder;
  /** What it was trained with. */
  readonly configuration: Configuration;
  /** Its model. */
  readonly definition: ModelDefinition;
}

/**
 * Opens a run.
 *
 * @param path Its folder.
 * @param model The model that it was trained with, where that is no built-in one.
 * @param words How whoever reads the messages gives it (default: as somebody who writes a program).
 * @throws {DataError} It is not the folder of a run.
 * @throws {UsageError} Its configuration is not what this version of Bandpass knows, or was edited, or
 * its model is missing or another one.
 */
export async function openRun(
  path: string,
  model?: ModelDefinition,
  words?: ModelWords,
): Promise<Run> {
  const folder = await RunFolder.open(path.replace(/(?<=.)\/+$/, ""));
  const file = parseConfigFile(await folder.configuration(), `${folder.path}/config.json`);
  const { model_file, model_sha256, ...options } = file.options;
  // Of what is not text, only that it is none.
  const text = (value: unknown) =>
    value === undefined || typeof value === "string" ? value : excerptOfJson(value);
  const recorded = {
    model: text(options.model) ?? "",
    model_file: text(model_file),
    model_sha256: text(model_sha256),
  };
  const definition = definitionOf(
    { run: folder.path, ...recorded },
    [...models, blend],
    model,
    words,
  );
  const configuration = resolveConfiguration(
    {
      options: {},
      assignments: {},
      file: { ...file, options },
      modelSource: definition.source,
    },
    () => definition.settings,
  );
  assertSameConfiguration(folder.path, folder.record, file);
  assertComplete(folder.path, configuration, definition);
  return { folder, configuration, definition };
}

/** A run has all settings of its model: a search for them is done before there is a run. */
function assertComplete(
  run: string,
  { settings }: Configuration,
  definition: ModelDefinition,
): void {
  const missing = Object.keys(definition.settings).find((key) => !Object.hasOwn(settings, key));
  if (missing === undefined) return;
  throw new UsageError(
    `Cannot open the run "${run}": its config.json leaves "${missing}" to a search`,
    ({ setting }) => `Train with it: ${setting("config", `${run}/config.json`)}`,
  );
}
