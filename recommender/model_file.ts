/**
 * Models that a user defines in a file of their own.
 *
 * @module
 */
import { basename, resolve, toFileUrl } from "@std/path";
import { DataError, UsageError } from "../errors.ts";
import { readFailure } from "../data/file_failure.ts";
import type { ModelDefinition } from "../models/define_model.ts";

/**
 * Imports the model that a file defines: its default export, made by `defineModel()`. This runs the code
 * of the file with the permissions of the program.
 *
 * @param path A TypeScript or JavaScript file.
 * @returns The model, with the file's name and hash in `source`.
 * @throws {BandpassError} The file cannot be read.
 * @throws {DataError} It is no module, or its default export is no model.
 * @example
 * ```ts no-eval
 * import { importModel } from "./model_file.ts";
 * const model = await importModel("my_model.ts");
 * model.source?.sha256; // what runs of this model record
 * ```
 */
export async function importModel(path: string): Promise<ModelDefinition> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    throw readFailure(path, error);
  }
  let module: { default?: unknown };
  try {
    module = await import(toFileUrl(resolve(path)).href);
  } catch (error) {
    throw new DataError(
      `Cannot import "${path}": ${(error as Error).message}`,
      'Give a TypeScript or JavaScript module; it imports Bandpass by "@bandpass/bandpass"',
    );
  }
  const { default: definition } = module;
  if (!isDefinition(definition)) {
    throw new DataError(
      `Cannot use "${path}": its default export is no model`,
      "Write export default defineModel({ … }), as docs/adding_a_model.md shows",
    );
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { ...definition, source: { file: basename(path), sha256 } };
}

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
  const { model, model_file: file, model_sha256: sha256 } = recorded;
  const failed = (what: string, nextStep: string) =>
    new UsageError(`Cannot open the run "${run}": ${what}`, nextStep);
  if (given === undefined) {
    if (file === undefined) return;
    throw failed(
      `its model "${model}" is defined by the file "${file}" (SHA-256 ${sha256}), which is never ` +
        "imported by itself",
      "Give that file as the model",
    );
  }
  if (given.name !== model) {
    throw failed(
      `it was trained with the model "${model}", found "${given.name}"`,
      file === undefined ? "Leave the model out" : `Give the file "${file}" as the model`,
    );
  }
  if (sha256 !== undefined && given.source?.sha256 !== sha256) {
    throw failed(
      `"${file}" had the SHA-256 ${sha256} when it was trained, found ` +
        `${given.source?.sha256 ?? "a model of no file"}`,
      "Give the file as it was then, or train anew",
    );
  }
}

function isDefinition(value: unknown): value is ModelDefinition {
  if (typeof value !== "object" || value === null) return false;
  const { name, description, settings, build, compute } = value as Record<string, unknown>;
  return typeof name === "string" && typeof description === "string" &&
    typeof settings === "object" && settings !== null &&
    (typeof build === "function") !== (typeof compute === "function");
}
