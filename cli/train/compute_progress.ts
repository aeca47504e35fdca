/**
 * How the computation of a model without training stands, where that takes long.
 *
 * @module
 */
import type { ComputeProgress } from "../../gpu/compute_observers.ts";
import { flags } from "../common/flags.ts";
import { bar, duration, type Progress } from "../common/progress.ts";
import { cut } from "../common/text_width.ts";

/** Seconds that are announced before they are waited for, or told of once they have been. */
const longWait = 180;

/**
 * Draws it on a terminal, and says once how long it takes where that is more than a few minutes; of what cannot be
 * foretold it says so after as many.
 *
 * @param progress Where it is shown.
 * @param isSearched Whether the settings are searched for, which may compute the same several times.
 * @param now The clock, in milliseconds.
 * @returns To be told how it stands.
 */
export function computeProgress(
  progress: Progress,
  isSearched: boolean,
  now: () => number = () => performance.now(),
): (standing: ComputeProgress) => void {
  let isTold = false;
  let first: number | undefined;
  return ({ what, share, secondsLeft }) => {
    first ??= now();
    const waited = (now() - first) / 1000;
    const standing = secondsLeft === undefined
      ? `${Math.floor(100 * share)} % found`
      : `about ${duration(secondsLeft)} left`;
    if (!isTold && (secondsLeft ?? waited) > longWait) {
      isTold = true;
      const once = flags.setting("settings.search", "none");
      const search = isSearched
        ? `. The search does so for each of several settings; ${once} does so once`
        : "";
      progress.say(
        secondsLeft === undefined
          ? `${what}: ${standing} after ${
            duration(waited)
          }; how long the rest takes is not foretold`
          : `${what} takes about ${duration(secondsLeft)}${search}`,
      );
    }
    progress.show((columns) =>
      columns === undefined ? undefined : cut(`[${bar(share)}] ${what}, ${standing}`, columns)
    );
    if (share < 1) return;
    first = undefined;
    progress.clear();
  };
}
