/**
 * Whether a command in a document can be what it says: its options against the command line, its files
 * against the repository.
 *
 * @module
 */
import { createProgram } from "../../cli/common/command_line.ts";
import { allCommands } from "../../cli/commands.ts";
import manifest from "../../deno.json" with { type: "json" };

/** What a shell has, and what documents may use of it. */
const shellTools = [
  "awk",
  "cat",
  "cd",
  "cp",
  "cut",
  "head",
  "ls",
  "mkdir",
  "mv",
  "printf",
  "sort",
  "tail",
  "wc",
];

/**
 * What is wrong with a command.
 *
 * @param words The program and its arguments.
 * @param isFile Whether a file of the repository, or one that the document shows, has this path.
 * @returns Nothing where all is well.
 */
export function commandProblem(
  words: readonly string[],
  isFile: (path: string) => boolean,
): string | undefined {
  const [program, ...args] = words;
  if (/^(\.|\.\.\/bandpass)\/bandpass$/.test(program)) return ofBandpass(args, isFile);
  if (program === "deno" && args[0] === "task") return ofBandpass(args.slice(1), isFile);
  if (program === "deno" || program === "bash") return missingFile(args, isFile);
  if (!shellTools.includes(program) && !isFile(program)) return `no program ${program}`;
}

function ofBandpass(
  [name, ...args]: readonly string[],
  isFile: (path: string) => boolean,
): string | undefined {
  const command = createProgram(allCommands()).commands.find((one) => one.name() === name);
  if (command === undefined) {
    return name in manifest.tasks ? missingFile(args, isFile) : `no command ${name}`;
  }
  try {
    // The variable of a loop is a number.
    const parsed = command.parseOptions(args.map((word) => word.replace(/^\$\w+$/, "0")));
    const unknown = parsed.unknown.find((word) => word !== "--help");
    if (unknown !== undefined) return `no option ${unknown}`;
    const known = command.registeredArguments;
    const most = known.some(({ variadic }) => variadic) ? Infinity : known.length;
    return parsed.operands.length > most ? `no argument ${parsed.operands[most]}` : undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function missingFile(args: readonly string[], isFile: (path: string) => boolean) {
  const missing = args.find((path) => /\.(ts|sh)$/.test(path) && !isFile(path));
  return missing && `no file ${missing}`;
}
