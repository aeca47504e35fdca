/**
 * The outcomes of steps, a file each: what a worker leaves for whoever decides what is run next. A file is
 * whole or not there, so that nothing is lost with a worker but the step that it was in.
 *
 * @module
 */
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { exists } from "../../data/exists.ts";
import { writeFailure } from "../../data/file_failure.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { removeIfThere } from "../../data/remove_if_there.ts";
import { checkedJsonText, parseCheckedJson } from "../../training/checked_json.ts";
import { mostConfigBytes } from "../../training/configuration_file.ts";
import type { TrialOutcome, TrialStep } from "./trial.ts";

const keys = [
  ...["number", "rung", "epochs", "trial", "outcome"] as const,
];

/** The name of the run of a trial: its number, of four digits or more. */
export function trialName(number: number): string {
  return String(number).padStart(4, "0");
}

/**
 * The folder of the run of a trial.
 *
 * @param folder The folder of all trials, such as `runs/NAME`.
 * @param number The number of the trial.
 */
export function trialPath(folder: string, number: number): string {
  return `${folder}/trials/${trialName(number)}`;
}

/** The name of the files of a step: its trial and how often that was taken further before. */
export function stepName({ number, rung }: Pick<TrialStep, "number" | "rung">): string {
  return `${trialName(number)}-${rung}`;
}

function outcomePath(folder: string, step: Pick<TrialStep, "number" | "rung">): string {
  return `${folder}/outcomes/${stepName(step)}.json`;
}

/**
 * Removes a trial that was begun and is left out, so that its number is free.
 *
 * @param folder The folder of all trials.
 * @param step Its only step.
 * @throws {BandpassError} It cannot be removed.
 */
export async function removeTrial(folder: string, step: TrialStep): Promise<void> {
  const path = trialPath(folder, step.number);
  await Deno.remove(path, { recursive: true }).catch((error) => {
    // A failed trial has none.
    if (!(error instanceof Deno.errors.NotFound)) throw writeFailure(path, error);
  });
  await removeIfThere(outcomePath(folder, step));
}

/**
 * Keeps what came of a step.
 *
 * @param folder The folder of all trials.
 * @param step The step.
 * @param outcome What came of it.
 * @throws {BandpassError} It cannot be written.
 */
export async function writeOutcome(
  folder: string,
  step: TrialStep,
  outcome: TrialOutcome,
): Promise<void> {
  await Deno.mkdir(`${folder}/outcomes`, { recursive: true });
  const { number, rung, epochs, trial } = step;
  const contents = { number, rung, epochs, trial, outcome };
  await writeFileAtomically(outcomePath(folder, step), checkedJsonText(contents));
}

/**
 * What came of a step.
 *
 * @param folder The folder of all trials.
 * @param step The step.
 * @returns Nothing where it was not run to its end, or was another step then.
 * @throws {DataError} The file is damaged.
 */
export async function readOutcome(
  folder: string,
  step: TrialStep,
): Promise<TrialOutcome | undefined> {
  const path = outcomePath(folder, step);
  if (!await exists(path)) return undefined;
  const text = await readTextFile(path, mostConfigBytes);
  const otherwise = "remove it: the step is run again then";
  const { outcome, ...found } = parseCheckedJson(text, path, keys, { otherwise });
  const { number, rung, epochs, trial } = step;
  const isSame = JSON.stringify(found) === JSON.stringify({ number, rung, epochs, trial });
  return isSame ? outcome as TrialOutcome : undefined;
}
