/**
 * What `completions` does with what the user asked for: it writes a script that knows all words, so
 * that a key press starts no Deno, which would take a quarter of a second (as `@bomb.sh/tab` does).
 *
 * @module
 */
import { join } from "node:path";
import { defaultDataDirectory } from "../../data/default_names.ts";
import { presets } from "../../models/presets.ts";
import { models } from "../../models/registry.ts";
import type { AnyCommand } from "../common/command.ts";
import { bashCompletions } from "./completion_bash.ts";
import { fishCompletions } from "./completion_fish.ts";
import { type CommandNode, completionTree } from "./completion_tree.ts";
import { zshCompletions } from "./completion_zsh.ts";
import type { Shell } from "./completions_command.ts";
import { writeResult } from "../common/output.ts";
import { projectFolder } from "../common/paths.ts";

const scripts = { bash: bashCompletions, zsh: zshCompletions, fish: fishCompletions };

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
  });
  const names = tree.map(({ name }) => name);
  const help: CommandNode = {
    name: "help",
    summary: "Show the help of a command",
    options: [],
    argument: { kind: "words", words: names },
  };
  const datasets = join(projectFolder, defaultDataDirectory);
  const runs = join(projectFolder, "runs");
  await writeResult(scripts[shell]([...tree, help], { datasets, runs }));
}
