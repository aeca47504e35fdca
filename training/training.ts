/**
 * The training loop: epochs, validation, early stopping, checkpoints (methods.md, §1).
 *
 * @module
 */
import { InterruptedError } from "../errors.ts";
import type { CompileOptions } from "../gpu/compile_kernels.ts";
import type { ComputeObservers } from "../gpu/compute_observers.ts";
import { Memory } from "../gpu/memory.ts";
import { type LaunchTime, profileLaunches } from "../gpu/profile.ts";
import type { Tensor } from "../gpu/tensor.ts";
import type { Model } from "../models/model.ts";
import { type Metrics, metricsFromRanks } from "../evaluation/metrics.ts";
import type { Ranking } from "../evaluation/ranking.ts";
import { ScoredModel } from "../evaluation/scored_model.ts";
import { type UntrainedItems, untrainedItems } from "../evaluation/untrained_items.ts";
import { parameterCheckpoint, restoreParameters, stateCheckpoint } from "./checkpoint.ts";
import { type Course, openCourse, resultOf } from "./course.ts";
import { readDiagnostics } from "./diagnostics.ts";
import { Epochs, type TrainedEpoch } from "./epochs.ts";
import type { TrainingJob } from "./job.ts";
import { foretellEpoch, type ForetoldEpoch } from "./foretell.ts";
import { interrupted } from "./interrupted.ts";
import { newPosition, stopReason, type TrainingPosition } from "./position.ts";
import { requireRows } from "./required_rows.ts";
import { finishedResult, unfinishedResult } from "./run_result.ts";
import { beginEpoch, buildTrainingStep, type TrainingStep } from "./session.ts";
import {
  type RunOptions,
  stoppingMetric,
  type TrainingResult,
  type UntestedResult,
} from "./training_result.ts";
import { drawnUsers, withDrawnUsers } from "./validation_users.ts";
import type { TrainingStore } from "./training_store.ts";

/** A model in training: everything is planned, nothing is allocated. */
export class Training {
  /** The model, which ranks and recommends by its parameters as they are. */
  readonly scored: ScoredModel;
  readonly #model: Model;
  readonly #step: TrainingStep;
  readonly #epochs: Epochs;
  readonly #validation: Ranking;
  readonly #test: Ranking;
  readonly #record: Tensor;

  /**
   * Plans a training.
   *
   * @param job What is trained.
   * @throws {DataError} The dataset lacks train rows, validation rows or what the model needs.
   * @throws {InterruptedError} The signal is aborted.
   */
  static async plan(job: TrainingJob): Promise<Training> {
    const { gpu, dataset, definition, settings, seed, cache, note, signal } = job;
    requireRows(dataset);
    const memory = new Memory(gpu, { reuse: true });
    const model = await definition.build({ memory, dataset, settings, seed, cache, note, signal });
    const untrained = await untrainedItems(gpu, dataset, { note });
    return new Training(job, memory, model, untrained);
  }

  private constructor(
    readonly job: TrainingJob,
    readonly memory: Memory,
    model: Model,
    untrained?: UntrainedItems,
  ) {
    const { dataset, settings } = job;
    this.#model = model;
    const step = this.#step = buildTrainingStep(memory, model, dataset, settings, job.note);
    this.#epochs = new Epochs(job, memory, model, step);
    const terms = step.losses.names.length;
    this.#record = {
      label: "epoch record",
      rows: step.stepsPerEpoch,
      columns: terms,
      allocation: step.record,
      differentiable: false,
    };
    this.scored = new ScoredModel(memory, dataset, model, untrained);
    const ranked = withDrawnUsers(dataset, job.evalUsers, job.seed);
    this.#validation = this.scored.planRanking("valid", "train", { dataset: ranked });
    this.#test = this.scored.planRanking("test", "train");
  }

  /** The parameters of the model. */
  get parameters(): readonly Tensor[] {
    return this.#model.parameters;
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
   * The time of each launch in the first step of an epoch; it is a training step like any other.
   *
   * @throws {GpuError} The device has no timestamps.
   */
  async profileStep(): Promise<LaunchTime[]> {
    const { settings, seed } = this.job;
    beginEpoch(this.memory, this.#step, { seed, epoch: 0, epochStep: 0 }, settings);
    return await profileLaunches(this.#step.program);
  }

  /**
   * Seconds of an epoch and of its validation, foretold by a few steps; what they have trained is of no use.
   *
   * @param signal Ends it early.
   */
  async foretell(signal?: AbortSignal): Promise<ForetoldEpoch> {
    const [step, model, validation] = [this.#step, this.#model, this.#validation];
    return await foretellEpoch({
      ...{ job: this.job, memory: this.memory, step, model },
      validation,
      scored: this.scored,
    }, signal);
  }

  /** Makes all pipelines, and allocates what is planned; the options are those of a program. */
  async compile(options?: CompileOptions): Promise<void> {
    await this.#step.program.compile(options);
    await this.scored.compile();
  }

  /**
   * Trains until early stopping or the last epoch, then evaluates the best epoch on the test split. What
   * came of it is kept by the store, however it ends.
   *
   * @param store Where checkpoints and metrics go.
   * @param options How it goes on, and who hears of it.
   * @throws {DivergedError} A loss or parameter is not finite.
   * @throws {InterruptedError} The signal is aborted; the state is saved, where the store keeps one.
   */
  async run(store: TrainingStore, options: RunOptions = {}): Promise<TrainingResult> {
    const { signal, onProgress } = options;
    return await this.#run(store, options, async (result, position) => {
      using best = await store.openCheckpoint("best");
      await restoreParameters(this.memory, this.#model.parameters, best);
      try {
        return { ...result, test: await this.#evaluate(this.#test, { signal, onProgress }) };
      } catch (error) {
        throw error instanceof InterruptedError ? interrupted(store, position, signal) : error;
      }
    });
  }

  /**
   * Trains as {@linkcode run} does, and does not look at the test split. The store's result says so.
   *
   * @param store Where checkpoints and metrics go.
   * @param options How it goes on, and who hears of it.
   * @throws {DivergedError} A loss or parameter is not finite.
   * @throws {InterruptedError} The signal is aborted; the state is saved, where the store keeps one.
   */
  async runUntested(store: TrainingStore, options: RunOptions = {}): Promise<UntestedResult> {
    return await this.#run(store, options, (result) => Promise.resolve(result));
  }

  async #run<Result extends UntestedResult>(
    store: TrainingStore,
    options: RunOptions,
    finish: (result: UntestedResult, position: TrainingPosition) => Promise<Result>,
  ): Promise<Result> {
    const course = await openCourse(store, this, this.#state, options.resume);
    try {
      await store.writeResult();
      await this.#train(store, course, options);
      const result = await finish(resultOf(course, this.job), course.position);
      await store.writeResult(finishedResult(this.job, result));
      return result;
    } catch (error) {
      const { position, lines } = course;
      await store.writeResult(unfinishedResult(this.job, error, position, lines))
        .catch(() => {/* What ended the training is told. */});
      throw error;
    }
  }

  /** Trains epoch after epoch. */
  async #train(store: TrainingStore, course: Course, options: RunOptions): Promise<void> {
    const { signal, onEpoch, onProgress } = options;
    const { lines, diagnostics } = course;
    let savedAt = performance.now();
    while (stopReason(course.position, this.job) === undefined) {
      const { position } = course;
      const epoch = await this.#epochs.train(position, signal);
      if (!epoch.done) {
        await this.#save(store, epoch.position);
        throw interrupted(store, epoch.position, signal);
      }
      const validation = await this.#evaluate(this.#validation, { onProgress });
      const { stopping } = position;
      const isBetter = validation[stoppingMetric] > stopping.bestScore;
      course.position = {
        ...epoch.position,
        stopping: isBetter
          ? {
            bestScore: validation[stoppingMetric],
            bestEpoch: position.epoch + 1,
            withoutBetter: 0,
          }
          : { ...stopping, withoutBetter: stopping.withoutBetter + 1 },
      };
      const drawn = drawnUsers(this.job.dataset, this.job.evalUsers);
      const line = { ...epoch.line, validation, ...drawn, seconds: epoch.seconds };
      lines.push(line);
      if (isBetter) {
        const metadata = { model: this.job.definition.name, epoch: String(course.position.epoch) };
        await store.writeCheckpoint(
          "best",
          parameterCheckpoint(this.memory, this.#model.parameters, metadata),
        );
      }
      await store.writeMetrics(lines);
      // A run without those of its first epochs goes on without.
      if (this.#hasDiagnostics && diagnostics.length === position.epoch) {
        const { dataset } = this.job;
        const tables = await readDiagnostics(this.memory, dataset, this.scored.diagnostics);
        diagnostics.push({ epoch: course.position.epoch, tables });
        await store.writeDiagnostics(diagnostics);
      }
      if (!course.isSaved || performance.now() - savedAt > saveInterval) {
        await this.#save(store, course.position);
        course.isSaved = true;
        savedAt = performance.now();
      }
      onEpoch?.({ line, stopping: course.position.stopping, lines });
      if (signal?.aborted) {
        await this.#save(store, course.position);
        throw interrupted(store, course.position, signal);
      }
    }
    await this.#save(store, course.position);
  }

  get #hasDiagnostics(): boolean {
    return this.scored.diagnostics.length > 0;
  }

  /**
   * Trains epoch after epoch without evaluating or writing anything, for as long as it is asked: for
   * benchmarks.
   */
  async *bareEpochs(): AsyncGenerator<TrainedEpoch> {
    for (let position = newPosition;;) {
      const epoch = await this.#epochs.train(position);
      yield epoch;
      position = epoch.position;
    }
  }

  /** Gives back the device's memory. */
  close(): void {
    this.memory.destroy();
  }

  get #state() {
    return {
      parameters: this.#model.parameters,
      optimiser: this.#step.optimiser,
      record: this.#record,
    };
  }

  async #save(store: TrainingStore, position: TrainingPosition): Promise<void> {
    const saved = { ...position, epochs: this.job.epochs };
    await store.writeCheckpoint("last", stateCheckpoint(this.memory, this.#state, saved));
  }

  async #evaluate(ranking: Ranking, observers: ComputeObservers): Promise<Metrics> {
    this.scored.represent();
    return metricsFromRanks(await ranking.run(observers));
  }
}

/** Milliseconds of training that a killed process may lose; the first epoch is saved at once. */
const saveInterval = 30_000;
