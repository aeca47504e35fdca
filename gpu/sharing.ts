/**
 * Which buffers get the same memory.
 *
 * @module
 */
import type { Lifetime } from "./lifetimes.ts";

/** Memory that buffers take turns in. */
export interface SharedPlace<B> {
  /** Its size: that of the largest of them. */
  readonly bytes: number;
  /** The buffers, the largest first. */
  readonly buffers: readonly B[];
}

/**
 * Gives buffers whose lifetimes do not meet the same memory: the largest are placed first, each in the
 * smallest place that is free while it lives (greedy by size: Pisarchyk and Lee, arXiv 2001.03288).
 *
 * Places are whole buffers: in a dispatch, WebGPU lets no buffer be read in one range and written in
 * another. Lifetimes of different programs never meet, for one program runs after the other.
 *
 * @param lifetimes When the buffers live.
 * @param bytesOf The size of a buffer.
 * @returns The places, the largest first; the same for the same lifetimes.
 * @example
 * ```ts
 * import { shareMemory } from "./sharing.ts";
 * const lives = [
 *   { buffer: "a", program: 0, first: 0, last: 1 },
 *   { buffer: "b", program: 0, first: 1, last: 2 },
 *   { buffer: "c", program: 0, first: 2, last: 3 },
 * ];
 * shareMemory(lives, () => 16).length; // 2: a and c share
 * ```
 */
export function shareMemory<B>(
  lifetimes: readonly Lifetime<B>[],
  bytesOf: (buffer: B) => number,
): SharedPlace<B>[] {
  const places: { bytes: number; lives: Lifetime<B>[] }[] = [];
  // The sort keeps the order of buffers of the same size.
  const bySize = lifetimes.toSorted((a, b) => bytesOf(b.buffer) - bytesOf(a.buffer));
  for (const life of bySize) {
    // No place is smaller than what is still to be placed, and the last is the smallest.
    const free = places.findLast(({ lives }) => !lives.some((other) => meet(life, other)));
    if (free === undefined) places.push({ bytes: bytesOf(life.buffer), lives: [life] });
    else free.lives.push(life);
  }
  return places.map(({ bytes, lives }) => ({ bytes, buffers: lives.map(({ buffer }) => buffer) }));
}

function meet<B>(a: Lifetime<B>, b: Lifetime<B>): boolean {
  return a.program === b.program && a.first <= b.last && b.first <= a.last;
}
