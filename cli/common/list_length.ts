/**
 * The option `--top-k` of all commands that list items.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";

/** The longest list that one user may get. */
export const longestList = 1000;

/**
 * Reads `--top-k`.
 *
 * @param text What the user typed.
 * @param standard The default length of a list.
 * @throws {UsageError} It is no length of a list.
 * @example
 * ```ts
 * import { listLength } from "./list_length.ts";
 * listLength("10", 20); // 10
 * ```
 */
export function listLength(text: string, standard: number): number {
  const found = /^\d+$/.test(text) ? Number(text) : NaN;
  if (found >= 1 && found <= longestList) return found;
  throw new UsageError(
    `Cannot use --top-k "${text}": expected an integer from 1 to ${longestList}`,
    `Leave it out for ${standard}`,
  );
}
