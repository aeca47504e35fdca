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
  return createCommand("completions", "Print what completes ./bandpass in your shell", [
    {
      purpose: "For bash, from the next shell on (with bash-completion; else source the file)",
      line: "completions bash > ~/.local/share/bash-completion/completions/bandpass",
    },
    {
      purpose: "For zsh, where fpath has this folder",
      line: "completions zsh > ~/.zfunc/_bandpass",
    },
    {
      purpose: "For fish",
      line: "completions fish > ~/.config/fish/completions/bandpass.fish",
    },
  ])
    .addArgument(new Argument("<shell>", "The shell").choices(shells))
    .action((shell) => run(shell));
}
