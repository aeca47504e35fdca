/**
 * Completions for zsh.
 *
 * @module
 */
import type { CommandNode, Completion, NamedFolders, OptionNode } from "./completion_tree.ts";
import { quoted } from "./completion_shell.ts";

/**
 * The script; it is to be a file `_bandpass` in a folder of `fpath`, or to be sourced.
 *
 * @param commands The commands.
 * @param folders Where names are looked up.
 */
export function zshCompletions(
  commands: readonly CommandNode[],
  { datasets, runs }: NamedFolders,
): string {
  const cases = commands.map(({ name, options, argument }) => {
    const specs = [
      ...options.map(optionSpec),
      ...argument === undefined ? [] : [quoted(`*:argument:${action(argument)}`)],
    ];
    return `    ${name})\n      _arguments ${specs.join(" \\\n        ")} ;;`;
  });
  const names = commands.map(({ name, summary }) => quoted(`${name}:${summary}`));
  return `#compdef bandpass
# Completions of Bandpass for zsh, written by: bandpass completions zsh
_bandpass_datasets() {
  local -aU datasets
  datasets=(sample ${quoted(datasets)}/*(/N:t))
  compadd -a datasets
}
_bandpass_runs() {
  local -aU runs
  runs=(last ${quoted(runs)}/*(/N:t))
  compadd -a runs
  _files -/
}
_bandpass() {
  if (( CURRENT == 2 )); then
    local -a commands
    commands=(
      ${names.join("\n      ")}
    )
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${cases.join("\n")}
  esac
}
if [[ $funcstack[1] == _bandpass ]]; then
  _bandpass "$@"
else
  compdef _bandpass bandpass
fi
`;
}

function optionSpec({ name, summary, value, optional, repeated }: OptionNode): string {
  const again = repeated ? "*" : "";
  const of = value === undefined ? "" : `${optional ? "::" : ":"}value:${action(value)}`;
  // Brackets end the description.
  return quoted(`${again}${name}[${summary.replaceAll(/[[\]]/g, "")}]${of}`);
}

function action(completion: Completion): string {
  switch (completion.kind) {
    case "words":
      return `(${completion.words.join(" ")})`;
    case "file":
      return "_files";
    case "folder":
      return "_files -/";
    case "dataset":
      return "_bandpass_datasets";
    case "run":
      return "_bandpass_runs";
    case "anything":
      return " ";
  }
}
