/**
 * The values of options of `preprocess` that are numbers.
 *
 * @module
 */
import type { Ratios } from "../../data/ingest/split.ts";
import { UsageError } from "../../errors.ts";

/**
 * Reads `--min-rating`.
 *
 * @param text What the user typed.
 * @throws {UsageError} It is not a number.
 * @example
 * ```ts
 * import { number } from "./option_values.ts";
 * number("3.5"); // 3.5
 * ```
 */
export function number(text: string): number {
  if (text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  throw new UsageError(`Cannot use --min-rating "${text}": expected a number`, "For example: 4");
}

/**
 * Reads `--seed`.
 *
 * @param text What the user typed.
 * @throws {UsageError} It is not an integer of 32 bits.
 * @example
 * ```ts
 * import { seed } from "./option_values.ts";
 * seed("7"); // 7
 * ```
 */
export function seed(text: string): number {
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** 32) return Number(text);
  throw new UsageError(
    `Cannot use --seed "${text}": expected an integer from 0 to ${2 ** 32 - 1}`,
    "Leave it out for 0",
  );
}

/**
 * Reads `--ratios`.
 *
 * @param text What the user typed.
 * @returns Shares that add up to 1.
 * @throws {UsageError} They are no three shares, fractions of another sum than 1, or leave nothing to train or test
 * with.
 * @example
 * ```ts
 * import { ratios } from "./option_values.ts";
 * ratios("8,1,1"); // [0.8, 0.1, 0.1]
 * ```
 */
export function ratios(text: string): Ratios {
  const shares = text.split(",").map((part) => part.trim() === "" ? NaN : Number(part));
  const sum = shares.reduce((total, share) => total + share, 0);
  if (
    shares.length !== 3 || !shares.every((share) => share >= 0) || !(shares[0] > 0 && sum < 1e9)
  ) {
    throw new UsageError(
      `Cannot use --ratios "${text}": expected three shares, with train above 0`,
      "For example: 0.8,0.1,0.1 or 8,1,1",
    );
  }
  if (shares[2] === 0) {
    throw new UsageError(
      `Cannot use --ratios "${text}": no rows would be left for testing`,
      "For example: 0.8,0.1,0.1 or 8,1,1",
    );
  }
  // Parts such as 8,1,1 may add up to anything; fractions that do not add up to 1 are a slip.
  const areFractions = shares.every((share) => share < 1);
  if (areFractions && Math.abs(sum - 1) > 0.01) {
    throw new UsageError(
      `Cannot use --ratios "${text}": these shares add up to ${
        Number(sum.toPrecision(4))
      }, and not to 1`,
      "For example: 0.8,0.1,0.1, or 8,1,1 for parts of any sum",
    );
  }
  return [shares[0] / sum, shares[1] / sum, shares[2] / sum];
}
