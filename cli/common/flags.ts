/**
 * Settings and commands as they are typed: floors below name `data_dir`, the command line
 * `--data-dir`.
 *
 * @module
 */
import type { Wording } from "../../errors.ts";
import { programName } from "./program_name.ts";
import { shellWord } from "./shell_word.ts";

/** What stands before the name of a setting of a model. */
const ofModel = "settings.";

/** A setting as it is typed. */
function flag(name: string, value = ""): string {
  if (name.startsWith(ofModel)) {
    return `--set ${shellWord(`${name.slice(ofModel.length)}=${value}`)}`;
  }
  const words = name.replaceAll("_", "-").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return value === "" ? `--${words}` : `--${words} ${shellWord(value)}`;
}

/**
 * The words of the command line.
 *
 * @example
 * ```ts
 * import { flags } from "./flags.ts";
 * flags.setting("data_dir"); // "--data-dir"
 * flags.setting("settings.standardise", "true"); // "--set standardise=true"
 * flags.command("train", { resume: "runs/a" }); // "./bandpass train --resume runs/a"
 * ```
 */
export const flags: Wording = {
  setting: flag,
  command(name, settings = {}) {
    const given = Object.entries(settings).map(([key, value]) => flag(key, value));
    return [programName(), name, ...given].join(" ");
  },
};
