/**
 * What commands print: results on stdout, everything else on stderr.
 *
 * @module
 */
import { writeFailure } from "../../data/file_failure.ts";
import { printable } from "../../errors.ts";
import type { Metrics } from "../../evaluation/metrics.ts";

/**
 * Writes to stdout, all of it.
 *
 * @param text Nothing is added to it.
 * @throws {Deno.errors.BrokenPipe} The reader is gone.
 * @throws {BandpassError} It cannot be written, such as to a file on a full disk.
 */
export async function writeResult(text: string): Promise<void> {
  await writeBytes(bytesOf(text));
}

/**
 * Writes to stdout what has styles of our own (`terminal.ts`), which {@linkcode writeResult} would write out.
 *
 * @param text Nothing is added to it; names in it are {@linkcode printable}.
 */
export async function writeStyled(text: string): Promise<void> {
  await writeBytes(new TextEncoder().encode(text));
}

async function writeBytes(bytes: Uint8Array): Promise<void> {
  try {
    for (let done = 0; done < bytes.length;) {
      done += await Deno.stdout.write(bytes.subarray(done));
    }
  } catch (error) {
    throw outputFailure(error);
  }
}

/**
 * Writes to stdout as {@linkcode writeResult} does, at once.
 *
 * @param text Nothing is added to it.
 */
export function writeResultSync(text: string): void {
  const bytes = bytesOf(text);
  try {
    for (let done = 0; done < bytes.length;) {
      done += Deno.stdout.writeSync(bytes.subarray(done));
    }
  } catch (error) {
    throw outputFailure(error);
  }
}

/** A file and a pipe get every byte; a terminal gets nothing that it would obey. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(Deno.stdout.isTerminal() ? printable(text) : text);
}

/** A reader that has gone is no failure to tell of; all else is. */
function outputFailure(error: unknown): unknown {
  return error instanceof Deno.errors.BrokenPipe ? error : writeFailure("stdout", error);
}

/**
 * Writes one line of JSON to stdout.
 *
 * @param value Anything that JSON holds.
 */
export async function writeJson(value: unknown): Promise<void> {
  await writeResult(`${JSON.stringify(value)}\n`);
}

/**
 * A table of metrics: one line a metric of a split, one column a cutoff.
 *
 * @param splits Metrics such as `{"recall@5": 0.1}` by the name of their split; all of the same
 * cutoffs.
 * @returns Lines, each ended; values with four decimals.
 * @example
 * ```ts
 * import { metricsTable } from "./output.ts";
 * metricsTable({ test: { "recall@5": 0.5 } });
 * //                  @5
 * // test recall  0.5000
 * ```
 */
export function metricsTable(splits: Readonly<Record<string, Metrics>>): string {
  const rows = new Map<string, string[]>();
  const cutoffs = new Set<string>();
  for (const [split, metrics] of Object.entries(splits)) {
    for (const [key, value] of Object.entries(metrics)) {
      const [metric, cutoff] = key.split("@");
      const label = `${split} ${metric}`;
      cutoffs.add(`@${cutoff}`);
      rows.set(label, [...rows.get(label) ?? [], value.toFixed(4)]);
    }
  }
  const width = Math.max(...rows.keys().map((label) => label.length));
  const line = (label: string, cells: Iterable<string>) =>
    label.padEnd(width) + Array.from(cells, (cell) => cell.padStart(8)).join("") + "\n";
  return line("", cutoffs) + Array.from(rows, ([label, cells]) => line(label, cells)).join("");
}
