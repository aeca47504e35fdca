/**
 * Models that a user defines in a file of their own.
 *
 * @module
 */
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { DataError } from "../../errors.ts";
import { readFailure } from "../../data/file_failure.ts";
import { openRegularFile } from "../../data/regular_file.ts";
import type { ModelDefinition } from "../../models/define_model.ts";
import { assertOwnName } from "../../models/registry.ts";
import { importedModels, mend, placeIn } from "./model_failure.ts";

/**
 * Imports the model that a file defines: its default export, made by `defineModel()`. This runs the code
 * of the file with the permissions of the program.
 *
 * @param path A TypeScript or JavaScript file.
 * @returns The model, with the file's name and hash in `source`.
 * @throws {BandpassError} The file cannot be read.
 * @throws {DataError} It is not a module, fails, or its default export is not a model.
 * @throws {UsageError} Its model has the name of a built-in one.
 * @example
 * ```ts
 * import { importModel } from "./model_file.ts";
 * const path = `${await Deno.makeTempDir()}/my_model.ts`;
 * const text = 'export default { name: "mine", description: "", settings: {}, compute() {} };';
 * await Deno.writeTextFile(path, text);
 * (await importModel(path)).source?.file; // "my_model.ts"
 * ```
 */
export async function importModel(path: string): Promise<ModelDefinition> {
  // A pipe could not be read twice: for its hash, and as a module.
  (await openRegularFile(path)).close();
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    throw readFailure(path, error);
  }
  const address = pathToFileURL(resolve(path)).href;
  importedModels.set(address, path);
  let module: { default?: unknown };
  try {
    module = await import(address);
  } catch (error) {
    throw importFailure(path, error);
  }
  const { default: definition } = module;
  if (!isDefinition(definition)) {
    throw new DataError(
      `Cannot use "${path}": its default export is not a model`,
      "Write export default defineModel({ … }), as docs/adding_a_model.md shows",
    );
  }
  assertOwnName(definition, ` of "${path}"`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { ...definition, source: { file: basename(path), sha256 } };
}

/** What a file that cannot be imported did wrong, as Deno says it. */
function importFailure(path: string, error: unknown): DataError {
  if (!(error instanceof Error)) {
    return new DataError(`Cannot import "${path}": it throws ${Deno.inspect(error)}`, mend);
  }
  // Deno colours parts of what it says of modules, even where nobody sees colours.
  const message = stripVTControlCharacters(error.message);
  // It names the line of what it cannot load; of what the file throws itself, the trace does.
  const place = message.includes("file://") ? "" : placeIn(error);
  const nextStep = error instanceof Deno.errors.NotCapable
    ? "Do that in another program: a model has the permissions of the command that imports it"
    : "code" in error || error instanceof SyntaxError
    ? 'Fix the file: import Bandpass as "@bandpass/bandpass" or its sub-paths, and files of ' +
      "your own by relative paths"
    : mend;
  return new DataError(`Cannot import "${path}": ${message}${place}`, nextStep);
}

function isDefinition(value: unknown): value is ModelDefinition {
  if (typeof value !== "object" || value === null) return false;
  const { name, description, settings, build, compute } = value as Record<string, unknown>;
  return typeof name === "string" && typeof description === "string" &&
    typeof settings === "object" && settings !== null &&
    (typeof build === "function") !== (typeof compute === "function");
}
