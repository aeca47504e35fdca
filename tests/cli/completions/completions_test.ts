import { assert, assertEquals } from "@std/assert";
import { allCommands } from "../../../cli/commands.ts";
import { createCommand } from "../../../cli/common/command.ts";
import { quoted } from "../../../cli/completions/completion_shell.ts";
import { completionTree } from "../../../cli/completions/completion_tree.ts";
import { runTask } from "../run_cli.ts";

/** Whether a shell is there to try its completions in. */
async function has(shell: string): Promise<boolean> {
  try {
    return (await new Deno.Command(shell, { args: ["-c", "true"] }).output()).success;
  } catch {
    return false;
  }
}

const missing: Record<string, boolean> = {};
for (const shell of ["bash", "zsh", "fish"]) missing[shell] = !await has(shell);

/** What a shell prints when it runs a script with the completions in `$completions`. */
async function shell(name: string, script: string): Promise<string> {
  const { code, stdout: completions, stderr } = await runTask(["completions", name]);
  assertEquals([code, stderr], [0, ""]);
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/_bandpass`;
    await Deno.writeTextFile(file, completions);
    await Deno.writeTextFile(`${folder}/two words.txt`, "");
    await Deno.mkdir(`${folder}/my runs`);
    const outcome = await new Deno.Command(name, {
      args: [...name === "zsh" ? ["-f"] : [], "-c", script],
      cwd: folder,
      env: { completions: file, HOME: folder, TERM: "dumb" },
    }).output();
    const text = new TextDecoder();
    assertEquals(text.decode(outcome.stderr), "");
    return text.decode(outcome.stdout);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What each line is completed to; the last word is the one that is begun. */
const lines: [string[], (found: string[]) => boolean][] = [
  [["tr"], (found) => found.join() === "train"],
  [["train", "--mo"], (found) => found.join() === "--model"],
  [["train", "--model", "light"], (found) => found.join() === "lightgcn"],
  [["train", "--model", ""], (found) => found.includes("smore") && !found.includes("--seed")],
  [["train", "--dataset", "sam"], (found) => found.join() === "sample"],
  [["train", "--adapter", ""], (found) => found.toSorted().join() === "auto,cpu,gpu"],
  [["datasets", "sam"], (found) => found.join() === "sample"],
  [["evaluate", "--split", ""], (found) => found.toSorted().join() === "test,valid"],
  [["recommend", "--format", "tr"], (found) => found.join() === "trec"],
  [["recommend", "--no"], (found) => found.join() === "--no-exclude-seen"],
  [["recommend", "--users", "two"], (found) => found.join() === "two words.txt"],
  [["evaluate", "--run", "my"], (found) => /^my runs\/?$/.test(found.join())],
  [["recommend", "my"], (found) => /^my runs\/?$/.test(found.join())],
  [["train", "--resume", "las"], (found) => found.join() === "last"],
  [["verify", "two"], (found) => found.join() === "two words.txt"],
  [["help", "ver"], (found) => found.join() === "verify"],
  [["completions", "f"], (found) => found.join() === "fish"],
];

/**
 * A script that types each line into a zsh in a terminal of its own, then a tab, and prints a line
 * with `==` and what there is to choose from, which its `compadd` prints between two NULs.
 */
function zshScript(typed: readonly string[]): string {
  const inner = [
    "PROMPT= ; fpath=(${completions:h} $fpath)",
    "autoload -U compinit; compinit -C -d ./dump",
    "bindkey '^I' complete-word",
    "edge() { print -rn -- $'\\0' }",
    "compprefuncs=(edge); comppostfuncs=(edge exit)",
    "compadd() {",
    '  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi',
    '  local -a hits; builtin compadd -A hits "$@"',
    "  (( $#hits )) && print -rl -- $hits",
    '  builtin compadd "$@"',
    "}",
    "print READY",
  ].join("\n");
  return `zmodload zsh/zpty
print -r -- ${quoted(inner)} > inner.zsh
for line in ${typed.map((line) => quoted(`bandpass ${line}`)).join(" ")}; do
  zpty inner zsh -f -i
  zpty -w inner 'source ./inner.zsh'
  zpty -r -m inner text $'*READY\\r\\n*'
  zpty -w -n inner "$line"$'\\t'
  print '=='
  text=; while zpty -r inner chunk; do text+=$chunk; done
  parts=("\${(@0)text}")
  print -r -- "\${parts[2]//$'\\r'/}"
  zpty -d inner
done`;
}

Deno.test({
  name: missing.bash
    ? "completions for bash complete what is begun (skipped: no bash here)"
    : "completions for bash complete what is begun",
  ignore: missing.bash,
  async fn() {
    const attempts = lines.map(([words]) => {
      const quoted = ["./bandpass", ...words].map((word) => `'${word}'`).join(" ");
      return `COMP_WORDS=(${quoted}) COMP_CWORD=${words.length}; _bandpass; ` +
        `printf '%s|' "\${COMPREPLY[@]}"; echo`;
    });
    // Optional values, and values after an equals sign.
    attempts.push(
      `COMP_WORDS=(bandpass recommend --exclude-seen --to) COMP_CWORD=3; _bandpass; ` +
        `printf '%s|' "\${COMPREPLY[@]}"; echo`,
      `COMP_WORDS=(bandpass export --format = arr) COMP_CWORD=4; _bandpass; ` +
        `printf '%s|' "\${COMPREPLY[@]}"; echo`,
      `COMP_WORDS=(bandpass export --format =) COMP_CWORD=3; _bandpass; ` +
        `printf '%s|' "\${COMPREPLY[@]}"; echo`,
      "complete -p bandpass",
    );
    // compopt speaks to a completion that is under way alone, and says so here.
    const script = `compopt() { :; }; source "$completions"\n${attempts.join("\n")}\n`;
    const found = (await shell("bash", script)).trim().split("\n").map((line) =>
      line.replace(/\|$/, "").split("|")
    );
    lines.forEach(([words, isRight], n) => assert(isRight(found[n]), `${words}: ${found[n]}`));
    assertEquals(found.slice(lines.length), [
      ["--top-k"],
      ["arrow"],
      ["npy", "safetensors", "parquet", "arrow", "trec", "page"],
      ["complete -F _bandpass bandpass"],
    ]);
  },
});

Deno.test({
  name: missing.fish
    ? "completions for fish complete what is begun (skipped: no fish here)"
    : "completions for fish complete what is begun",
  ignore: missing.fish,
  async fn() {
    const attempts = lines.map(([words]) =>
      `complete -C 'bandpass ${words.join(" ")}' | string split -f1 \\t | string join '|'; echo`
    );
    const found = (await shell("fish", `source $completions\n${attempts.join("\n")}\n`))
      .split("\n\n").map((line) => line.split("|").map((word) => word.replaceAll("\\", "")));
    lines.forEach(([words, isRight], n) => assert(isRight(found[n]), `${words}: ${found[n]}`));
  },
});

Deno.test({
  name: missing.zsh
    ? "completions for zsh complete what is begun (skipped: no zsh here)"
    : "completions for zsh complete what is begun",
  ignore: missing.zsh,
  async fn() {
    const found = (await shell("zsh", zshScript(lines.map(([words]) => words.join(" ")))))
      .split("==\n").slice(1).map((text) => text.trim().replaceAll("\\", "").split("\n"))
      // A folder is added twice: as a folder, and as a part of a path.
      .map((words) => [...new Set(words)]);
    lines.forEach(([words, isRight], n) => assert(isRight(found[n]), `${words}: ${found[n]}`));
  },
});

Deno.test("completionTree() tells values by their choices, their names, or what is known of them", () => {
  const command = createCommand("load", "Load it", [])
    .option("--from <file>", "Where it is; - is stdin")
    .option("--into <folder>", "Where to [all of it]")
    .option("--model <name>", "The model")
    .option("--set <key=value>", "A setting")
    .option("--deep [how]", "How (default: well)")
    .option("--dataset <name>", "The dataset");
  const [{ options, argument }] = completionTree([command], { "--model": ["a", "b"] });
  assertEquals(argument, undefined);
  assertEquals(options.map(({ value }) => value?.kind), [
    undefined,
    "file",
    "folder",
    "words",
    "anything",
    "anything",
    "dataset",
  ]);
  assertEquals(options.map(({ summary }) => summary).slice(1, 3), [
    "Where it is",
    "Where to [all of it]",
  ]);
  assertEquals(options.map(({ repeated }) => repeated).indexOf(true), 4);
  assertEquals(options.map(({ optional }) => optional).indexOf(true), 5);
});

Deno.test("completions know every command, and no task that developers alone need", async () => {
  const names = [...allCommands().map((command) => command.name()), "help"];
  for (const name of ["bash", "zsh", "fish"]) {
    const { stdout } = await runTask(["completions", name]);
    const isThere = (word: string) => new RegExp(`['\\s]${word}[:'\\s)]`).test(stdout);
    for (const command of names) assert(isThere(command), `${name}: ${command}`);
    for (const task of ["bench", "fuzz", "docs", "bench-training"]) {
      assert(!isThere(task), `${name}: ${task}`);
    }
  }
});
