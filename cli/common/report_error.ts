/**
 * The one place where a failure is printed and becomes an exit code.
 *
 * @module
 */
import { readFailure, writeFailure } from "../../data/file_failure.ts";
import { BandpassError, exitCodes } from "../../errors.ts";
import { flags } from "./flags.ts";
import { modelFailure } from "./model_file.ts";
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
  const failure = error instanceof BandpassError
    ? error
    : refusedPath(error) ?? modelFailure(error) ?? error;
  if (failure instanceof BandpassError) {
    const { message, nextStep } = failure.told(flags);
    console.error(`error: ${message}`);
    if (nextStep !== undefined) console.error(`  next: ${nextStep}`);
    return failure.exitCode;
  }
  console.error("error: This is a defect of Bandpass");
  console.error(failure instanceof Error ? failure.stack ?? failure.message : failure);
  console.error(
    `  next: Report it with the lines above, the command, and: ${programName()} doctor`,
  );
  return exitCodes.failure;
}

/** Deno's refusal of a path that the task may not touch, as a failure of the user's. */
function refusedPath(error: unknown): BandpassError | undefined {
  if (!(error instanceof Deno.errors.NotCapable)) return undefined;
  const [, kind, path] = /^Requires (read|write) access to "(.*?)"/.exec(error.message) ?? [];
  if (kind === "read") return readFailure(path, error);
  if (kind === "write") return writeFailure(path, error);
  return undefined;
}
