/**
 * Completions for bash.
 *
 * @module
 */
import type { CommandNode, Completion, NamedFolders, OptionNode } from "./completion_tree.ts";
import { quoted } from "./completion_shell.ts";

/**
 * The script; it runs in bash 3.2 too, which macOS has.
 *
 * @param commands The commands.
 * @param folders Where names are looked up.
 */
export function bashCompletions(
  commands: readonly CommandNode[],
  { datasets, runs }: NamedFolders,
): string {
  const cases = commands.map(({ name, options, argument }) =>
    [`    ${name})`, ...valueCases(options), `      ${rest(options, argument)} ;;`].join("\n")
  );
  return `# Completions of Bandpass for bash, written by: bandpass completions bash
_bandpass_words() {
  COMPREPLY=($(compgen -W "$1" -- "$word"))
}
_bandpass_paths() {
  # One path a line, whatever is in it; names of folders go on.
  local IFS=$'\\n'
  COMPREPLY=($(compgen "$1" -- "$word"))
  compopt -o filenames 2>/dev/null
}
_bandpass_names() {
  # A word, and the names of the folders in a folder.
  {
    echo "$1"
    cd "$2" 2>/dev/null && printf '%s\\n' */ | tr -d '/*'
  } | sort -u
}
_bandpass_datasets() {
  _bandpass_words "$(_bandpass_names sample ${quoted(datasets)})"
}
_bandpass_runs() {
  _bandpass_paths -d
  COMPREPLY+=($(compgen -W "$(_bandpass_names last ${quoted(runs)})" -- "$word"))
}
_bandpass() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  # --option=value comes in three words.
  if [[ $word == = ]]; then
    word=
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if [[ $COMP_CWORD -eq 1 ]]; then
    _bandpass_words ${quoted(commands.map(({ name }) => name).join(" "))}
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join("\n")}
  esac
}
complete -F _bandpass bandpass
`;
}

/** What follows an option that takes a value; the function is left where nothing else may follow. */
function valueCases(options: readonly OptionNode[]): string[] {
  const known = options.flatMap(({ name, value, optional }) => {
    if (value === undefined || value.kind === "anything") return [];
    const leave = optional ? "[[ $word == -* ]] || return" : "return";
    return [`        ${name}) ${reply(value)}; ${leave} ;;`];
  });
  const unknown = options.filter(({ value }) => value?.kind === "anything");
  if (unknown.length > 0) {
    known.push(`        ${unknown.map(({ name }) => name).join(" | ")}) return ;;`);
  }
  return known.length === 0 ? [] : ["      case $previous in", ...known, "      esac"];
}

/** What stands where no value of an option is expected. */
function rest(options: readonly OptionNode[], argument: Completion | undefined): string {
  const names = `_bandpass_words ${quoted(options.map(({ name }) => name).join(" "))}`;
  if (argument === undefined) return names;
  return `if [[ $word == -* ]]; then ${names}; else ${reply(argument)}; fi`;
}

function reply(completion: Completion): string {
  switch (completion.kind) {
    case "words":
      return `_bandpass_words ${quoted(completion.words.join(" "))}`;
    case "file":
      return "_bandpass_paths -f";
    case "folder":
      return "_bandpass_paths -d";
    case "dataset":
      return "_bandpass_datasets";
    case "run":
      return "_bandpass_runs";
    case "anything":
      return ":";
  }
}
