/**
 * How a command is told of a run: by an argument or by `--run`, as a name, a path, or `last`.
 *
 * @module
 */
import { Argument, Option } from "@commander-js/extra-typings";
import { DataError, UsageError } from "../../errors.ts";
import { openedPath, projectFolder, shownPath, standingFolder } from "./paths.ts";
import { programName } from "./program_name.ts";
import { findRun, lastRun } from "./run_reference.ts";

/** `[run]`. */
export function runArgument() {
  return new Argument(
    "[run]",
    `A run: its name in runs/, its folder, or ${lastRun} for the newest`,
  );
}

/** `--run RUN`, the same. */
export function runOption() {
  return new Option("--run <run>", "The run, in place of the argument");
}

/**
 * The one run that was named.
 *
 * @param command The command, for messages.
 * @param argument The run of {@linkcode runArgument}.
 * @param option The run of {@linkcode runOption}.
 * @throws {UsageError} None was named, or two were.
 */
export function namedRun(command: string, argument?: string, option?: string): string {
  if (argument !== undefined && option !== undefined) {
    throw new UsageError(
      `Cannot ${command} both "${argument}" and --run "${option}"`,
      "Leave one of them out",
    );
  }
  const run = argument ?? option;
  if (run !== undefined && run !== "") return run;
  throw new UsageError(
    `Cannot ${command} without a run`,
    `Name one, or use the newest: ${programName()} ${command} ${lastRun}`,
  );
}

/**
 * The folder of a run, as this process must open it.
 *
 * @param run What the user typed: a name, a path, or `last`.
 * @param note Told which run was taken, where that is not plain from what was typed.
 * @throws {DataError} There is no last run.
 */
export function runPath(run: string, note: (text: string) => void = console.error): string {
  const found = findRun(run, standingFolder(), projectFolder.replace(/\/$/, ""));
  if (found === undefined) {
    throw new DataError(
      `Cannot find the ${lastRun} run: "${shownPath("runs")}" has no runs yet`,
      `Train a model first: ${programName()} train`,
    );
  }
  const { path, other } = found;
  if (run === lastRun) note(`The last run is ${shownPath(path)}`);
  if (other !== undefined) {
    note(`Two runs are called "${run}": using ${shownPath(path)}, not ${shownPath(other)}`);
  }
  return openedPath(path);
}
