/**
 * The model that the user named.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { ModelDefinition } from "../../models/define_model.ts";
import { blendName, modelNamed } from "../../models/registry.ts";
import { importModel } from "../common/model_file.ts";
import { isModelFile } from "../common/path_forms.ts";
import { programName } from "../common/program_name.ts";

/**
 * The built-in model of a name, or the model that a file defines.
 *
 * @param model What the user typed.
 * @throws {UsageError} There is none, or it is made of runs.
 */
export async function modelOf(model: string): Promise<ModelDefinition> {
  if (model === blendName) {
    throw new UsageError(
      `Cannot train "${model}": it is made of runs`,
      `Train its members, and blend them: ${programName()} blend RUN RUN`,
    );
  }
  return isModelFile(model) ? await importModel(model) : modelNamed(model);
}
