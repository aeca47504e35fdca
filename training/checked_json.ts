/**
 * JSON files with a checksum of what they say.
 *
 * @module
 */
import { sha256 } from "../data/sha256.ts";
import { DataError } from "../errors.ts";

/**
 * The text of such a file.
 *
 * @param contents What it says.
 */
export function checkedJsonText(contents: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ ...contents, checksum: checksumOf(contents) }, null, 2)}\n`;
}

/** What helps where a tune or a study does not know any more what it is. */
export const beginAnew = "begin anew under another name";

/** How such a file is read. */
export interface CheckedJsonOptions {
  /** Keys that it need not say anything of (default: none). */
  readonly optional?: readonly string[];
  /** What helps where there is no intact copy (default: to train again). */
  readonly otherwise?: string;
}

/**
 * What such a file says.
 *
 * @param text Its text.
 * @param path Its place, for messages.
 * @param keys What it says something of, in its order.
 * @param options What may be missing, and what helps.
 * @throws {DataError} It is not what was written.
 */
export function parseCheckedJson(
  text: string,
  path: string,
  keys: readonly string[],
  { optional = [], otherwise = "train again" }: CheckedJsonOptions = {},
): Record<string, unknown> {
  let found: Record<string, unknown> = {};
  try {
    found = Object(JSON.parse(text));
  } catch {
    // It has no checksum then, and is refused below.
  }
  const { checksum, ...contents } = found;
  const expected = keys.filter((key) => Object.hasOwn(contents, key) || !optional.includes(key));
  const isWhole = Object.keys(contents).join() === expected.join() &&
    checksum === checksumOf(contents);
  if (isWhole) return contents;
  throw new DataError(
    `Cannot use "${path}": it has changed since it was written; its contents do not match its checksum`,
    `Restore it from an intact copy, or ${otherwise}`,
  );
}

function checksumOf(contents: unknown): string {
  return sha256([JSON.stringify(contents)]);
}
