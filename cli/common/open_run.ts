/**
 * A run that exists: its folder and its configuration.
 *
 * @module
 */
import { modelNamed } from "../../models/registry.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { type Configuration, resolveConfiguration } from "./configuration.ts";
import { parseConfigFile } from "./config_file.ts";

/**
 * Opens a run.
 *
 * @param path Its folder.
 * @throws {DataError} It is no folder of a run.
 * @throws {UsageError} Its configuration is not what this version of Bandpass knows.
 */
export async function openRun(
  path: string,
): Promise<{ folder: RunFolder; configuration: Configuration }> {
  const folder = new RunFolder(path.replace(/\/+$/, ""));
  const text = await folder.configuration();
  const file = parseConfigFile(text, `${folder.path}/config.json`);
  const configuration = resolveConfiguration(
    { flags: {}, assignments: {}, file },
    (model) => modelNamed(model).settings,
  );
  return { folder, configuration };
}
