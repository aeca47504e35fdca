/**
 * A study: a question that is answered by a declared grid of runs.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import type { SomeSettings } from "../../models/search.ts";
import type { Transformation } from "./transformation.ts";

/** The most runs that a variant may have. */
export const mostSeeds = 1000;

/** The most epochs that a run may have. */
export const mostEpochs = 100_000;

/** One of what a study compares. */
export interface Variant {
  /** What it is called, different from all others. */
  readonly name: string;
  /** The variant that it is compared with (default: the first). */
  readonly baseline?: string;
  /** Its model (default: that of the study). */
  readonly model?: string;
  /** Its settings, over those of the study. */
  readonly settings?: SomeSettings;
  /** What is done to the dataset first (default: nothing). */
  readonly data?: Transformation;
  /** The curve that it belongs to where a plot has several. */
  readonly series?: string;
  /** Its place on the x axis (default: its name, in the order of the variants). */
  readonly x?: number;
}

/** What a study compares on a dataset. */
export interface Grid {
  /** The variants. */
  readonly variants: readonly Variant[];
  /** What a reader has to know of how they were made for this dataset. */
  readonly notes?: readonly string[];
}

/** A study. */
export interface Study {
  /** Its name. */
  readonly name: string;
  /** What it asks, in words. */
  readonly question: string;
  /** The model of variants that name none. */
  readonly model: string;
  /** Settings of all variants, under their own; by the names of the dataset and of the model. */
  readonly settings: (dataset: string, model: string) => SomeSettings;
  /** Datasets that it is of where nobody names others. */
  readonly datasets: readonly string[];
  /** Epochs of a run at most. */
  readonly epochs: number;
  /** Runs of a variant, with the seeds 0, 1, … */
  readonly seeds: number;
  /** What stands along the axes of its plot: words for x, a metric of the validation split for y. */
  readonly axes: { readonly x: string; readonly y: string };
  /** Whether its reading is of what models tell of parts of the users, rather than of the metric alone. */
  readonly bySegments?: boolean;
  /** Makes the variants for a dataset, by the settings that those of the study's own model have. */
  readonly gridOf: (dataset: Dataset, settings: SomeSettings) => Grid;
}
