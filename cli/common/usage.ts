/**
 * Errors of the argument parser in the words of this house.
 *
 * @module
 */
import type { CommanderError } from "@commander-js/extra-typings";
import { nearest, UsageError } from "../../errors.ts";
import type { AnyCommand } from "./command.ts";
import { programName } from "./program_name.ts";

/**
 * Refuses an option in the place of another one's value: `--run --json` would name a run "--json".
 *
 * @param program The whole command line.
 * @param args What the user typed.
 * @throws {UsageError} An option that needs a value is followed by an option.
 */
export function refuseOptionAsValue(program: AnyCommand, args: readonly string[]): void {
  const { options } = program.commands.find((known) => known.name() === args[0]) ?? program;
  const isOption = (word: string) =>
    [...options, { short: "-h", long: "--help" }].some(({ short, long }) =>
      word === short || word.split("=")[0] === long
    );
  for (let n = 0; n + 1 < args.length && args[n] !== "--"; n++) {
    const option = options.find(({ long, required }) => required && long === args[n]);
    if (option === undefined) continue;
    const value = args[++n];
    if (!isOption(value)) continue;
    throw new UsageError(
      `The option "${option.flags}" lacks its value: the option "${value}" follows it`,
      `Give its value, or write ${option.long}=${value} if that is its value`,
    );
  }
}

/**
 * The error to report for one that the argument parser threw.
 *
 * @param error The parser's error, of any kind but help.
 * @param program The whole command line.
 * @param args What the user typed.
 * @param otherTasks Tasks that are no commands of `program`, as further right names.
 */
export function usageError(
  error: CommanderError,
  program: AnyCommand,
  args: readonly string[],
  otherTasks: readonly string[],
): UsageError {
  const command = program.commands.find((candidate) => candidate.name() === args[0]);
  const quoted = [...error.message.matchAll(/'(.*?)'/g)].map((match) => match[1]);
  const help = command === undefined
    ? `See all commands with: ${programName()} help`
    : `See its options with: ${programName()} ${command.name()} --help`;
  switch (error.code) {
    case "commander.unknownCommand": {
      const names = [...program.commands.map((known) => known.name()), ...otherTasks];
      return new UsageError(`Unknown command "${quoted[0]}"`, didYouMean(quoted[0], names) ?? help);
    }
    case "commander.unknownOption": {
      const flag = quoted[0].split("=")[0];
      const options = (command ?? program).options.flatMap(({ short, long }) => [short, long]);
      const names = ["--help", ...options].filter((name) => name !== undefined);
      const place = command === undefined ? "" : ` of "${command.name()}"`;
      return new UsageError(`Unknown option "${flag}"${place}`, didYouMean(flag, names) ?? help);
    }
    case "commander.optionMissingArgument":
      return new UsageError(`The option "${quoted[0]}" lacks its value`, help);
    case "commander.missingMandatoryOptionValue":
      return new UsageError(`The option "${quoted[0]}" is required`, help);
    case "commander.missingArgument":
      return new UsageError(`The argument "${quoted[0]}" is required`, help);
    case "commander.excessArguments": {
      const extra = command?.args[command.registeredArguments.length] ?? command?.args[0];
      return new UsageError(`Cannot use the argument "${extra}": expected options alone`, help);
    }
    default: {
      const text = error.message.replace(/^error: /, "").replaceAll("'", '"').replace(/\.$/, "");
      return new UsageError(text.charAt(0).toUpperCase() + text.slice(1), help);
    }
  }
}

function didYouMean(word: string, names: readonly string[]): string | undefined {
  const near = nearest(word, names);
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}
