/**
 * The one place where a failure is printed and becomes an exit code.
 *
 * @module
 */
import { readFailure, writeFailure } from "../../data/file_failure.ts";
import { BandpassError, exitCodes, InterruptedError } from "../../errors.ts";
import { flags } from "./flags.ts";
import { styleOf } from "./terminal.ts";
import { modelFailure } from "./model_failure.ts";
import { programName } from "./program_name.ts";

/** As a shell reports a program that wrote to a closed pipe, such as `… | head`. */
const brokenPipe = 141;

/**
 * Prints a failure on stderr: what is wrong and the next step for one of the user's, and all there
 * is for a defect of Bandpass.
 *
 * @param error What was thrown.
 * @returns The exit code.
 */
export function reportError(error: unknown): number {
  // Whoever read the results has enough of them: nothing to report.
  if (error instanceof Deno.errors.BrokenPipe) return brokenPipe;
  const label = styleOf(Deno.stderr).red("error:");
  const failure = error instanceof BandpassError
    ? error
    : refusedPath(error) ?? modelFailure(error) ?? error;
  if (failure instanceof BandpassError) {
    const { message, nextStep } = failure.told(flags);
    // What the user stopped is no error.
    const isError = !(failure instanceof InterruptedError);
    console.error(isError ? `${label} ${message}` : message);
    if (nextStep !== undefined) console.error(isError ? nextText(nextStep) : nextStep);
    return failure.exitCode;
  }
  console.error(`${label} This is a bug in Bandpass`);
  console.error(failure instanceof Error ? failure.stack ?? failure.message : failure);
  console.error(
    `  next: Report it with the lines above, the command, and the output of: ${programName()} doctor`,
  );
  return exitCodes.failure;
}

/**
 * Prints a failure of one thing among several, which ends nothing, on stderr.
 *
 * @param problem What is wrong.
 */
export function reportWarning(problem: BandpassError): void {
  const { message, nextStep } = problem.told(flags);
  console.error(`${styleOf(Deno.stderr).yellow("Warning:")} ${message}`);
  if (nextStep !== undefined) console.error(nextText(nextStep));
}

/** A next step, the lines after its first below it. */
function nextText(nextStep: string): string {
  return `  next: ${nextStep.replaceAll("\n", "\n        ")}`;
}

/** Deno's refusal of a path that the task may not touch, as a failure of the user's. */
function refusedPath(error: unknown): BandpassError | undefined {
  if (!(error instanceof Deno.errors.NotCapable)) return undefined;
  const [, kind, path] = /^Requires (read|write) access to "(.*?)"/.exec(error.message) ?? [];
  if (kind === "read") return readFailure(path, error);
  if (kind === "write") return writeFailure(path, error);
  return undefined;
}
