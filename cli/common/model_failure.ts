/**
 * What goes wrong in the code of a model that a user has defined.
 *
 * @module
 */
import { DataError } from "../../errors.ts";

/** The files that were imported, by their addresses: what fails in them is no defect of Bandpass. */
export const importedModels: Map<string, string> = new Map();

/** What to do about it. */
export const mend = "Fix the file; docs/adding_a_model.md shows a complete one";

/**
 * The line of an imported file that an error comes from, in brackets.
 *
 * @param error What was thrown.
 * @returns Nothing where no line of such a file had to do with it.
 */
export function placeIn(error: Error): string {
  for (const [, address, place] of error.stack?.matchAll(/(file:\/\/\S+?):(\d+:\d+)/g) ?? []) {
    const path = importedModels.get(address);
    if (path !== undefined) return ` (${path}:${place})`;
  }
  return "";
}

/**
 * What went wrong in the code of an imported model, which is the user's to fix.
 *
 * @param error What was thrown.
 * @returns `undefined` where no line of such a file had to do with it.
 */
export function modelFailure(error: unknown): DataError | undefined {
  if (!(error instanceof Error)) return undefined;
  const place = placeIn(error);
  if (place === "") return undefined;
  return new DataError(`Your model failed: ${error.message}${place}`, mend);
}
