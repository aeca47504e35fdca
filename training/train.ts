/**
 * The training loop: epochs, validation, early stopping, checkpoints (methods.md, §1).
 *
 * @module
 */
import { DataError, InterruptedError } from "../errors.ts";
import { Memory } from "../gpu/memory.ts";
import { type KernelTime, profile } from "../gpu/profile.ts";
import { Program, type Tensor } from "../gpu/program.ts";
import type { Diagnostic, Model } from "../models/model.ts";
import { type Metrics, metricsFromRanks } from "../evaluation/metrics.ts";
import { Ranking } from "../evaluation/ranking.ts";
import {
  parameterCheckpoint,
  restoreParameters,
  restoreState,
  stateCheckpoint,
  type StoppingState,
  type TrainingPosition,
} from "./checkpoint.ts";
import { readDiagnostics } from "./diagnostics.ts";
import { Epochs } from "./epochs.ts";
import { Interruption } from "./interruption.ts";
import type { TrainingJob } from "./job.ts";
import type { EpochLine, RunFolder } from "./run_folder.ts";
import { beginEpoch, buildTrainingStep, type TrainingStep } from "./session.ts";

/** The validation score that early stopping follows. */
export const stoppingMetric = "recall@20";

/** What a training reports after each epoch. */
export interface EpochProgress {
  /** The epoch. */
  readonly line: EpochLine;
  /** Early stopping after it. */
  readonly stopping: StoppingState;
}

/** What a training gave. */
export interface TrainingResult {
  /** Epochs that were run, in all sessions. */
  readonly epochs: number;
  /** Mean seconds of an epoch's training, evaluation not counted. */
  readonly secondsPerEpoch: number;
  /** The epoch of the best validation score, counted from 1. */
  readonly bestEpoch: number;
  /** Metrics of its parameters on the validation split. */
  readonly validation: Metrics;
  /** Metrics of its parameters on the test split. */
  readonly test: Metrics;
}

/** A model in training: everything is planned, nothing is allocated. */
export class Training {
  readonly #memory: Memory;
  readonly #model: Model;
  readonly #step: TrainingStep;
  readonly #epochs: Epochs;
  readonly #representing: Program;
  readonly #diagnostics: readonly Diagnostic[];
  readonly #validation: Ranking;
  readonly #test: Ranking;
  readonly #record: Tensor;

  /**
   * Plans a training.
   *
   * @param job What is trained.
   * @throws {DataError} The dataset lacks train rows, validation rows or what the model needs.
   */
  static async plan(job: TrainingJob): Promise<Training> {
    const { gpu, dataset, definition, settings, seed, cache, note } = job;
    for (const split of ["train", "valid", "test"] as const) {
      if (dataset[split].users.length > 0) continue;
      throw new DataError(
        `Cannot train on "${dataset.name}": its ${split} split has no rows`,
        `Give some rows of the .inter file the x_label ${
          { train: 0, valid: 1, test: 2 }[split]
        }; the best epoch is chosen on validation rows and reported on test rows`,
      );
    }
    const memory = new Memory(gpu, { reuse: true });
    return new Training(
      job,
      memory,
      await definition.build({ memory, dataset, settings, seed, cache, note }),
    );
  }

  private constructor(readonly job: TrainingJob, memory: Memory, model: Model) {
    const { dataset, settings } = job;
    this.#memory = memory;
    this.#model = model;
    const step = this.#step = buildTrainingStep(memory, model, dataset, settings);
    this.#epochs = new Epochs(job, memory, model, step);
    const terms = step.losses.names.length;
    this.#record = {
      label: "epoch record",
      rows: step.stepsPerEpoch,
      columns: terms,
      allocation: step.record,
      differentiable: false,
    };
    const representing = this.#representing = new Program(memory, "representation");
    const representation = model.represent(representing);
    this.#diagnostics = model.diagnose?.(representing) ?? [];
    for (const { table } of this.#diagnostics) memory.keep(table.allocation);
    const source = { kind: "products", representation } as const;
    this.#validation = new Ranking(memory, dataset, "valid", "train", source);
    this.#test = new Ranking(memory, dataset, "test", "train", source);
  }

  /** Where all of it is planned. */
  get memory(): Memory {
    return this.#memory;
  }

  /** Dispatches of a step; it is one submit. */
  get dispatchesPerStep(): number {
    return this.#step.program.launches;
  }

  /** Steps of an epoch. */
  get stepsPerEpoch(): number {
    return this.#step.stepsPerEpoch;
  }

  /**
   * The time of each kernel in the first step of an epoch; it is a training step like any other.
   *
   * @throws {GpuError} The device has no timestamps.
   */
  async profileStep(): Promise<KernelTime[]> {
    const { dataset, settings, seed } = this.job;
    beginEpoch(this.#memory, this.#step, dataset, { seed, epoch: 0, epochStep: 0 }, settings);
    return await profile(this.#step.program);
  }

  /** Makes all pipelines, and allocates what is planned. */
  async compile(): Promise<void> {
    await this.#step.program.compile();
    await this.#representing.compile();
    await this.#validation.compile();
    await this.#test.compile();
  }

  /**
   * Trains until early stopping or the last epoch, then evaluates the best epoch on the test split.
   *
   * @param folder Where checkpoints and metrics go.
   * @param resume Whether to go on from the folder's `last.safetensors`.
   * @param report Told of every epoch.
   * @throws {DivergedError} A loss or parameter is not finite.
   * @throws {InterruptedError} A signal came; the state is saved.
   */
  async run(
    folder: RunFolder,
    resume: boolean,
    report: (progress: EpochProgress) => void,
  ): Promise<TrainingResult> {
    using interruption = new Interruption();
    let position = newPosition;
    if (resume) {
      const path = folder.checkpointPath("last");
      position = restoreState(this.#memory, this.#state, await folder.checkpoint("last"), path);
    }
    const lines = await folder.metrics(position.epoch);
    const hasDiagnostics = this.#diagnostics.length > 0;
    const told = hasDiagnostics ? await folder.diagnostics(position.epoch) : [];
    const { epochs, settings: { patience } } = this.job;
    let savedAt = performance.now();
    while (position.epoch < epochs && position.stopping.withoutBetter <= patience) {
      const epoch = await this.#epochs.train(position, interruption);
      if (!epoch.done) {
        await this.#save(folder, epoch.position);
        throw interrupted(folder, interruption);
      }
      const validation = await this.#evaluate(this.#validation);
      const { stopping } = position;
      const isBetter = validation[stoppingMetric] > stopping.bestScore;
      position = {
        ...epoch.position,
        stopping: isBetter
          ? {
            bestScore: validation[stoppingMetric],
            bestEpoch: position.epoch + 1,
            withoutBetter: 0,
          }
          : { ...stopping, withoutBetter: stopping.withoutBetter + 1 },
      };
      const line = { ...epoch.line, validation, seconds: epoch.seconds };
      lines.push(line);
      if (isBetter) {
        const metadata = { model: this.job.definition.name, epoch: String(position.epoch) };
        await folder.writeCheckpoint(
          "best",
          await parameterCheckpoint(this.#memory, this.#model.parameters, metadata),
        );
      }
      await folder.writeMetrics(lines);
      if (hasDiagnostics) {
        const { dataset } = this.job;
        const tables = await readDiagnostics(this.#memory, dataset, this.#diagnostics);
        told.push({ epoch: position.epoch, tables });
        await folder.writeDiagnostics(told);
      }
      report({ line, stopping: position.stopping });
      if (performance.now() - savedAt > saveInterval) {
        await this.#save(folder, position);
        savedAt = performance.now();
      }
      if (interruption.received) {
        await this.#save(folder, position);
        throw interrupted(folder, interruption);
      }
    }
    await this.#save(folder, position);
    const path = folder.checkpointPath("best");
    restoreParameters(
      this.#memory,
      this.#model.parameters,
      await folder.checkpoint("best"),
      path,
    );
    return {
      epochs: position.epoch,
      secondsPerEpoch: lines.reduce((sum, { seconds }) => sum + seconds, 0) / lines.length,
      bestEpoch: position.stopping.bestEpoch,
      validation: lines[position.stopping.bestEpoch - 1].validation,
      test: await this.#evaluate(this.#test),
    };
  }

  /**
   * Trains some epochs without evaluating or writing anything: for benchmarks.
   *
   * @param epochs How many.
   * @returns Seconds of each.
   */
  async timeEpochs(epochs: number): Promise<number[]> {
    using interruption = new Interruption();
    const seconds: number[] = [];
    let position = newPosition;
    for (let n = 0; n < epochs && !interruption.received; n++) {
      const epoch = await this.#epochs.train(position, interruption);
      seconds.push(epoch.seconds);
      position = epoch.position;
    }
    return seconds;
  }

  /** Gives back the device's memory. */
  close(): void {
    this.#memory.destroy();
  }

  get #state() {
    return {
      parameters: this.#model.parameters,
      optimiser: this.#step.optimiser,
      record: this.#record,
    };
  }

  async #save(folder: RunFolder, position: TrainingPosition): Promise<void> {
    await folder.writeCheckpoint(
      "last",
      await stateCheckpoint(this.#memory, this.#state, position),
    );
  }

  async #evaluate(ranking: Ranking): Promise<Metrics> {
    this.#representing.submit();
    return metricsFromRanks(await ranking.run());
  }
}

const newPosition: TrainingPosition = {
  epoch: 0,
  epochStep: 0,
  stopping: { bestScore: -1, bestEpoch: 0, withoutBetter: 0 },
  epochSeconds: 0,
};

/** Milliseconds of training that a killed process may lose. */
const saveInterval = 30_000;

function interrupted(folder: RunFolder, { received }: Interruption): InterruptedError {
  return new InterruptedError(
    `Interrupted by ${received}; the state is saved in "${folder.checkpointPath("last")}"`,
    `Go on with deno task train --resume ${folder.path}`,
  );
}
