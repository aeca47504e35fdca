/**
 * Names of runs: what was trained on what, and what was changed where that is one thing.
 *
 * @module
 */
import { excerpt } from "../../data/excerpt.ts";
import { isTaken } from "../../data/exists.ts";
import type { SettingValue } from "../../models/settings.ts";
import { UsageError } from "../../errors.ts";
import type { Configuration } from "../../training/configuration.ts";
import { lastRun } from "./run_reference.ts";

/** The folder of all runs. */
export const runs = "runs";

/** Characters of a name that a user gives: file systems take 255, and what is being written has 24 more. */
const longestName = 200;

/** Characters of a changed setting that a name has room for. */
const mostCharacters = 40;

/**
 * Whether a run may be called so: a word that no shell reads anything else in, and no path.
 *
 * @param name The name.
 * @example
 * ```ts
 * import { isRunName } from "./run_name.ts";
 * isRunName("tiktok-smore-dim=32-0"); // true
 * isRunName("../elsewhere"); // false
 * ```
 */
export function isRunName(name: string): boolean {
  return /^[\w.+][\w.+=-]*$/.test(name) && !/^\.+$/.test(name);
}

/**
 * The name of a new run, as the user gave it with `--run`.
 *
 * @param name What the user typed.
 * @throws {UsageError} No run may be called so.
 */
export function newRunName(name: string): string {
  return newFolderName(name, "--run");
}

/**
 * The name of a new folder in `runs/`.
 *
 * @param name What the user typed.
 * @param option What they gave it with, or where else it comes from.
 * @param nextStep What to do where it is not from them (default: give another).
 * @throws {UsageError} No folder there may be called so.
 */
export function newFolderName(name: string, option: string, nextStep?: string): string {
  if (name === lastRun) {
    throw new UsageError(
      `Cannot use ${option} "${name}": that is the word for the newest run`,
      nextStep ?? "Give another name",
    );
  }
  if (name.length > longestName) {
    throw new UsageError(
      `Cannot use ${option} "${
        excerpt(name)
      }": it has ${name.length} characters, expected at most ${longestName}`,
      nextStep ?? "Give a shorter name",
    );
  }
  if (isRunName(name)) return name;
  throw new UsageError(
    `Cannot use ${option} "${name}": expected a name of letters, digits, ".", "_", "+", "=" and "-", ` +
      'not starting with "-" or "="',
    nextStep ?? "Give only a name; its folder is created in runs/",
  );
}

/**
 * What a run is called by itself.
 *
 * @param configuration What is trained.
 * @param changed The settings of the model that are not as usual; a single one is named.
 * @example
 * ```ts
 * import { runNameOf } from "./run_name.ts";
 * const names = { dataset: "tiktok", model: "smore", seed: 0 };
 * runNameOf(names, {}); // "tiktok-smore-0"
 * runNameOf(names, { dim: 32 }); // "tiktok-smore-dim=32-0"
 * ```
 */
export function runNameOf(
  { dataset, model, seed }: Pick<Configuration, "dataset" | "model" | "seed">,
  changed: Readonly<Record<string, SettingValue>>,
): string {
  const changes = Object.entries(changed).map(([key, value]) => `${key}=${value}`);
  const [change] = changes;
  const isNamed = changes.length === 1 && change.length <= mostCharacters && isRunName(change);
  return [dataset, model, ...isNamed ? [change] : [], seed].join("-");
}

/**
 * The first free of `NAME`, `NAME-2`, `NAME-3`, …
 *
 * @param name The name.
 * @param folder The folder of the runs.
 */
export async function freeRunName(name: string, folder: string): Promise<string> {
  for (let n = 1;; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!await isTaken(`${folder}/${candidate}`)) return candidate;
  }
}

/**
 * Makes a run; in the next free folder, where another process takes its folder at the same time.
 *
 * @param freeFolder The folder that is free now; always the same where the user named it.
 * @param create Makes the run in a folder.
 * @throws {UsageError} The folder that the user named is taken.
 */
export async function inFreeFolder<T>(
  freeFolder: () => Promise<string>,
  create: (folder: string) => Promise<T>,
): Promise<T> {
  let folder = await freeFolder();
  while (true) {
    try {
      return await create(folder);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const next = await freeFolder();
      if (next === folder) throw error;
      folder = next;
    }
  }
}
