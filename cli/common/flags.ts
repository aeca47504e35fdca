/**
 * Settings and commands as they are typed: floors below name `data_dir`, the command line
 * `--data-dir`.
 *
 * @module
 */
import type { Wording } from "../../errors.ts";

/** What stands before the name of a setting of a model. */
const ofModel = "settings.";

/**
 * The words of the command line.
 *
 * @example
 * ```ts
 * import { flags } from "./flags.ts";
 * flags.setting("data_dir"); // "--data-dir"
 * flags.setting("settings.standardise", "true"); // "--set standardise=true"
 * flags.command("train", { resume: "runs/a" }); // "deno task train --resume runs/a"
 * ```
 */
export const flags: Wording = {
  setting(name, value = "") {
    if (name.startsWith(ofModel)) return `--set ${name.slice(ofModel.length)}=${value}`;
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      .replaceAll("_", "-");
    return `--${kebab} ${value}`.trimEnd();
  },
  command(name, settings = {}) {
    const given = Object.entries(settings).map(([key, value]) => this.setting(key, value));
    return ["deno task", name, ...given].join(" ");
  },
};
