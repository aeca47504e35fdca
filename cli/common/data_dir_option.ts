/**
 * The option `--data-dir` of commands that open a run.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { userPath } from "./paths.ts";

/** `--data-dir FOLDER`: where the dataset of a run is now. */
export function dataDirOption() {
  return new Option(
    "--data-dir <folder>",
    "Folder that holds the run's dataset, if it has moved since training",
  ).default(undefined, "as in the run's config.json").argParser(userPath);
}
