/**
 * How the computation of a model without training stands, where that takes long.
 *
 * @module
 */
import type { ComputeProgress } from "../../gpu/compute_observers.ts";
import { flags } from "../common/flags.ts";
import { bar, duration, type Progress } from "../common/progress.ts";
import { cut } from "../common/text_width.ts";

/** Seconds that are announced before they are waited for. */
const longWait = 180;

/**
 * Draws it on a terminal, and says once how long it takes where that is more than a few minutes.
 *
 * @param progress Where it is shown.
 * @param isSearched Whether the settings are searched for, which may compute the same several times.
 * @returns To be told how it stands.
 */
export function computeProgress(
  progress: Progress,
  isSearched: boolean,
): (standing: ComputeProgress) => void {
  let isTold = false;
  return ({ what, share, secondsLeft }) => {
    if (!isTold && secondsLeft > longWait) {
      isTold = true;
      const once = flags.setting("settings.search", "none");
      const search = isSearched
        ? `. The search does so for each of several settings; ${once} does so once`
        : "";
      progress.say(`${what} takes about ${duration(secondsLeft)}${search}`);
    }
    progress.show((columns) =>
      columns === undefined
        ? undefined
        : cut(`[${bar(share)}] ${what}, about ${duration(secondsLeft)} left`, columns)
    );
    if (share === 1) progress.clear();
  };
}
