/**
 * How many users are done, of what goes through all of them.
 *
 * @module
 */
import { grouped } from "../../data/counts.ts";
import { bar, type Progress } from "./progress.ts";
import { cut } from "./text_width.ts";

/** Milliseconds between two looks: a terminal needs no more. */
const interval = 200;

/**
 * Shows on a terminal how many users are done; elsewhere nothing.
 *
 * @param progress Where it is shown.
 * @param what What is done with them, such as `Ranking`.
 * @param all How many there are.
 * @returns To be told how many are done.
 */
export function userProgress(
  progress: Progress,
  what: string,
  all: number,
): (done: number) => void {
  let shown = performance.now();
  return (done) => {
    const now = performance.now();
    if (now - shown < interval) return;
    shown = now;
    progress.show((columns) =>
      columns === undefined
        ? undefined
        : cut(`[${bar(done / all)}] ${what} ${grouped(done)} of ${grouped(all)} users`, columns)
    );
  };
}
