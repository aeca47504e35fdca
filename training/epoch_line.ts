/**
 * What is kept of each epoch.
 *
 * @module
 */
import type { DiagnosticSummary } from "./diagnostics.ts";

/** What `metrics.jsonl` says of an epoch. */
export interface EpochLine {
  /** The epoch, counted from 1. */
  readonly epoch: number;
  /** Mean loss of its steps. */
  readonly loss: number;
  /** Means of the terms of the loss. */
  readonly terms: Readonly<Record<string, number>>;
  /** Metrics on the validation split. */
  readonly validation: Readonly<Record<string, number>>;
  /** Seconds of its training. */
  readonly seconds: number;
}

/** What `diagnostics.jsonl` says of an epoch. */
export interface DiagnosticLine {
  /** The epoch, counted from 1. */
  readonly epoch: number;
  /** What the model told, by what it is. */
  readonly tables: Readonly<Record<string, DiagnosticSummary>>;
}
