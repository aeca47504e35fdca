/**
 * The files of JSON in the folder of an encoder.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { isObject } from "../is_object.ts";
import { readTextFile } from "../regular_file.ts";
import { parseWrittenJson } from "../written_json.ts";

/** A tokenizer's may have hundreds of thousands of words. */
const longestJson = 1 << 27;

/** What to do about a file that is not as it should be. */
export const getAgain = "Get the file again from where the encoder is from";

/**
 * Reads a file of JSON.
 *
 * @param path The file.
 * @throws {DataError} It cannot be read, or is none.
 */
export async function readJson(path: string): Promise<unknown> {
  return parseWrittenJson(await readTextFile(path, longestJson), `"${path}"`, getAgain);
}

/**
 * Reads a file that is an object of JSON.
 *
 * @param path The file.
 * @throws {DataError} It cannot be read, or is none.
 */
export async function readObject(path: string): Promise<Readonly<Record<string, unknown>>> {
  const contents = await readJson(path);
  if (isObject(contents)) return contents;
  throw new DataError(`Cannot read "${path}": found no object of JSON`, getAgain);
}
