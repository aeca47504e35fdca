/**
 * Much to do, a little of it at once.
 *
 * @module
 */

/**
 * Does something with each of many things, and only with some of them at once.
 *
 * @param things The things.
 * @param atOnce How many at once.
 * @param act What is done; what it throws ends the whole.
 */
export async function inBatches<Thing>(
  things: readonly Thing[],
  atOnce: number,
  act: (thing: Thing) => Promise<void>,
): Promise<void> {
  const left = things.values();
  // All take from the same iterator: whoever is done takes the next.
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const thing of left) await act(thing);
  }));
}
