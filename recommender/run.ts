/**
 * A run that exists: its folder, its configuration and its model.
 *
 * @module
 */
import type { ModelDefinition } from "../models/define_model.ts";
import { modelNamed } from "../models/registry.ts";
import { type Configuration, resolveConfiguration } from "../training/configuration.ts";
import { parseConfigFile } from "../training/configuration_file.ts";
import { RunFolder } from "../training/run_folder.ts";
import { assertSameModel } from "./same_model.ts";
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
 * @throws {DataError} It is no folder of a run.
 * @throws {UsageError} Its configuration is not what this version of Bandpass knows, or was edited, or
 * its model is missing or another one.
 */
export async function openRun(path: string, model?: ModelDefinition): Promise<Run> {
  const folder = await RunFolder.open(path.replace(/(?<=.)\/+$/, ""));
  const file = parseConfigFile(await folder.configuration(), `${folder.path}/config.json`);
  const { model_file, model_sha256, ...options } = file.options;
  const text = (value: unknown) => value === undefined ? undefined : String(value);
  const recorded = {
    model: String(options.model),
    model_file: text(model_file),
    model_sha256: text(model_sha256),
  };
  assertSameModel(folder.path, recorded, model);
  const definition = model ?? modelNamed(recorded.model);
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
  return { folder, configuration, definition };
}
