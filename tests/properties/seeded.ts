/**
 * Properties are tried on a few cases, the same each time: a failure is one for everybody.
 *
 * @module
 */
import fc from "fast-check";

/**
 * Asserts a property; a failure tells the smallest case that shows it.
 *
 * @param runs How many cases.
 * @param property The property.
 */
export async function holds<Case>(
  runs: number,
  property: fc.IAsyncPropertyWithHooks<Case> | fc.IPropertyWithHooks<Case>,
): Promise<void> {
  await fc.assert(property as fc.IAsyncPropertyWithHooks<Case>, { numRuns: runs, seed: 13 });
}
