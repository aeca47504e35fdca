/**
 * Lifetimes: from which launch of a program to which a buffer's content matters.
 *
 * A buffer's memory can be lent to others where one program alone uses it, and where that program
 * writes all of it anew in each run before it reads of it: then nothing is left in it that anyone
 * misses. All others survive: what is read before it is wholly written (moments, counters, batch
 * orders that the CPU writes, zeros that nobody writes), what is only ever written in part (records
 * by step), and what a second program reads (represented tables).
 *
 * @module
 */

/** How a launch uses a buffer. */
export interface Use<B> {
  /** The buffer. */
  readonly buffer: B;
  /** Whether what it held before matters to the launch. */
  readonly reads: boolean;
  /**
   * Whether the launch writes it. After a `whole` write all of the buffer has been written: by this
   * launch, or together with those before it.
   */
  readonly writes: "no" | "part" | "whole";
}

/** The uses of each launch of a program. */
export type ProgramUses<B> = readonly (readonly Use<B>[])[];

/** When a buffer's content matters. */
export interface Lifetime<B> {
  /** The buffer. */
  readonly buffer: B;
  /** Which program. */
  readonly program: number;
  /** The first launch that uses it. */
  readonly first: number;
  /** The last launch that uses it. */
  readonly last: number;
}

/**
 * The lifetimes of the buffers that need not survive.
 *
 * @param programs What each program uses; each is run from its first launch to its last.
 * @returns By program, then by first use. Buffers that must survive are left out.
 * @example
 * ```ts
 * import { lifetimes } from "./lifetimes.ts";
 * lifetimes([[
 *   [{ buffer: "x", reads: true, writes: "no" }, { buffer: "y", reads: false, writes: "whole" }],
 *   [{ buffer: "y", reads: true, writes: "no" }],
 * ]]); // y, from launch 0 to 1; x is read before it is written
 * ```
 */
export function lifetimes<B>(programs: readonly ProgramUses<B>[]): Lifetime<B>[] {
  const all = new Map<B, Lifetime<B> & { isWhole: boolean; survives: boolean }>();
  programs.forEach((launches, program) =>
    launches.forEach((uses, launch) => {
      for (const { buffer, reads, writes } of uses) {
        const known = all.get(buffer) ??
          { buffer, program, first: launch, isWhole: false, survives: false };
        all.set(buffer, {
          ...known,
          last: launch,
          isWhole: known.isWhole || writes === "whole",
          survives: known.survives || known.program !== program || (reads && !known.isWhole),
        });
      }
    })
  );
  return [...all.values()]
    .filter(({ isWhole, survives }) => isWhole && !survives)
    .map(({ buffer, program, first, last }) => ({ buffer, program, first, last }));
}
