/**
 * What a shell needs to know of the command line to complete it, read off the commands themselves.
 *
 * @module
 */
import type { Argument, Option } from "@commander-js/extra-typings";
import type { AnyCommand } from "../common/command.ts";

/** What may stand in a place: nothing that is known, a path, a dataset, a run, or one of some words. */
export type Completion =
  | { readonly kind: "anything" | "file" | "folder" | "dataset" | "run" }
  | { readonly kind: "words"; readonly words: readonly string[] };

/** Where names are looked up. */
export interface NamedFolders {
  /** The folder of the datasets. */
  readonly datasets: string;
  /** The folder of the runs. */
  readonly runs: string;
}

/** An option of a command. */
export interface OptionNode {
  /** As it is typed, such as `--model`. */
  readonly name: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** Its value; none for an option that is there or not. */
  readonly value?: Completion;
  /** Whether the value may be left out. */
  readonly optional: boolean;
  /** Whether it may be given many times. */
  readonly repeated: boolean;
}

/** A command. */
export interface CommandNode {
  /** As it is typed. */
  readonly name: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** Its options, in the order of its help. */
  readonly options: readonly OptionNode[];
  /** What its arguments are; nothing for a command without. */
  readonly argument?: Completion;
}

/**
 * Reads the commands.
 *
 * @param commands The commands.
 * @param words The values of options that have no choices of their own, such as the models of
 * `--model`.
 * @example
 * ```ts
 * import { completionTree } from "./completion_tree.ts";
 * import { createCommand } from "../common/command.ts";
 * const command = createCommand("load", "Load a file", []).option("--from <file>", "The file");
 * completionTree([command], {})[0].options[1].value; // { kind: "file" }
 * ```
 */
export function completionTree(
  commands: readonly AnyCommand[],
  words: Readonly<Record<string, readonly string[]>>,
): CommandNode[] {
  return commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: [
      { name: "--help", summary: "Show this help", optional: false, repeated: false },
      ...command.options.map((option) => optionNode(option, words)),
    ],
    argument: command.registeredArguments.map(argumentCompletion)[0],
  }));
}

function optionNode(option: Option, words: Readonly<Record<string, readonly string[]>>) {
  const name = option.long ?? option.flags;
  const takesValue = option.required || option.optional;
  return {
    name,
    summary: firstClause(option.description),
    value: takesValue ? valueCompletion(name, option, words[name]) : undefined,
    optional: option.optional,
    // A key or a name that a value is given to: --set key=value.
    repeated: /<\w+=/.test(option.flags),
  };
}

function valueCompletion(
  name: string,
  option: Option,
  known: readonly string[] | undefined,
): Completion {
  const words = option.argChoices ?? known;
  if (words !== undefined) return { kind: "words", words };
  if (name === "--dataset") return { kind: "dataset" };
  const [, placeholder = ""] = /[<[]([^>\]]*)[>\]]/.exec(option.flags) ?? [];
  return { kind: placeKind(placeholder) };
}

function argumentCompletion(argument: Argument): Completion {
  if (argument.argChoices !== undefined) return { kind: "words", words: argument.argChoices };
  return { kind: placeKind(argument.name().replace(/s$/, "")) };
}

/** What stands in a place of that name. */
function placeKind(name: string): Exclude<Completion["kind"], "words"> {
  return placeKinds.find((kind) => kind === name) ?? "anything";
}

const placeKinds = ["file", "folder", "dataset", "run"] as const;

/** A description up to where it goes into details, which a list of completions has no room for. */
function firstClause(description: string): string {
  return description.split(/[;:(]/)[0].trim();
}
