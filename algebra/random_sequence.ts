/**
 * Random numbers on the CPU, one after the other from a seed that the caller names: for the built-in
 * dataset, random splits and the start of latent semantics. What a run's seed decides is drawn by
 * counters in `gpu/random.ts`.
 *
 * @module
 */

/**
 * A generator of uniform numbers in [0, 1) with 32 random bits, from a hash of a counter.
 *
 * Source of the hash: the two-round function with the least bias in C. Wellons' "Hash Prospector".
 *
 * @param seed A 32-bit integer.
 * @example
 * ```ts
 * import { uniforms } from "./random_sequence.ts";
 * const next = uniforms(1);
 * next() === uniforms(1)(); // true
 * ```
 */
export function uniforms(seed: number): () => number {
  let counter = seed | 0;
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    let bits = counter;
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
  };
}

/**
 * A standard normal number (Box and Muller, 1958) from two uniform ones.
 *
 * @param uniform A generator of numbers in [0, 1).
 * @example
 * ```ts
 * import { normal, uniforms } from "./random_sequence.ts";
 * normal(uniforms(1)); // a finite number
 * ```
 */
export function normal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
