/**
 * The indices that an explanation is asked for.
 *
 * @module
 */
import { UsageError } from "../errors.ts";

/**
 * Refuses an index that the dataset does not have.
 *
 * @param what What it is of.
 * @param index The index.
 * @param count How many there are.
 * @throws {UsageError} It is no integer from 0 to the count.
 * @example
 * ```ts
 * import { assertIndex } from "./explained_index.ts";
 * assertIndex("item", 3, 4);
 * ```
 */
export function assertIndex(what: "user" | "item", index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return;
  throw new UsageError(
    `Cannot explain the ${what} of index ${index}: expected an integer from 0 to ${count - 1}`,
    `Give the index of ${what === "user" ? "a user" : "an item"} of the dataset`,
  );
}
