/**
 * The name of the program in what it prints.
 *
 * @module
 */
import { projectFolder, shownPath } from "./paths.ts";
import { shellWord } from "./shell_word.ts";

/**
 * What the user types before a command, from where they stand: `./bandpass` in the project's folder,
 * and the path of that script elsewhere.
 *
 * @example
 * ```ts
 * import { programName } from "./program_name.ts";
 * console.error(`See all commands with: ${programName()} help`);
 * ```
 */
export function programName(): string {
  const path = shownPath(`${projectFolder}bandpass`);
  return path.includes("/") ? shellWord(path) : `./${path}`;
}
