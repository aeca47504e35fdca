/**
 * JSON that somebody has written by hand.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { excerpt } from "./excerpt.ts";
import { repeatedKey } from "./repeated_key.ts";

/**
 * Parses JSON that somebody has written: a key that stands twice in an object is a mistake.
 *
 * @param text The text.
 * @param what What it is, for messages, such as `"tiktok.json"` with its quotes.
 * @param nextStep What to do where it is not JSON.
 * @throws {DataError} It is not JSON, or an object has a key twice.
 * @example
 * ```ts
 * import { parseWrittenJson } from "./written_json.ts";
 * parseWrittenJson('{"seed": 7}', '"a.json"', 'Write for example {"seed": 7}'); // { seed: 7 }
 * ```
 */
export function parseWrittenJson(text: string, what: string, nextStep: string): unknown {
  let contents: unknown;
  try {
    contents = JSON.parse(text);
  } catch (error) {
    const reason = excerpt((error as Error).message, 100);
    throw new DataError(`Cannot read ${what}: it is not JSON (${reason})`, nextStep);
  }
  const repeated = repeatedKey(text);
  if (repeated === undefined) return contents;
  throw new DataError(
    `Cannot read ${what}: one of its objects has "${excerpt(repeated)}" twice`,
    "Keep the one that you mean",
  );
}
