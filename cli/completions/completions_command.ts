/**
 * `completions`: its arguments.
 *
 * @module
 */
import { Argument } from "@commander-js/extra-typings";
import { type AnyCommand, createCommand } from "../common/command.ts";

/** The shells that there are completions for. */
export const shells = ["bash", "zsh", "fish"] as const;

/** One of {@linkcode shells}. */
export type Shell = typeof shells[number];

/**
 * The command.
 *
 * @param run What it does.
 */
export function completionsCommand(run: (shell: Shell) => Promise<void>): AnyCommand {
  return createCommand("completions", "Print shell completions for bash, zsh or fish", [
    {
      purpose: "For bash with bash-completion (otherwise, source the file)",
      line: "completions bash > ~/.local/share/bash-completion/completions/bandpass",
    },
    {
      purpose: "For zsh, in a folder of your fpath",
      line: "completions zsh > ~/.zfunc/_bandpass",
    },
    {
      purpose: "For fish",
      line: "completions fish > ~/.config/fish/completions/bandpass.fish",
    },
  ])
    .addArgument(new Argument("<shell>", "Shell").choices(shells))
    .action((shell) => run(shell));
}
