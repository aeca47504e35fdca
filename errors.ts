/**
 * The errors that Bandpass reports to its user, each with the exit code of its kind.
 *
 * A message names the failed action, the place (file, line, column, id), what was found and what
 * was wanted; `nextStep` says what to do about it. What the operating system refuses becomes one of
 * these (`data/file_failure.ts`); any other error is a defect of Bandpass, and is reported as one.
 *
 * A message that speaks of settings is a function of the words for them ({@linkcode Wording}): a
 * program reads `"data_dir"` where the command line prints `--data-dir`.
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

/** The words for what can be set and run: those of a program, or those of the command line. */
export interface Wording {
  /**
   * A setting by its name, such as `adapter` (a model's own after `settings.`), and what it is to be
   * set to, or was, where the message says that.
   */
  readonly setting: (name: string, value?: string) => string;
  /** A command by its name, and what to give it; an empty value is a switch. */
  readonly command: (name: string, settings?: Readonly<Record<string, string>>) => string;
}

/** A text, or what it is in the words for settings and commands that it is given. */
export type Message = string | ((words: Wording) => string);

const inProgram = (name: string, value = "") => value === "" ? `"${name}"` : `${name}=${value}`;

/** The words that programs read. */
const programWording: Wording = {
  setting: inProgram,
  command(name, settings = {}) {
    const given = Object.entries(settings).map(([key, value]) => inProgram(key, value));
    return `the command "${name}"${given.length > 0 ? " with " : ""}${given.join(" and ")}`;
  },
};

/**
 * A message in the words for settings and commands that are given.
 *
 * @param message The message.
 * @param words The words.
 */
export function inWords(message: Message, words: Wording): string {
  return printable(typeof message === "string" ? message : message(words));
}

/** What a terminal obeys, and what turns the direction of writing; lines may end. */
// deno-lint-ignore no-control-regex
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text with what a terminal would obey written out, but for ends of lines: files and names may hold
 * anything.
 *
 * @param text The text.
 * @example
 * ```ts
 * import { printable } from "./errors.ts";
 * printable("a\tb\u0007"); // "a\\tb\\u0007"
 * ```
 */
export function printable(text: string): string {
  return text.replace(control, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return character === "\t" ? "\\t" : character === "\r" ? "\\r" : `\\u${code}`;
  });
}

/**
 * A failure that is no defect of Bandpass: of what was typed, of files, of the machine, or of a
 * training. The classes below are its kinds; by itself it is any other (exit code 1).
 */
export class BandpassError extends Error {
  /** What traces and logs call the error; each class below has its own. */
  override name = "BandpassError";
  /** What the user can do next. */
  readonly nextStep?: string;
  readonly #message: Message;
  readonly #nextStep?: Message;
  /**
   * Makes the error.
   *
   * @param message What failed, where, what was found and what was wanted; no final period.
   * @param nextStep What the user can do next.
   * @param exitCode The exit code of this kind of failure.
   */
  constructor(
    message: Message,
    nextStep?: Message,
    readonly exitCode: number = exitCodes.failure,
  ) {
    super(inWords(message, programWording));
    if (nextStep !== undefined) this.nextStep = inWords(nextStep, programWording);
    this.#message = message;
    this.#nextStep = nextStep;
  }

  /**
   * What the error says, in other words than a program's.
   *
   * @param words The words for settings and commands.
   * @example
   * ```ts
   * import { UsageError } from "./errors.ts";
   * const error = new UsageError(({ setting }) => `Cannot use ${setting("top_k", "0")}`);
   * error.message; // "Cannot use top_k=0"
   * const words = { setting: (name: string) => name.toUpperCase(), command: (name: string) => name };
   * error.told(words).message; // "Cannot use TOP_K"
   * ```
   */
  told(words: Wording): { message: string; nextStep?: string } {
    const nextStep = this.#nextStep && inWords(this.#nextStep, words);
    return { message: inWords(this.#message, words), nextStep };
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
  constructor(message: Message, nextStep?: Message) {
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
  constructor(message: Message, nextStep?: Message) {
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
  constructor(message: Message, nextStep?: Message) {
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
  constructor(message: Message, nextStep?: Message) {
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
  constructor(message: Message, nextStep?: Message) {
    super(message, nextStep, exitCodes.interrupted);
  }
}

/**
 * Ends a computation that has saved nothing yet.
 *
 * @param signal What may have been aborted.
 * @throws {InterruptedError} It has been.
 */
export function refuseAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new InterruptedError("Interrupted; nothing is saved", "Run it again");
}

/**
 * The candidate nearest to `word` by edit distance, whatever the case; the first of equally near ones,
 * or `undefined` if none is near: two edits are, and in long words one for every three letters, if
 * they leave any letter as it was.
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
    if (distance < bestDistance && distance < Math.max(word.length, candidate.length)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
