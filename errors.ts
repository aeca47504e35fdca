/**
 * The errors that Bandpass reports to its user, each with the exit code of its kind.
 *
 * A message names the failed action, the place (file, line, column, id), what was found and what
 * was wanted; `nextStep` says what to do about it. What the operating system refuses becomes one of
 * these (`data/file_failure.ts`); any other error is a defect of Bandpass, and is reported as one.
 *
 * @module
 */
import { levenshteinDistance } from "@std/text/levenshtein-distance";

/** Exit codes of the command line, one a kind of failure. */
export const exitCodes = {
  failure: 1,
  usage: 2,
  badData: 3,
  noGpu: 4,
  diverged: 5,
  interrupted: 130,
} as const;

/**
 * A failure that is no defect of Bandpass: of what was typed, of files, of the machine, or of a
 * training. The classes below are its kinds; by itself it is any other (exit code 1).
 */
export class BandpassError extends Error {
  /** What traces and logs call the error; each class below has its own. */
  override name = "BandpassError";
  /**
   * Makes the error.
   *
   * @param message What failed, where, what was found and what was wanted; no final period.
   * @param nextStep What the user can do next.
   * @param exitCode The exit code of this kind of failure.
   */
  constructor(
    message: string,
    readonly nextStep?: string,
    readonly exitCode: number = exitCodes.failure,
  ) {
    super(message);
  }
}

/** The command line or a setting is wrong (exit code 2). */
export class UsageError extends BandpassError {
  /** The name of the class. */
  override name = "UsageError";
  /**
   * Makes the error.
   *
   * @param message What is wrong.
   * @param nextStep What to type instead.
   */
  constructor(message: string, nextStep?: string) {
    super(message, nextStep, exitCodes.usage);
  }
}

/** A file of the user's is malformed or missing (exit code 3). */
export class DataError extends BandpassError {
  /** The name of the class. */
  override name = "DataError";
  /**
   * Makes the error.
   *
   * @param message Which file and line, what was found and wanted.
   * @param nextStep The remedy.
   */
  constructor(message: string, nextStep?: string) {
    super(message, nextStep, exitCodes.badData);
  }
}

/** No usable GPU, or the GPU reported an error (exit code 4). */
export class GpuError extends BandpassError {
  /** The name of the class. */
  override name = "GpuError";
  /**
   * Makes the error.
   *
   * @param message What the device said.
   * @param nextStep The remedy.
   */
  constructor(message: string, nextStep?: string) {
    super(message, nextStep, exitCodes.noGpu);
  }
}

/** Training met a number that is not finite (exit code 5). */
export class DivergedError extends BandpassError {
  /** The name of the class. */
  override name = "DivergedError";
  /**
   * Makes the error.
   *
   * @param message Where it diverged.
   * @param nextStep What to change.
   */
  constructor(message: string, nextStep?: string) {
    super(message, nextStep, exitCodes.diverged);
  }
}

/** The user interrupted the command (exit code 130). */
export class InterruptedError extends BandpassError {
  /** The name of the class. */
  override name = "InterruptedError";
  /**
   * Makes the error.
   *
   * @param message What was interrupted.
   * @param nextStep How to continue.
   */
  constructor(message: string, nextStep?: string) {
    super(message, nextStep, exitCodes.interrupted);
  }
}

/**
 * The candidate nearest to `word` by edit distance, whatever the case; the first of equally near ones,
 * or `undefined` if none is near: two edits are, and in long words one for every three letters.
 *
 * @param word What the user typed.
 * @param candidates What would have been right.
 * @example
 * ```ts
 * import { nearest } from "./errors.ts";
 * nearest("lightgnc", ["bpr", "lightgcn"]); // "lightgcn"
 * ```
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  // The distance takes the product of both lengths, and no name is that long.
  if (word.length > 100) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance: number = levenshteinDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
