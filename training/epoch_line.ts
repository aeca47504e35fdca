/**
 * What is kept of each epoch.
 *
 * @module
 */
import { isObject } from "../data/is_object.ts";
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
  /** How many users these are of, where validation does not rank all. */
  readonly validation_users?: number;
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

/**
 * Whether a value is what {@linkcode EpochLine} says.
 *
 * @param value What a line of JSON holds.
 */
export function isEpochLine(value: unknown): value is EpochLine {
  if (!isObject(value)) return false;
  const { epoch, loss, terms, validation, validation_users = 1, seconds } = value;
  return [epoch, loss, validation_users, seconds].every(Number.isFinite) && areNumbers(terms) &&
    areNumbers(validation);
}

/**
 * Whether a value is what {@linkcode DiagnosticLine} says, as far as all lines are alike.
 *
 * @param value What a line of JSON holds.
 */
export function isDiagnosticLine(value: unknown): value is DiagnosticLine {
  return isObject(value) && Number.isFinite(value.epoch) && isObject(value.tables) &&
    Object.values(value.tables).every(isObject);
}

/**
 * Whether a value is an object of numbers, such as metrics.
 *
 * @param value What JSON holds.
 */
export function areNumbers(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(Number.isFinite);
}
