/**
 * Long lists of launches part by part: signals are heard between two of them, and no driver takes the list for one
 * that hangs.
 *
 * @module
 */
import { OneAhead } from "./one_ahead.ts";
import type { Program } from "./program.ts";

/** Milliseconds of work that the device is given at a time. */
const patience = 100;
/** Launches of a part at most: on a software driver a single one may take half a second. */
const mostLaunches = { software: 2, hardware: Infinity };

/**
 * Replays launches of a program, and waits for them.
 *
 * @param program The program.
 * @param range The first launch, and the one after the last.
 * @param signal Ends it between two parts.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function submitInParts(
  program: Program,
  range: { readonly first: number; readonly end: number },
  signal?: AbortSignal,
): Promise<void> {
  const { gpu: { device, software } } = program.memory;
  const most = mostLaunches[software ? "software" : "hardware"];
  const ahead = new OneAhead(device, signal);
  let count = 1;
  for (let first = range.first; first < range.end;) {
    const end = Math.min(first + count, range.end);
    const started = performance.now();
    await ahead.submit(() => program.submit(first, end));
    first = end;
    count = performance.now() - started < patience
      ? Math.min(most, 2 * count)
      : Math.ceil(count / 2);
  }
  await ahead.finish();
}
