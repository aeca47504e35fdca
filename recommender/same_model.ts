/**
 * Whether the model that a run is opened with is the one that it was trained with.
 *
 * @module
 */
import { excerpt } from "../data/excerpt.ts";
import { UsageError } from "../errors.ts";
import type { ModelDefinition } from "../models/define_model.ts";

/**
 * Refuses a model that is not the one of a run.
 *
 * @param run The run, for messages.
 * @param recorded What the run says of its model.
 * @param given The model that was given, if one was.
 * @throws {UsageError} A model is missing, has another name, or comes from another file.
 */
export function assertSameModel(
  run: string,
  recorded: { model: string; model_file?: string; model_sha256?: string },
  given: ModelDefinition | undefined,
): void {
  const { model } = recorded;
  const [file, sha256] = [recorded.model_file, recorded.model_sha256].map((text) =>
    text === undefined ? undefined : excerpt(text)
  );
  const failed = (what: string, nextStep: string) =>
    new UsageError(`Cannot open the run "${run}": ${what}`, nextStep);
  if (given === undefined) {
    if (file === undefined) return;
    throw failed(
      `its model "${
        excerpt(model)
      }" is defined by the file "${file}" (SHA-256 ${sha256}), which is never ` +
        "imported by itself",
      "Give that file as the model",
    );
  }
  if (given.name !== model) {
    throw failed(
      `it was trained with the model "${excerpt(model)}", found "${given.name}"`,
      file === undefined ? "Leave the model out" : `Give the file "${file}" as the model`,
    );
  }
  if (sha256 !== undefined && given.source?.sha256 !== recorded.model_sha256) {
    throw failed(
      `"${file}" had the SHA-256 ${sha256} when it was trained, found ` +
        `${given.source?.sha256 ?? "a model of no file"}`,
      "Give the file as it was then, or train anew",
    );
  }
}
