/**
 * The option `--model` of commands that open a run: the file of a model of the user's own.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.ts";
import type { ModelWords } from "../../recommender/same_model.ts";
import { importModel } from "./model_file.ts";
import { isModelFile } from "./path_forms.ts";
import type { ModelDefinition } from "../../models/define_model.ts";
import { userPath } from "./paths.ts";

/** `--model FILE`. */
export function modelFileOption() {
  return new Option(
    "--model <file>",
    "File that defines the run's model, if it is your own; unchanged since training",
  ).argParser((model) => modelFilePath(model));
}

/**
 * The file of `--model`, as this process can open it.
 *
 * @param model What the user typed.
 * @throws {UsageError} It is no file.
 */
export function modelFilePath(model: string): string {
  if (isModelFile(model)) return userPath(model);
  throw new UsageError(
    `Cannot use --model "${model}": expected the file of your own model, such as ` +
      '"./my_model.ts"',
    "Leave it out for a built-in model: the run knows its name",
  );
}

/** How a user of the command line gives a run its model. */
export const modelWords: ModelWords = {
  give: (file) => `Add --model FILE${file === undefined ? "" : `, the path of ${file}`}`,
  leaveOut: "Leave --model out",
};

/**
 * Imports the file of `--model`.
 *
 * @param file A path that this process can open; `undefined` where the option is not given.
 */
export async function givenModel(file: string | undefined): Promise<ModelDefinition | undefined> {
  return file === undefined ? undefined : await importModel(file);
}
