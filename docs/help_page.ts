/**
 * The help of a command line as a page.
 *
 * @module
 */
import type { AnyCommand } from "../cli/common/command.ts";

/** Columns of the help, whatever terminal it is made in. */
const width = 100;

/**
 * The page, in Markdown.
 *
 * @param program The command line, with its commands.
 * @example
 * ```ts
 * import { createCommand } from "../cli/common/command.ts";
 * import { createProgram } from "../cli/command_line.ts";
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
    "`./bandpass COMMAND` is the same as `deno task COMMAND`.",
    block(helpOf(program)),
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
