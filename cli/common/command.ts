/**
 * What all commands have in common: help with examples, and errors that are thrown.
 *
 * @module
 */
import {
  type Argument,
  Command,
  type CommandUnknownOpts,
  Help,
  Option,
} from "@commander-js/extra-typings";
import type { SettingSpec } from "../../models/settings.ts";
import { writeResultSync } from "./output.ts";
import { programName } from "./program_name.ts";

/** A line of the examples: what it does, and what to type. */
export interface Example {
  /** In a few words. */
  readonly purpose: string;
  /** The command line, without the leading `./bandpass`. */
  readonly line: string;
}

/**
 * A command without options yet.
 *
 * Nothing it does ends the process: a usage error is thrown, and `--help` too, after it is printed.
 *
 * @param name What the user types.
 * @param summary What it does, in one line.
 * @param examples Shown in its help, after the usage.
 * @example
 * ```ts
 * import { createCommand } from "./command.ts";
 * createCommand("doctor", "Check the machine", [{ purpose: "Check it", line: "doctor" }]);
 * ```
 */
export function createCommand(
  name: string,
  summary: string,
  examples: readonly Example[],
): Command {
  const lines = examples.map(({ purpose, line }) => `  # ${purpose}\n  ${programName()} ${line}`);
  const shown = lines.length === 0 ? [] : [["Examples:", ...lines].join("\n")];
  return new Command(name)
    .summary(summary)
    .helpOption("-h, --help", "Show this help")
    .addHelpText("before", `${summary}.\n`)
    .configureHelp({
      optionDescription: described,
      argumentDescription: described,
      // That a command has options goes without saying.
      subcommandTerm: (command) => new Help().subcommandTerm(command).replace(" [options]", ""),
      formatHelp(command, helper) {
        const text = Help.prototype.formatHelp.call(helper, command, helper);
        const [usage, ...rest] = text.split("\n\n");
        return [usage, ...shown, ...rest].join("\n\n");
      },
    })
    .exitOverride()
    .configureOutput({
      writeOut: writeResultSync,
      // What is wrong is thrown as well, and reported in one place.
      writeErr: () => {},
      getOutHelpWidth: () => Deno.stdout.isTerminal() ? Deno.consoleSize().columns : 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

/** A description with the choices and the default behind it; a switch that is off and an empty list need none. */
function described(
  { description, argChoices, defaultValue, defaultValueDescription }: Option | Argument,
): string {
  const isNothing = typeof defaultValue === "boolean" ||
    (Array.isArray(defaultValue) && defaultValue.length === 0);
  const standard = defaultValueDescription ?? (isNothing ? undefined : defaultValue);
  const details = [
    ...argChoices === undefined ? [] : [`choices: ${argChoices.join(", ")}`],
    ...standard === undefined ? [] : [`default: ${standard}`],
  ];
  return details.length === 0 ? description : `${description} (${details.join("; ")})`;
}

/**
 * An option for a declared setting; its value stays text, or `undefined` where it is not given, so
 * that a configuration file can come between it and the default that the help shows.
 *
 * @param flags In commander's form, such as `--seed <number>`.
 * @param spec The setting.
 * @example
 * ```ts
 * import { settingOption } from "./command.ts";
 * settingOption("--seed <number>", { type: "integer", default: 0, description: "The seed" });
 * ```
 */
export function settingOption<const Flags extends string>(
  flags: Flags,
  spec: SettingSpec,
): Option<Flags> {
  const option = new Option(flags, spec.description);
  option.defaultValueDescription = String(spec.default);
  // What is given is checked with the rest of the configuration, and not by the parser.
  if (spec.type === "choice") option.argChoices = [...spec.choices];
  return option;
}

/** A command as the registry of commands knows it. */
export type AnyCommand = CommandUnknownOpts;
