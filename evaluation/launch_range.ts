/**
 * Parts of a program that are run by themselves.
 *
 * @module
 */
import type { Program } from "../gpu/program.ts";

/** A range of launches of a program. */
export interface LaunchRange {
  /** The first launch. */
  readonly first: number;
  /** The launch after the last. */
  readonly end: number;
}

/**
 * The launches that a function appends.
 *
 * @param program The program.
 * @param append Appends them.
 */
export function launchesOf(program: Program, append: () => void): LaunchRange {
  const first = program.launches;
  append();
  return { first, end: program.launches };
}
