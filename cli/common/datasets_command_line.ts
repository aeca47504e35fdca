/**
 * The command that describes a dataset, for messages and pages that tell of it.
 *
 * @module
 */
import { defaultDataDirectory } from "../../data/default_names.ts";
import { flags } from "./flags.ts";
import { shellWord } from "./shell_word.ts";

/**
 * The command as the user can type it.
 *
 * @param dataset The dataset's name.
 * @param dataDirectory The folder of the datasets.
 * @param settings Options that are given; those without a value are left out.
 * @example
 * ```ts
 * import { datasetsCommandLine } from "./datasets_command_line.ts";
 * datasetsCommandLine("shop", "datasets", { html: "a.html" }).endsWith("datasets shop --html a.html"); // true
 * ```
 */
export function datasetsCommandLine(
  dataset: string,
  dataDirectory: string,
  settings: Readonly<Record<string, string | undefined>>,
): string {
  const place = dataDirectory === defaultDataDirectory ? {} : { dataDir: dataDirectory };
  const options = Object.entries({ ...place, ...settings }).flatMap(([name, value]) =>
    value === undefined ? [] : [flags.setting(name, value)]
  );
  return [flags.command("datasets"), shellWord(dataset), ...options].join(" ");
}
