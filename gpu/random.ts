/**
 * Counter-based random numbers, the same bits here and in `random.wgsl`.
 *
 * A number depends on (seed, stream, step, index) alone, so any part of a run can be repeated or
 * resumed without the numbers before it. Source: pcg4d, Jarzynski and Olano, "Hash Functions for GPU
 * Rendering", JCGT 9(3), 2020.
 *
 * @module
 */

/** Streams that the trainer and the models draw from; a new use takes a new number. */
export const streams = {
  /** Order of the train rows in an epoch; step = epoch. */
  shuffle: 1,
  /** Negative items; step = training step. */
  negatives: 2,
  /** Edges that an epoch keeps; step = epoch. */
  edges: 4,
  /** Masks of bands; step = training step. */
  bandMasks: 5,
  /** The first block of the search for eigenvectors. */
  eigenvectors: 6,
  /** Noise on features in a study; each modality adds a hash of its name to it. */
  featureNoise: 7,
  /** Noise that all modalities share. */
  sharedNoise: 8,
  /** Random projections of features in a study; each modality adds a hash of its name to it. */
  projection: 9,
  /** The users that validation ranks, where it does not rank all. */
  validationUsers: 10,
  /** Dropout masks; step = training step. Each mask adds its own number to it. */
  dropout: 1000,
  /** Initial parameters; each parameter adds a hash of its name to it. */
  initialise: 3,
} as const;

/**
 * Four words of random bits.
 *
 * @param seed The run's seed.
 * @param stream What the numbers are for.
 * @param step When.
 * @param index Which element.
 * @example
 * ```ts
 * import { randomBits } from "./random.ts";
 * randomBits(1, 2, 3, 4)[0] === randomBits(1, 2, 3, 4)[0]; // true
 * ```
 */
export function randomBits(
  seed: number,
  stream: number,
  step: number,
  index: number,
): [number, number, number, number] {
  const spread = (word: number) => (Math.imul(word, 1664525) + 1013904223) | 0;
  let x = spread(seed);
  let y = spread(stream);
  let z = spread(step);
  let w = spread(index);
  const mix = () => {
    x = (x + Math.imul(y, w)) | 0;
    y = (y + Math.imul(z, x)) | 0;
    z = (z + Math.imul(x, y)) | 0;
    w = (w + Math.imul(y, z)) | 0;
  };
  mix();
  x ^= x >>> 16;
  y ^= y >>> 16;
  z ^= z >>> 16;
  w ^= w >>> 16;
  mix();
  return [x >>> 0, y >>> 0, z >>> 0, w >>> 0];
}

/**
 * A number in [0, 1) with 24 bits, exact in f32.
 *
 * @param bits A word of {@linkcode randomBits}.
 * @example
 * ```ts
 * import { uniformOf } from "./random.ts";
 * uniformOf(0x80000000); // 0.5
 * ```
 */
export function uniformOf(bits: number): number {
  return (bits >>> 8) * 2 ** -24;
}

/**
 * A 32-bit hash of a name (FNV-1a), so that a parameter's numbers follow from what it is called and
 * not from when it was made.
 *
 * @param name Any text.
 * @example
 * ```ts
 * import { hashOf } from "./random.ts";
 * hashOf("a") !== hashOf("b"); // true
 * ```
 */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/**
 * A random order of 0..count−1 (Fisher and Yates).
 *
 * @param count How many.
 * @param seed The run's seed.
 * @param stream What the order is for.
 * @param step When.
 * @example
 * ```ts
 * import { permutation } from "./random.ts";
 * permutation(3, 0, 1, 0).toSorted(); // [0, 1, 2]
 * ```
 */
export function permutation(
  count: number,
  seed: number,
  stream: number,
  step: number,
): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: count }, (_, n) => n);
  for (let last = count - 1; last > 0; last--) {
    const [high, low] = randomBits(seed, stream, step, last);
    // 53 bits: an index of any array without a bias that could be seen.
    const other = Math.floor(((high >>> 0) * 2 ** 21 + (low >>> 11)) * 2 ** -53 * (last + 1));
    const kept = order[last];
    order[last] = order[other];
    order[other] = kept;
  }
  return order;
}

/**
 * A standard normal number (Box and Muller, 1958) of its own counter.
 *
 * @param seed The run's seed.
 * @param stream What it is for.
 * @param index Which element.
 * @example
 * ```ts
 * import { normalAt } from "./random.ts";
 * Number.isFinite(normalAt(1, 2, 3)); // true
 * ```
 */
export function normalAt(seed: number, stream: number, index: number): number {
  const [first, second] = randomBits(seed, stream, 0, index);
  return Math.sqrt(-2 * Math.log(1 - uniformOf(first))) * Math.cos(2 * Math.PI * uniformOf(second));
}
