/**
 * Writes `docs/cli.md`, the help of every command: `./bandpass docs`.
 *
 * @module
 */
import { allCommands } from "../cli/commands.ts";
import { createProgram } from "../cli/common/command_line.ts";
import { writeFileAtomically } from "../data/atomic_file.ts";
import { helpPage } from "./help_page.ts";

await writeFileAtomically("docs/cli.md", helpPage(createProgram(allCommands())));
