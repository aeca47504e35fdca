/**
 * Errors of the argument parser in the words of this house.
 *
 * @module
 */
import type { CommanderError } from "@commander-js/extra-typings";
import { nearest, UsageError } from "../../errors.ts";
import type { AnyCommand } from "./command.ts";
import { commandMeant, optionMeant } from "./other_names.ts";
import { programName } from "./program_name.ts";
import { shellWord } from "./shell_word.ts";

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
    const option = options.find(({ short, long, required }) =>
      required && (short === args[n] || long === args[n])
    );
    if (option === undefined) continue;
    const value = args[++n];
    if (!isOption(value)) continue;
    throw new UsageError(
      `The option "${option.flags}" needs a value: the option "${value}" follows it`,
      `Give its value, or write ${option.long}=${value} if that is its value`,
    );
  }
}

/**
 * Refuses help on a command that there is none of, for which the parser shows all commands instead.
 *
 * @param program The whole command line.
 * @param args What the user typed.
 * @param otherTasks Tasks that are not commands of `program`.
 * @throws {UsageError} Help is asked for, on neither.
 */
export function refuseHelpOnNothing(
  program: AnyCommand,
  args: readonly string[],
  otherTasks: readonly string[],
): void {
  const [first, second] = args;
  const word = first === "help" ? second : first;
  const isHelp = first === "help" || args.includes("--help") || args.includes("-h");
  const names = [...program.commands.map((known) => known.name()), "help", ...otherTasks];
  if (!isHelp || word === undefined || word.startsWith("-") || names.includes(word)) return;
  throw unknownCommand(word, program, otherTasks);
}

function unknownCommand(
  word: string,
  program: AnyCommand,
  otherTasks: readonly string[],
): UsageError {
  const names = program.commands.map((known) => known.name());
  const meant = commandMeant(word, names) ?? nearest(word, [...names, ...otherTasks]);
  const help = `See all commands with: ${programName()} help`;
  return new UsageError(`Unknown command "${word}"`, didYouMean(meant) ?? help);
}

/**
 * The error to report for one that the argument parser threw.
 *
 * @param error The parser's error, of any kind but help.
 * @param program The whole command line.
 * @param args What the user typed.
 * @param otherTasks Tasks that are not commands of `program`, as further right names.
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
    case "commander.unknownCommand":
      return unknownCommand(quoted[0], program, otherTasks);
    case "commander.unknownOption": {
      const flag = quoted[0].split("=")[0];
      if (command === undefined) return misplacedOption(flag, program, help);
      const names = ["--help", ...command.options.map(({ long }) => long!)];
      if (names.includes(flag)) {
        return new UsageError(`The option "${flag}" takes no value`, `Write ${flag} alone`);
      }
      // A letter, as in --u, may begin anything.
      const begun = names.find((name) => flag.length > 3 && name.startsWith(flag));
      const meant = optionMeant(flag, command) ?? begun ?? nearest(flag, names);
      return new UsageError(
        `Unknown option "${flag}" of "${command.name()}"`,
        didYouMean(meant) ?? help,
      );
    }
    case "commander.optionMissingArgument":
      return new UsageError(`The option "${quoted[0]}" needs a value`, help);
    case "commander.missingMandatoryOptionValue":
      return new UsageError(
        `The option "${quoted[0]}" is required`,
        `Add it: ${[programName(), ...args.map(shellWord)].join(" ")} ${withValue(quoted[0])}`,
      );
    case "commander.missingArgument":
      return new UsageError(`The argument "${quoted[0]}" is required`, help);
    case "commander.excessArguments":
      return unexpectedArgument(command, help);
    case "commander.invalidArgument":
      return invalidValue(error.message, help);
    default: {
      const text = error.message.replace(/^error: /, "").replaceAll("'", '"').replace(/\.$/, "");
      return new UsageError(text.charAt(0).toUpperCase() + text.slice(1), help);
    }
  }
}

/** An argument that no option takes, or one more than a command has. */
function unexpectedArgument(command: AnyCommand | undefined, help: string): UsageError {
  const places = command?.registeredArguments.length ?? 0;
  const args = command?.args ?? [];
  const extra = args[places] ?? args[0];
  const message = `Unexpected argument "${extra}"`;
  const takes = (option: string) => command?.options.some(({ long }) => long === option);
  if (takes("--input") && /[./]/.test(extra)) {
    const isInput = args.length === places + 1 && command?.getOptionValueSource("input") !== "cli";
    // A pattern without quotation marks becomes as many arguments as it matches files.
    return new UsageError(
      message,
      isInput
        ? didYouMean(`--input ${shellWord(extra)}`)
        : "If a pattern became several files, quote it, so that the shell leaves it as it is: " +
          "--input 'FOLDER/*.parquet'",
    );
  }
  const meant = places > 0 ? [] : ["--dataset", "--model"].filter(takes);
  return new UsageError(
    message,
    didYouMean(...meant.map((option) => `${option} ${extra}`)) ?? help,
  );
}

/** An option before a command, which may be one of a command's. */
function misplacedOption(flag: string, program: AnyCommand, help: string): UsageError {
  const owners = program.commands.filter(({ options }) =>
    options.some(({ long }) => long === flag)
  );
  const owner = owners.find((command) => command.name() === "train") ?? owners[0];
  const near = nearest(flag, ["--help", "--version"]);
  return new UsageError(
    owner === undefined
      ? `Unknown option "${flag}"`
      : `Cannot use the option "${flag}" without a command`,
    owner === undefined
      ? didYouMean(near) ?? help
      : `Put the command first, such as: ${programName()} ${owner.name()} ${flag}`,
  );
}

/** A value that is none of the choices of its option or argument. */
function invalidValue(message: string, help: string): UsageError {
  const [, option, argument] = /option '(--[\w-]+).*?'|for argument '(.*?)'/.exec(message) ?? [];
  const value = /(?:argument|value) '(.*?)' is invalid/.exec(message)?.[1] ?? "";
  const choices = /Allowed choices are (.*?)\.$/.exec(message)?.[1].split(", ") ?? [];
  return new UsageError(
    `Cannot use ${option ?? `the ${argument}`} "${value}": expected ` +
      [choices.slice(0, -1).join(", "), ...choices.slice(-1)].filter(Boolean).join(" or "),
    didYouMean(nearest(value, choices)) ?? help,
  );
}

/** An option as it is typed: `--out FILE` of `-o, --out <file>`. */
function withValue(option: string): string {
  return option.replace(/^-\w, /, "").replace(/<(.*)>/, (_, name) => name.toUpperCase());
}

function didYouMean(...meant: (string | undefined)[]): string | undefined {
  const known = meant.filter((one) => one !== undefined).map((one) => `"${one}"`);
  return known.length === 0 ? undefined : `Did you mean ${known.join(" or ")}?`;
}
