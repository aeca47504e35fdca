/**
 * Models that a user defines in a file of their own.
 *
 * @module
 */
import { basename, resolve, toFileUrl } from "@std/path";
import { DataError } from "../../errors.ts";
import { readFailure } from "../../data/file_failure.ts";
import type { ModelDefinition } from "../../models/define_model.ts";

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

function isDefinition(value: unknown): value is ModelDefinition {
  if (typeof value !== "object" || value === null) return false;
  const { name, description, settings, build, compute } = value as Record<string, unknown>;
  return typeof name === "string" && typeof description === "string" &&
    typeof settings === "object" && settings !== null &&
    (typeof build === "function") !== (typeof compute === "function");
}
