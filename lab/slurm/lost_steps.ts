/**
 * Steps whose task has ended without an outcome: killed, out of memory or time, or with its node.
 *
 * @module
 */
import { excerpt } from "../../data/excerpt.ts";
import { countLines } from "../../training/line_file.ts";
import { stepName, trialPath } from "../trials/outcome_file.ts";
import type { TrialOutcome, TrialStep } from "../trials/trial.ts";

/** How often in a row a step may be lost without an epoch more. */
export const mostLosses = 3;

/** Lines and characters of a task's output that a message quotes. */
const tail = { lines: 3, characters: 300 };

/**
 * Where the output of a task is.
 *
 * @param folder The folder of all trials.
 * @param task Its name, such as `12_3`.
 */
export function outputPath(folder: string, task: string): string {
  return `${folder}/slurm/output/${task}.txt`;
}

/**
 * The end of what a task has printed, in one line.
 *
 * @param folder The folder of all trials.
 * @param task Its name.
 */
export async function outputTail(folder: string, task: string): Promise<string> {
  const text = await Deno.readTextFile(outputPath(folder, task)).catch(() => "");
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return lines.length === 0
    ? "nothing"
    : `"${excerpt(lines.slice(-tail.lines).join("; "), tail.characters)}"`;
}

/**
 * The epochs that a trial has been trained.
 *
 * @param folder The folder of all trials.
 * @param step One of its steps.
 */
export async function trainedEpochs(folder: string, { number }: TrialStep): Promise<number> {
  return await countLines(`${trialPath(folder, number)}/metrics.jsonl`);
}

/** How often steps were lost. */
export class LostSteps {
  readonly #losses = new Map<string, { count: number; epochs: number }>();

  /**
   * Keeps them for a folder.
   *
   * @param folder The folder of all trials.
   */
  constructor(readonly folder: string) {}

  /**
   * Counts a loss. What has trained since the last one begins to count anew: a task that was preempted or ran out
   * of time has brought the trial further.
   *
   * @param step The step.
   * @param task The task that had it.
   * @returns The outcome of a step that is given up; nothing for one that is to be tried again.
   */
  async add(step: TrialStep, task: string): Promise<TrialOutcome | undefined> {
    const epochs = await trainedEpochs(this.folder, step);
    const before = this.#losses.get(stepName(step));
    const count = before?.epochs === epochs ? before.count + 1 : 1;
    this.#losses.set(stepName(step), { count, epochs });
    if (count < mostLosses) return undefined;
    const reason =
      `Its tasks on Slurm ended ${mostLosses} times without an outcome; the last one ` +
      `printed ${await outputTail(this.folder, task)}`;
    return {
      ...{ status: "failed", epochs, reason, best_epoch: null, validation: null },
      ...{ seconds: 0, gpu_bytes: 0 },
    };
  }
}
