/**
 * Watches the array jobs that run some steps, until all of these have an outcome.
 *
 * @module
 */
import { basename } from "node:path";
import { BandpassError, InterruptedError } from "../../errors.ts";
import type { OnOutcome } from "../trials/engine.ts";
import { readOutcome, stepName, writeOutcome } from "../trials/outcome_file.ts";
import type { TrialOutcome, TrialStep } from "../trials/trial.ts";
import { readClaims, releaseStep } from "./claims.ts";
import { LostSteps, outputPath, outputTail, trainedEpochs } from "./lost_steps.ts";
import { writeManifest } from "./manifest.ts";
import { writePlace } from "./place_file.ts";
import type { SlurmOptions } from "./slurm_options.ts";
import type { SlurmTask } from "./slurm_programs.ts";

/** Tasks of an array job; Slurm takes 1001 where nobody has set another limit. */
export const mostTasks = 1000;

/** Jobs in a row that may bring neither an outcome nor an epoch. */
const mostFruitless = 3;

/** Why tasks wait where all is well; anything else is told. */
const usualReasons = ["None", "Priority", "Resources", "BeginTime"];

/** The watch over one list of steps. */
export class JobWatch {
  readonly #waiting = new Map<string, TrialStep>();
  readonly #lost: LostSteps;
  readonly #told = new Set<string>(usualReasons);
  /** When Slurm answered last; nothing before it has. */
  #answered?: number;
  /** Jobs since the last outcome or epoch, the epochs then, and the last job. */
  #fruitless = { jobs: 0, epochs: 0, last: "" };

  /**
   * Begins nothing yet.
   *
   * @param options How the engine is set up, its defaults filled in.
   * @param folder The folder of all trials, absolute: its name is how its jobs are found.
   * @param onOutcome Told of each step that has come to its end.
   */
  constructor(
    readonly options: SlurmOptions & Required<Pick<SlurmOptions, "slurm" | "patience" | "onNote">>,
    readonly folder: string,
    readonly onOutcome: OnOutcome,
  ) {
    this.#lost = new LostSteps(folder);
  }

  /**
   * Has the steps run that have no outcome yet.
   *
   * @param steps The steps.
   */
  async run(steps: readonly TrialStep[]): Promise<void> {
    for (const step of steps) {
      if (await readOutcome(this.folder, step) !== undefined) continue;
      this.#waiting.set(stepName(step), step);
    }
    if (this.#waiting.size === 0) return;
    await Deno.mkdir(`${this.folder}/slurm/output`, { recursive: true });
    await writePlace(this.folder, this.options.place);
    await writeManifest(this.folder, [...this.#waiting.values()]);
    const { signal } = this.options;
    await this.#watch().catch((error) => {
      // Ctrl+C reaches the program of Slurm that is running, too.
      if (!signal?.aborted) throw error;
    });
    if (this.#waiting.size > 0) throw await this.#interrupted();
  }

  async #watch(): Promise<void> {
    const { signal, patience: { pauses: [first, most], quiet } } = this.options;
    let [pause, since, before] = [first, performance.now(), ""];
    while (!signal?.aborted) {
      const seen = await this.#look();
      if (this.#waiting.size === 0) return;
      pause = seen === before ? Math.min(2 * pause, most) : first;
      if (seen !== before) since = performance.now();
      if (performance.now() - since > quiet * 1000) throw quietFailure(quiet, this.#waiting.size);
      before = seen;
      await wait(pause, signal);
    }
  }

  /** Takes what has come, and has the rest run; gives what it has seen, as a text. */
  async #look(): Promise<string> {
    const claims = await readClaims(this.folder, this.#waiting.values());
    const tasks = await this.#tasks();
    // A task that had ended before Slurm was asked has left its outcome, if there is one.
    for (const step of [...this.#waiting.values()]) {
      const outcome = await readOutcome(this.folder, step);
      if (outcome !== undefined) await this.#end(step, outcome);
    }
    if (tasks === undefined) return "no answer";
    const ours = tasks.filter(({ folder }) => folder === this.folder);
    const waits = new Set(ours.filter(({ isRunning }) => !isRunning).map(({ name }) => name));
    const runs = new Set(ours.filter(({ isRunning }) => isRunning).map(({ name }) => name));
    for (const [name, claim] of claims) {
      const step = this.#waiting.get(name);
      const isHeld = claim === undefined ? runs.size > 0 : runs.has(claim.task);
      if (step === undefined || isHeld) continue;
      await releaseStep(this.folder, step, claim?.task);
      // What waits again was preempted, or has lost its node: Slurm starts it anew by itself.
      if (claim === undefined || waits.has(claim.task)) continue;
      const outcome = await this.#lost.add(step, claim.task);
      if (outcome === undefined) continue;
      await writeOutcome(this.folder, step, outcome);
      await this.#end(step, outcome);
    }
    this.#tellReasons(ours);
    await this.#submit(this.#waiting.size - ours.length, ours.length === 0);
    return JSON.stringify([[...runs].sort(), [...waits].sort(), this.#waiting.size]);
  }

  async #end(step: TrialStep, outcome: TrialOutcome): Promise<void> {
    this.#waiting.delete(stepName(step));
    this.#fruitless.jobs = 0;
    await this.onOutcome(step, outcome);
  }

  /** All tasks of this user; nothing while Slurm, which has answered before, does not answer. */
  async #tasks(): Promise<SlurmTask[] | undefined> {
    const { slurm, patience: { unreachable }, onNote } = this.options;
    try {
      const tasks = await slurm.tasks();
      this.#answered = performance.now();
      this.#told.delete("silence");
      return tasks;
    } catch (error) {
      if (!(error instanceof BandpassError) || this.#answered === undefined) throw error;
      if (performance.now() - this.#answered > unreachable * 1000) {
        throw new BandpassError(
          `Slurm has not answered for ${spanText(unreachable)}: ${error.message}`,
          "Its jobs go on without this command: run it again once the cluster answers",
        );
      }
      if (!this.#told.has("silence")) {
        onNote(`Slurm does not answer, and is asked again for ${spanText(unreachable)}`);
      }
      this.#told.add("silence");
      return undefined;
    }
  }

  #tellReasons(tasks: readonly SlurmTask[]): void {
    for (const { name, reason, isRunning } of tasks) {
      if (isRunning || this.#told.has(reason)) continue;
      this.#told.add(reason);
      this.options.onNote(`Slurm holds the task ${name} back: ${reason}`);
    }
  }

  /** Submits a job for steps that no task of ours is there for. */
  async #submit(missing: number, isIdle: boolean): Promise<void> {
    if (missing <= 0) return;
    const { slurm, command, sbatchArguments = [], onNote } = this.options;
    let epochs = 0;
    for (const step of this.#waiting.values()) epochs += await trainedEpochs(this.folder, step);
    if (epochs > this.#fruitless.epochs) this.#fruitless.jobs = 0;
    this.#fruitless.epochs = epochs;
    if (this.#fruitless.jobs >= mostFruitless) {
      if (isIdle) throw await this.#fruitlessFailure();
      return;
    }
    const tasks = Math.min(missing, mostTasks);
    const job = await slurm.submit({
      folder: this.folder,
      name: `bandpass-${basename(this.folder)}`,
      tasks,
      // In this option a percent sign begins what Slurm fills in.
      output: outputPath(this.folder.replaceAll("%", "%%"), "%A_%a"),
      script: `#!/bin/sh\nexec ${
        command(this.folder)
      } "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}@\${SLURMD_NODENAME}"\n`,
      arguments: sbatchArguments,
    });
    this.#fruitless.jobs++;
    this.#fruitless.last = `${job}_0`;
    onNote(`Submitted job ${job}: ${tasks === 1 ? "1 task" : `${tasks} tasks`}`);
  }

  async #fruitlessFailure(): Promise<BandpassError> {
    const { last } = this.#fruitless;
    return new BandpassError(
      `Cannot run trials on Slurm: its last ${mostFruitless} jobs brought no outcome; the task ${last} ` +
        `printed ${await outputTail(this.folder, last)}`,
      `See "${outputPath(this.folder, last)}", and run the same command again`,
    );
  }

  /** Cancels the jobs, and says so. */
  async #interrupted(): Promise<InterruptedError> {
    const { slurm, onNote } = this.options;
    try {
      const ours = (await slurm.tasks()).filter(({ folder }) => folder === this.folder);
      const jobs = [...new Set(ours.map(({ job }) => job))];
      if (jobs.length > 0) {
        await slurm.cancel(jobs);
        onNote(`Cancelled on Slurm: ${jobs.join(", ")}`);
      }
    } catch (error) {
      if (!(error instanceof BandpassError)) throw error;
      onNote(
        `Warning: the jobs on Slurm go on, for they could not be cancelled: ${error.message}; end them ` +
          "with scancel, or let the same command find them again",
      );
    }
    return new InterruptedError("Interrupted; what is done is kept", "Go on with the same command");
  }
}

function quietFailure(quiet: number, steps: number): BandpassError {
  return new BandpassError(
    `Slurm has neither begun nor ended a task for ${spanText(quiet)}, and ${steps} trials wait`,
    "Look for the reason with squeue --me; the jobs stay, and the same command goes on",
  );
}

function spanText(seconds: number): string {
  return seconds < 3600
    ? `${Math.round(seconds / 60)} minutes`
    : `${Math.round(seconds / 3600)} hours`;
}

async function wait(seconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    signal?.addEventListener("abort", end);
  });
}
