/**
 * Whether the model that a run is opened with is the one that it was trained with.
 *
 * @module
 */
import { excerpt } from "../data/excerpt.ts";
import { UsageError } from "../errors.ts";
import type { ModelDefinition } from "../models/define_model.ts";

/** What a run says of its model. */
export interface RecordedModel {
  /** The run, for messages. */
  readonly run: string;
  /** The model's name. */
  readonly model: string;
  /** The name of the file that defines it, where one was imported for it. */
  readonly model_file?: string;
  /** The SHA-256 of that file. */
  readonly model_sha256?: string;
}

/** How whoever reads a message gives a model. */
export interface ModelWords {
  /** Asks for the model, which the file of that name defines if one is known. */
  give(file?: string): string;
  /** Asks for none. */
  readonly leaveOut: string;
}

const programWords: ModelWords = {
  give: (file) => `Set "model" to the model${file === undefined ? "" : ` that ${file} defines`}`,
  leaveOut: 'Leave "model" out',
};

/**
 * The model of a run: the one that is given, where it is the one that the run was trained with; a
 * built-in one where none is given.
 *
 * @param recorded What the run says of its model.
 * @param builtIn The built-in models.
 * @param given The model that was given, if one was.
 * @param words How whoever reads the messages gives a model.
 * @throws {UsageError} A model is missing, has another name, or comes from another file.
 */
export function definitionOf(
  recorded: RecordedModel,
  builtIn: readonly ModelDefinition[],
  given?: ModelDefinition,
  words: ModelWords = programWords,
): ModelDefinition {
  const { run, model, model_file, model_sha256: sha256 } = recorded;
  const name = excerpt(model);
  const file = model_file && `"${excerpt(model_file)}"`;
  const hash = sha256 && excerpt(sha256, 64);
  const failed = (what: string, nextStep: string) =>
    new UsageError(`Cannot open the run "${run}": ${what}`, nextStep);
  if (given === undefined) {
    if (file !== undefined) {
      throw failed(
        `its model "${name}" is defined by the file ${file} (SHA-256 ${hash}), which is never ` +
          "imported automatically",
        words.give(file),
      );
    }
    const known = builtIn.find((one) => one.name === model);
    if (known !== undefined) return known;
    throw failed(`its model "${name}" is not a built-in one`, words.give());
  }
  if (given.name !== model) {
    const isBuiltIn = file === undefined && builtIn.some((one) => one.name === model);
    throw failed(
      `it was trained with the model "${name}", found "${given.name}"`,
      isBuiltIn ? words.leaveOut : words.give(file),
    );
  }
  if (sha256 !== undefined && given.source?.sha256 !== sha256) {
    throw failed(
      `${file} had the SHA-256 ${hash} when it was trained, found ` +
        `${given.source?.sha256 ?? "a model that no file was imported for"}`,
      given.source === undefined
        ? "Add the file's name and hash, { ...model, source: { file, sha256 } }, or train again"
        : "Give the file as it was then, or train again",
    );
  }
  return given;
}
