/**
 * What is said of a training that was interrupted or diverged.
 *
 * @module
 */
import { DivergedError, InterruptedError } from "../../errors.ts";
import type { RunFolder } from "../../training/run_folder.ts";
import { shownPath } from "../common/paths.ts";

/**
 * The error that ended a training, with what can be done with its run.
 *
 * @param error What was thrown.
 * @param folder The run.
 * @param modelFile The file that defines the model, where that is not built in.
 */
export async function ended(
  error: unknown,
  folder: RunFolder,
  modelFile: string | undefined,
): Promise<unknown> {
  const path = shownPath(folder.path);
  if (error instanceof InterruptedError) {
    const model = modelFile === undefined ? undefined : { model: modelFile };
    return new InterruptedError(
      error.message,
      ({ command }) => `Resume with: ${command("train", { resume: path, ...model })}`,
    );
  }
  if (error instanceof DivergedError && await folder.hasCheckpoint("best")) {
    return new DivergedError(
      `${error.message}; the best epoch before is kept in ${path}`,
      (words) => error.told(words).nextStep!,
    );
  }
  return error;
}
