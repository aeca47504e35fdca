/**
 * Assertions about each of many values that say which one fails.
 *
 * @module
 */
import { AssertionError } from "@std/assert";

/**
 * Fails unless every value is as wanted; says which is not, what it is and what it should be.
 *
 * @param values The values.
 * @param isWanted Whether a value is as wanted.
 * @param wanted What a value should be, in words; of its index, where it depends on that.
 * @param what What the values are.
 */
export function assertEach<Value>(
  values: Iterable<Value>,
  isWanted: (value: Value, index: number) => boolean,
  wanted: string | ((index: number) => string),
  what = "values",
): void {
  let index = 0;
  for (const value of values) {
    if (!isWanted(value, index)) {
      const expected = typeof wanted === "string" ? wanted : wanted(index);
      throw new AssertionError(
        `${what}: element ${index} is ${Deno.inspect(value)}, expected ${expected}`,
      );
    }
    index++;
  }
}

/** Fails unless every number is finite. */
export function assertFinite(values: Iterable<number>, what?: string): void {
  assertEach(values, Number.isFinite, "a finite number", what);
}

/** Fails unless every value is the same one, by `===`: −0 is 0. */
export function assertAll<Value>(values: Iterable<Value>, value: Value, what?: string): void {
  assertEach(values, (found) => found === value, Deno.inspect(value), what);
}

/** Fails unless every number is less than the one before it. */
export function assertFalling(values: ArrayLike<number>, what?: string): void {
  const before = (index: number) => values[index - 1];
  assertEach(
    Array.from(values),
    (value, index) => index === 0 || value < before(index),
    (index) => `less than ${before(index)}`,
    what,
  );
}
