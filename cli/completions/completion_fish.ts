/**
 * Completions for fish.
 *
 * @module
 */
import type { CommandNode, Completion, NamedFolders } from "./completion_tree.ts";

/**
 * The script.
 *
 * @param commands The commands.
 * @param folders Where names are looked up.
 */
export function fishCompletions(
  commands: readonly CommandNode[],
  { datasets, runs }: NamedFolders,
): string {
  const lines = commands.flatMap(({ name, summary, options, argument }) => [
    `complete -c bandpass -n __fish_use_subcommand -a ${name} -d ${fishQuoted(summary)}`,
    ...options.map((option) => {
      const value = option.value === undefined ? "" : ` ${flags(option.value, option.optional)}`;
      return `complete -c bandpass -n '__fish_seen_subcommand_from ${name}' ` +
        `-l ${option.name.slice(2)}${value} -d ${fishQuoted(option.summary)}`;
    }),
    ...argument === undefined ? [] : [
      `complete -c bandpass -n '__fish_seen_subcommand_from ${name}' ${flags(argument, true)}`,
    ],
  ]);
  return `# Completions of Bandpass for fish, written by: bandpass completions fish
function __bandpass_datasets
  echo sample
  for folder in ${fishQuoted(datasets)}/*/
    basename $folder
  end
end
function __bandpass_runs
  echo last
  for folder in ${fishQuoted(runs)}/*/
    basename $folder
  end
  __fish_complete_directories
end
complete -c bandpass -f
${lines.join("\n")}
`;
}

function flags(completion: Completion, optional: boolean): string {
  // -x asks for a value and gives no files, -r asks for one.
  const alone = optional ? "-f" : "-x";
  switch (completion.kind) {
    case "words":
      return `${alone} -a ${fishQuoted(completion.words.join(" "))}`;
    case "file":
      return optional ? "-F" : "-r -F";
    case "folder":
      return `${alone} -a '(__fish_complete_directories)'`;
    case "dataset":
      return `${alone} -a '(__bandpass_datasets)'`;
    case "run":
      return `${alone} -a '(__bandpass_runs)'`;
    case "anything":
      return alone;
  }
}

/** A word of fish, where a backslash within quotes stands for itself but before two characters. */
function fishQuoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
