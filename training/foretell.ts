/**
 * How long an epoch will take, by a few of its steps and a block of its validation.
 *
 * @module
 */
import { refuseAborted } from "../errors.ts";
import type { Ranking } from "../evaluation/ranking.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import type { Memory } from "../gpu/memory.ts";
import { waitForDevice } from "../gpu/staging.ts";
import type { Model } from "../models/model.ts";
import type { TrainingJob } from "./job.ts";
import { beginEpoch, type TrainingStep } from "./session.ts";

/** What an epoch takes. */
export interface ForetoldEpoch {
  /** Steps that were timed. */
  readonly timedSteps: number;
  /** Seconds of an epoch's training. */
  readonly epoch: number;
  /** Seconds of the validation after it. */
  readonly validation: number;
}

/** A training that is compiled. */
export interface ForetoldTraining {
  /** What is trained. */
  readonly job: TrainingJob;
  /** Where it is planned. */
  readonly memory: Memory;
  /** Its step. */
  readonly step: TrainingStep;
  /** The model. */
  readonly model: Model;
  /** What represents it. */
  readonly scored: ScoredModel;
  /** What ranks validation. */
  readonly validation: Ranking;
}

/** Steps are timed for about so long, and so many at most. */
const [timedSeconds, mostSteps] = [2, 200];

/**
 * Runs the beginning of an epoch, and of a validation.
 *
 * @param training What is trained; its parameters are of no use afterwards.
 * @param signal Ends it early.
 * @throws {InterruptedError} The signal is aborted.
 * @throws {GpuError} The device has reported an error.
 */
export async function foretellEpoch(
  { job, memory, step, model, scored, validation }: ForetoldTraining,
  signal?: AbortSignal,
): Promise<ForetoldEpoch> {
  const { program, stepsPerEpoch } = step;
  const secondsOf = async (submit: () => void) => {
    refuseAborted(signal);
    const started = performance.now();
    submit();
    await waitForDevice(job.gpu.device);
    job.gpu.check();
    return (performance.now() - started) / 1000;
  };
  const begin = () => {
    model.onEpoch?.(0);
    beginEpoch(memory, step, { seed: job.seed, epoch: 0, epochStep: 0 }, job.settings);
  };
  const submit = (steps: number) => {
    for (let n = 0; n < steps; n++) program.submit();
  };
  // A driver compiles in the first step what it has put off.
  begin();
  await secondsOf(() => submit(1));
  begin();
  const one = await secondsOf(() => submit(1));
  // All at once, as an epoch has them: each wait costs milliseconds (webgpu.md, trap 2).
  const fitting = Math.floor(timedSeconds / Math.max(one, 1e-3));
  const timedSteps = Math.max(1, Math.min(fitting, mostSteps, stepsPerEpoch));
  const beginning = await secondsOf(begin);
  const seconds = timedSteps === 1 ? one : await secondsOf(() => submit(timedSteps));
  const represent = () => scored.represent();
  await secondsOf(represent);
  return {
    timedSteps,
    epoch: beginning + stepsPerEpoch * seconds / timedSteps,
    validation: await secondsOf(represent) + await validation.foretell(),
  };
}
