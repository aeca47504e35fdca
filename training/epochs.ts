/**
 * One epoch after the other: steps are submitted, their losses read at the end.
 *
 * @module
 */
import { DivergedError } from "../errors.ts";
import type { Memory } from "../gpu/memory.ts";
import { readBuffers } from "../gpu/readback.ts";
import { waitForDevice } from "../gpu/staging.ts";
import type { Model } from "../models/model.ts";
import type { Settings } from "../models/settings.ts";
import { smallerLearningRate } from "../models/training_settings.ts";
import type { TrainingPosition } from "./position.ts";
import type { TrainingJob } from "./job.ts";
import type { EpochLine } from "./epoch_line.ts";
import { beginEpoch, type TrainingStep } from "./session.ts";

/** An epoch, or what was done of it. */
export interface TrainedEpoch {
  /** Whether it came to its end. */
  readonly done: boolean;
  /** Seconds that it took, those before an interruption included. */
  readonly seconds: number;
  /** Where to go on. */
  readonly position: TrainingPosition;
  /** Its losses. */
  readonly line: Pick<EpochLine, "epoch" | "loss" | "terms">;
}

/** What trains a model's epochs. */
export class Epochs {
  readonly #pace = new Pace();

  /**
   * Nothing is trained yet.
   *
   * @param job What is trained.
   * @param memory Where the model is.
   * @param model The model.
   * @param step Its training step.
   */
  constructor(
    readonly job: TrainingJob,
    readonly memory: Memory,
    readonly model: Model,
    readonly step: TrainingStep,
  ) {}

  /**
   * Trains from a position up to the end of its epoch, or to where the signal is seen to be aborted.
   *
   * @param position Where to begin.
   * @param signal Ends it before the end of the epoch.
   * @throws {DivergedError} A loss or parameter is not finite.
   */
  async train(position: TrainingPosition, signal?: AbortSignal): Promise<TrainedEpoch> {
    const { gpu, settings, seed } = this.job;
    const { program, losses, optimiser, record, stepsPerEpoch } = this.step;
    const { epoch } = position;
    let { epochStep } = position;
    const started = performance.now();
    this.model.onEpoch?.(epoch);
    beginEpoch(this.memory, this.step, { seed, epoch, epochStep }, settings);
    while (epochStep < stepsPerEpoch) {
      const pace = this.#pace.steps;
      const end = Math.min(stepsPerEpoch, epochStep + pace);
      const from = performance.now();
      for (let step = epochStep; step < end; step++) program.submit();
      const submitted = end - epochStep;
      epochStep = end;
      if (epochStep === stepsPerEpoch) break;
      await waitForDevice(gpu.device);
      this.#pace.measure(submitted, (performance.now() - from) / 1000);
      gpu.check();
      if (signal?.aborted) break;
    }
    const names = losses.names;
    const [recordBytes, nonFiniteBytes] = await readBuffers(this.memory, [
      { allocation: record, bytes: epochStep * names.length * 4 },
      { allocation: optimiser.nonFinite, bytes: 4 },
    ]);
    const seconds = position.epochSeconds + (performance.now() - started) / 1000;
    const terms = new Float32Array(recordBytes);
    refuseDivergence(
      this.job,
      epoch + 1,
      terms,
      names,
      new Uint32Array(nonFiniteBytes)[0],
    );
    const means = names.map((_, term) => {
      let sum = 0;
      for (let step = 0; step < epochStep; step++) sum += terms[step * names.length + term];
      return sum / epochStep;
    });
    const done = epochStep === stepsPerEpoch;
    return {
      done,
      seconds,
      position: {
        epoch: done ? epoch + 1 : epoch,
        epochStep: done ? 0 : epochStep,
        stopping: position.stopping,
        epochSeconds: done ? 0 : seconds,
      },
      line: {
        epoch: epoch + 1,
        loss: means.reduce((sum, mean) => sum + mean, 0),
        terms: Object.fromEntries(names.map((name, n) => [name, means[n]])),
      },
    };
  }
}

/**
 * How many steps are submitted before the CPU looks whether the signal is aborted. The look costs 11 ms
 * (webgpu.md, trap 2), so there is about one a second; an epoch shorter than that has none.
 */
class Pace {
  steps = 1;

  measure(steps: number, seconds: number): void {
    const fitting = Math.floor(steps / Math.max(seconds, 1e-3));
    this.steps = Math.max(1, Math.min(fitting, this.steps * 8));
  }
}

function refuseDivergence(
  { definition, settings }: TrainingJob,
  epoch: number,
  terms: Float32Array,
  names: readonly string[],
  nonFinite: number,
): void {
  const at = terms.findIndex((term) => !Number.isFinite(term));
  if (at === -1 && nonFinite === 0) return;
  const what = at === -1
    ? "parameters became infinite or NaN"
    : `the ${names[at % names.length]} loss became ${terms[at]} in step ${
      Math.floor(at / names.length) + 1
    }`;
  throw new DivergedError(
    `Training diverged in epoch ${epoch}: ${what}`,
    ({ setting }) => {
      const { learning_rate: rate } = settings;
      const { standardise }: Settings = settings;
      const smaller = smallerLearningRate(rate, Number(definition.settings.learning_rate.default));
      return "Use a smaller learning rate: " +
        `${setting("settings.learning_rate", String(smaller))} (it was ${rate})` +
        (standardise === false
          ? `; or, where features are large numbers, ${setting("settings.standardise", "true")}`
          : "");
    },
  );
}
