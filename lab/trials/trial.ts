/**
 * A trial: a model with settings and a seed, which is trained so far and judged by validation alone.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import type { Metrics } from "../../evaluation/metrics.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { SomeSettings } from "../../models/search.ts";

/** What is tried. */
export interface Trial {
  /** The name of a built-in model. */
  readonly model: string;
  /** Settings of the model by their keys; the others are as `train` has them for the dataset. */
  readonly settings: SomeSettings;
  /** What all random numbers follow from. */
  readonly seed: number;
}

/** A trial, and how far it is to be taken next: plain JSON, so that any process can run it. */
export interface TrialStep {
  /** The number of the trial, which its run is called after. */
  readonly number: number;
  /** How often it was taken further before. */
  readonly rung: number;
  /** Epochs that it then has at most; a model without training is computed whole. */
  readonly epochs: number;
  /** The trial. */
  readonly trial: Trial;
}

/** What came of a step. It follows from the step, the data and the adapter, but for what it took. */
export interface TrialOutcome {
  /** How it ended. */
  readonly status: "finished" | "diverged" | "failed";
  /** Epochs that were trained, those of earlier steps included. */
  readonly epochs: number;
  /** Why it ended: why no epoch followed, or what went wrong. */
  readonly reason: string;
  /** The epoch of the best validation score, counted from 1; `null` where it failed. */
  readonly best_epoch: number | null;
  /** Metrics of that epoch on the validation split; `null` where it failed. */
  readonly validation: Metrics | null;
  /** Seconds that the step took, all told. */
  readonly seconds: number;
  /** Those of them before the first epoch (default: all that it took, of a model without training). */
  readonly preparation_seconds?: number;
  /** Bytes of GPU memory that it took; 0 where that is not known. */
  readonly gpu_bytes: number;
}

/** Where trials are run. */
export interface TrialPlace {
  /** The device. */
  readonly gpu: Gpu;
  /** The dataset, be it transformed: the runs are bound to its contents. */
  readonly dataset: Dataset;
  /** The folder that holds the dataset's folder, for the configurations of the runs. */
  readonly dataDirectory: string;
  /** How many users validation ranks, drawn by the seed of the trial (default: all). */
  readonly evalUsers?: number;
  /** A folder that keeps item graphs and eigenpairs (default: they are not kept). */
  readonly cache?: string;
  /** Told what a user would want to know of the preparation. */
  readonly onNote?: (text: string) => void;
  /** Ends a trial early, with its state saved. */
  readonly signal?: AbortSignal;
}
