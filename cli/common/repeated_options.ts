/**
 * Options that are given several values, of which only one can count.
 *
 * @module
 */
import { parseArguments } from "../launch/arguments.ts";
import type { AnyCommand } from "./command.ts";

/**
 * Finds them: options with more than one value whose description does not call them repeatable. Scripts add options to
 * those of a user, so this is no error.
 *
 * @param program The whole command line.
 * @param args What the user typed.
 * @returns Such as `--seed`; the parser takes the last value of each.
 */
export function repeatedOptions(program: AnyCommand, args: readonly string[]): string[] {
  const command = program.commands.find((known) => known.name() === args[0]);
  const options = (command ?? program).options
    .filter(({ required, optional }) => required || optional)
    .map(({ short, long, optional, description }) => ({
      name: `${short === undefined ? "" : `${short}, `}${long}${optional ? " []" : ""}`,
      long: long!,
      isRepeatable: /\brepeatable\b/.test(description),
    }));
  const { values } = parseArguments(args.slice(1), options.map(({ name }) => name));
  return options
    .filter(({ name, isRepeatable }) => !isRepeatable && new Set(values(name)).size > 1)
    .map(({ long }) => long);
}
