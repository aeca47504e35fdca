/**
 * The option `--model` of commands that open a run: the file of a model of the user's own.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { importModel } from "./model_file.ts";
import type { ModelDefinition } from "../../models/define_model.ts";
import { userPath } from "./paths.ts";

/** `--model FILE`. */
export function modelFileOption() {
  return new Option(
    "--model <file>",
    "The file that defines the run's model, where that is not built in; it must be as it was",
  ).argParser(userPath);
}

/**
 * Imports the file of `--model`.
 *
 * @param file A path that this process can open; `undefined` where the option is not given.
 */
export async function givenModel(file: string | undefined): Promise<ModelDefinition | undefined> {
  return file === undefined ? undefined : await importModel(file);
}
