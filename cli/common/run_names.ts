/**
 * What runs are called that are shown side by side.
 *
 * @module
 */
import { basename } from "node:path";
import { shownPath } from "./paths.ts";

/**
 * The names of runs, of which no two are equal: trials of tunes are all called `0000` and so on, and go by their paths
 * where two of a name are shown.
 *
 * @param paths Their folders, each of them once.
 */
export function runNames(paths: readonly string[]): string[] {
  const names = paths.map((path) => basename(path));
  return paths.map((path, n) =>
    names.indexOf(names[n]) === names.lastIndexOf(names[n]) ? names[n] : shownPath(path)
  );
}
