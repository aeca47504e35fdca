/**
 * The values of options that are counts.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";

/**
 * Reads a count.
 *
 * @param option The option.
 * @param text What the user typed.
 * @param most The greatest that it may be.
 * @param nextStep What to do instead (default: leave it out for the default).
 * @throws {UsageError} It is not an integer from 1 to that.
 * @example
 * ```ts
 * import { integer } from "./integer_option.ts";
 * integer("k-core", "5", 999); // 5
 * ```
 */
export function integer(
  option: string,
  text: string,
  most: number,
  nextStep = "Leave it out for the default",
): number {
  if (/^[1-9]\d*$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(
    `Cannot use --${option} "${text}": expected an integer from 1 to ${most}`,
    nextStep,
  );
}
