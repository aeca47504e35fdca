/**
 * The help of a command line as a page.
 *
 * @module
 */
import type { AnyCommand } from "../cli/common/command.ts";

/** Columns of the help, whatever terminal it is made in. */
const width = 100;

/** What all commands have in common, and no help says. */
const conventions = `## All commands

- Results go to stdout, everything else to stderr. \`--json\` gives results for programs. As a file,
  \`-\` is stdin or stdout.
- Paths are relative to the folder you are in. \`runs/\` and \`datasets/\` are the project's, wherever
  you are. A run is named by its name, by its path, or as \`last\`.
- Options override the file of \`--config\`, which overrides \`--preset\`, which overrides the defaults.
- \`NO_COLOR\` and \`TERM=dumb\` turn colours off.
- On Mesa's software driver, two threads run per core, the fastest we measured. \`LP_NUM_THREADS\` in
  your environment sets another number.

| exit code | meaning           |
| --------- | ----------------- |
| 0         | done              |
| 1         | failure           |
| 2         | wrong usage       |
| 3         | bad data          |
| 4         | no usable GPU     |
| 5         | training diverged |
| 130       | interrupted       |`;

/**
 * The page, in Markdown.
 *
 * @param program The command line, with its commands.
 * @example
 * ```ts
 * import { createCommand } from "../cli/common/command.ts";
 * import { createProgram } from "../cli/common/command_line.ts";
 * import { helpPage } from "./help_page.ts";
 * helpPage(createProgram([createCommand("doctor", "Check the machine", [])]));
 * ```
 */
export function helpPage(program: AnyCommand): string {
  const sections = program.commands.map((command) =>
    `## ${command.name()}\n\n${block(helpOf(command))}`
  );
  return [
    "# Commands",
    "What `--help` prints of each command; written by `./bandpass docs`.",
    block(helpOf(program)),
    conventions,
    ...sections,
  ].join("\n\n") + "\n";
}

function block(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}

/** All that `--help` prints, what stands before the usage too. */
function helpOf(command: AnyCommand): string {
  let text = "";
  const { writeOut, getOutHelpWidth } = command.configureOutput();
  command.configureOutput({
    writeOut: (part) => text += part,
    getOutHelpWidth: () => width,
  });
  command.outputHelp();
  command.configureOutput({ writeOut, getOutHelpWidth });
  return text;
}
