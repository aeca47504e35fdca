/**
 * Damaged files for the readers, and what they must not do with them.
 *
 * @module
 */
import { uniforms } from "../../algebra/random_sequence.ts";
import { BandpassError } from "../../errors.ts";
import type { Format } from "./format.ts";
import { mutated, type Random } from "./mutate.ts";

/** What a reader may take for a file. */
export interface Bounds {
  /** Time. */
  readonly milliseconds: number;
  /** Bytes that the process grows by. */
  readonly growth: number;
}

const bounds: Bounds = { milliseconds: 1000, growth: 256 * 2 ** 20 };

/** Characters of a message beside the path of the file. */
const longestMessage = 700;

/** Faults of a reader after which it is left alone. */
const mostFaults = 20;

/** What a reader did that it must not do. */
export interface Fault {
  /** The case. */
  readonly case: number;
  /** What it did. */
  readonly what: string;
  /** The file. */
  readonly bytes: Uint8Array;
}

/** How a reader took its cases. */
export interface FuzzReport {
  /** The reader. */
  readonly reader: string;
  /** Cases that were run. */
  readonly cases: number;
  /** Files that it took. */
  readonly accepted: number;
  /** The longest time that a file took. */
  readonly milliseconds: number;
  /** The case that took it. */
  readonly slowest: number;
  /** The most that the process grew by in a case, in bytes. */
  readonly growth: number;
  /** What went wrong. */
  readonly faults: readonly Fault[];
}

/** What is run. */
export interface FuzzOptions {
  /** The first case. */
  readonly first: number;
  /** How many cases. */
  readonly cases: number;
  /** With the case, it decides on the file. */
  readonly seed: number;
  /** An empty folder for the files. */
  readonly folder: string;
  /** What a file may take (default: a second and 256 MiB). */
  readonly most?: Bounds;
  /** How many bytes are taken (default: those of the process). */
  readonly memory?: () => number;
  /** Told of each case before it is read. */
  readonly onCase?: (number: number) => void;
}

/** The random numbers of a case. */
function randomOf(reader: string, seed: number, number: number): Random {
  let key = seed | 0;
  for (const letter of reader) key = Math.imul(key ^ letter.charCodeAt(0), 0x01000193);
  key = Math.imul(key ^ number, 0x85ebca6b);
  return uniforms(uniforms(key)() * 2 ** 32);
}

/**
 * Lets a reader read damaged files.
 *
 * @param format Its files.
 * @param options Which.
 */
export async function fuzz(format: Format, options: FuzzOptions): Promise<FuzzReport> {
  const { first, cases, seed, folder, most = bounds, memory = taken } = options;
  const sound = await format.make(folder);
  const path = `${folder}/${format.file}`;
  const report = { accepted: 0, milliseconds: 0, slowest: first, growth: 0 };
  const faults: Fault[] = [];
  let done = 0;
  for (; done < cases && faults.length < mostFaults; done++) {
    const number = first + done;
    options.onCase?.(number);
    const random = randomOf(format.name, seed, number);
    const parts = sound[Math.floor(sound.length * random())];
    const bytes = mutated(parts, format.join, random, format.tokens);
    overwrite(path, bytes);
    let outcome = await attempt(format, folder, memory);
    // A machine that is busy with other things may stop anybody: what is slow is so each time.
    for (let n = 0; n < 2 && isTooMuch(outcome, most); n++) {
      const again = await attempt(format, folder, memory);
      if (!isTooMuch(again, most) || again.milliseconds < outcome.milliseconds) outcome = again;
    }
    if (outcome.what === undefined) report.accepted++;
    const wrong = wrongWith(outcome, folder, most);
    if (wrong !== undefined) faults.push({ case: number, what: wrong, bytes });
    report.growth = Math.max(report.growth, outcome.growth);
    if (outcome.milliseconds > report.milliseconds) {
      report.milliseconds = outcome.milliseconds;
      report.slowest = number;
    }
  }
  return { reader: format.name, cases: done, ...report, faults };
}

/** How a reader took a file. */
interface Outcome {
  /** What it threw. */
  readonly what?: unknown;
  readonly milliseconds: number;
  readonly growth: number;
}

async function attempt(format: Format, folder: string, memory: () => number): Promise<Outcome> {
  const before = memory();
  const started = performance.now();
  let what: unknown;
  try {
    await format.read(folder);
  } catch (error) {
    what = error ?? "nothing";
  }
  return { what, milliseconds: performance.now() - started, growth: memory() - before };
}

/** Not by `Deno.writeFile`: file systems flush a file that was emptied before, which takes milliseconds. */
function overwrite(path: string, bytes: Uint8Array): void {
  using file = Deno.openSync(path, { write: true, create: true });
  for (let done = 0; done < bytes.length;) done += file.writeSync(bytes.subarray(done));
  file.truncateSync(bytes.length);
}

function taken(): number {
  const { rss, external } = Deno.memoryUsage();
  return rss + external;
}

function isTooMuch({ milliseconds, growth }: Outcome, most: Bounds): boolean {
  return milliseconds > most.milliseconds || growth > most.growth;
}

function wrongWith(
  { what, milliseconds, growth }: Outcome,
  folder: string,
  most: Bounds,
): string | undefined {
  if (growth > most.growth) return `it took ${Math.round(growth / 2 ** 20)} MiB`;
  if (milliseconds > most.milliseconds) return `it took ${Math.round(milliseconds)} ms`;
  if (what === undefined) return undefined;
  if (!(what instanceof BandpassError)) {
    return `it threw ${what instanceof Error ? what.stack : String(what)}`;
  }
  const { message, nextStep = "" } = what;
  if (!message.includes(folder)) return `its message has no place: ${message}`;
  if (nextStep === "") return `its message has no next step: ${message}`;
  const length = message.length + nextStep.length;
  if (length > longestMessage + 2 * folder.length) {
    return `its message has ${length} characters: ${message.slice(0, 200)}`;
  }
  // deno-lint-ignore no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f]/.test(message + nextStep)) {
    return `its message has a control character: ${JSON.stringify(message)}`;
  }
  return undefined;
}
