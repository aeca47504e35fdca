/**
 * A quasi-random sequence: points that fill a cube evenly, wherever the sequence is cut off.
 *
 * Halton's sequence whose digits are permuted, each digit of each dimension by a permutation of its own (Owen, "A
 * randomized Halton algorithm in R", arXiv 1706.02808, 2017). A point follows from the seed and its index alone.
 *
 * @module
 */
import { uniforms } from "../../algebra/random_sequence.ts";

/** Digits beyond these are smaller than what a number of 32 bits tells apart. */
const digitBits = 32;

/**
 * A coordinate of a point.
 *
 * @param index The point, counted from 0.
 * @param dimension The coordinate, counted from 0.
 * @param seed What the permutations follow from.
 * @returns A number in [0, 1).
 * @example
 * ```ts
 * import { scrambledHalton } from "./halton.ts";
 * scrambledHalton(3, 0, 1) === scrambledHalton(3, 0, 1); // true
 * ```
 */
export function scrambledHalton(index: number, dimension: number, seed: number): number {
  const base = prime(dimension);
  const digits = Math.ceil(digitBits / Math.log2(base));
  let [rest, value, unit] = [index, 0, 1];
  for (let place = 0; place < digits; place++) {
    unit /= base;
    value += permutation(base, dimension, place, seed)[rest % base] * unit;
    rest = Math.floor(rest / base);
  }
  // The sum of many digits may be rounded up to 1.
  return Math.min(value, 1 - 2 ** -digitBits);
}

/** A permutation of 0, …, base−1 (Fisher and Yates). */
function permutation(base: number, dimension: number, place: number, seed: number): number[] {
  const next = uniforms(
    Math.floor(uniforms(seed)() * 2 ** 32) ^ Math.imul(dimension + 1, 0x85ebca6b) ^
      Math.imul(place + 1, 0xc2b2ae35),
  );
  const order = Array.from({ length: base }, (_, n) => n);
  for (let last = base - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/** The prime numbers in their order: 2, 3, 5, … */
function prime(place: number): number {
  const found: number[] = [];
  for (let number = 2; found.length <= place; number++) {
    if (found.every((one) => number % one !== 0)) found.push(number);
  }
  return found[place];
}
