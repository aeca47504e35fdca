/**
 * Options that are given several values, of which only one can count.
 *
 * @module
 */
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
  const { options } = program.commands.find((known) => known.name() === args[0]) ?? program;
  const single = options.filter(({ required, description }) =>
    required && !/\brepeatable\b/.test(description)
  );
  const given = new Map<string, string[]>();
  for (let n = 0; n < args.length && args[n] !== "--"; n++) {
    const [name, ...rest] = args[n].split("=");
    const found = single.find(({ short, long }) => short === args[n] || long === name);
    if (found === undefined) continue;
    const value = rest.length > 0 && name === found.long ? rest.join("=") : args[++n] ?? "";
    given.set(found.long!, [...given.get(found.long!) ?? [], value]);
  }
  return [...given].filter(([, values]) => new Set(values).size > 1).map(([option]) => option);
}
