/**
 * What `completions` does with what the user asked for: it writes a script that knows all words, so
 * that a key press starts no Deno, which would take a quarter of a second (as `@bomb.sh/tab` does).
 *
 * @module
 */
import { join } from "@std/path";
import manifest from "../../deno.json" with { type: "json" };
import { defaultDataDirectory } from "../../data/folder.ts";
import { presets } from "../../models/presets.ts";
import { models } from "../../models/registry.ts";
import type { AnyCommand } from "../common/command.ts";
import { bashCompletions } from "./completion_bash.ts";
import { fishCompletions } from "./completion_fish.ts";
import { type CommandNode, completionTree } from "./completion_tree.ts";
import { zshCompletions } from "./completion_zsh.ts";
import type { Shell } from "./completions_command.ts";
import { trainOptions } from "../../training/configuration.ts";
import { writeResult } from "../common/output.ts";
import { projectFolder } from "../common/paths.ts";

const scripts = { bash: bashCompletions, zsh: zshCompletions, fish: fishCompletions };

/** What other tasks than commands do. */
const otherTasks: Readonly<Record<string, string>> = {
  test: "Run all tests",
  bench: "Time the kernels",
  "bench-training": "Time the steps of a training",
  "bench-spectrum": "Time the eigensolver",
  fuzz: "Let every reader of files read damaged ones",
  check: "Check format, lint, types and documentation",
  help: "Show the help of a command",
  docs: "Write docs/cli.md anew",
};

/**
 * Prints a completion script.
 *
 * @param shell The shell.
 * @param commands What there is to complete.
 */
export async function runCompletions(
  shell: Shell,
  commands: readonly AnyCommand[],
): Promise<void> {
  const tree = completionTree(commands, {
    "--model": models.map(({ name }) => name),
    "--preset": [...new Set(presets.map(({ name }) => name))],
    "--adapter": trainOptions.adapter.choices,
  });
  const names = tree.map(({ name }) => name);
  const tasks = Object.keys(manifest.tasks).filter((name) => !names.includes(name))
    .map((name): CommandNode => ({
      name,
      summary: otherTasks[name] ?? name,
      options: [],
      argument: name === "help" ? { kind: "words", words: names } : { kind: "file" },
    }));
  const datasets = join(projectFolder, defaultDataDirectory);
  const runs = join(projectFolder, "runs");
  await writeResult(scripts[shell]([...tree, ...tasks], { datasets, runs }));
}
