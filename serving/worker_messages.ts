/**
 * What a recommender service and its worker tell each other.
 *
 * @module
 */
import { BandpassError, inWords, type Wording } from "../errors.ts";
import type {
  ExplainAnswer,
  ExplainQuestion,
  FileAnswer,
  FileQuestion,
  RecommendAnswer,
  RecommendQuestion,
  ServedRun,
  SimilarAnswer,
  SimilarQuestion,
} from "./questions.ts";
import { type Refusal, ServiceError } from "./service_error.ts";

/** A question of any kind. */
export type Question =
  | { readonly kind: "recommend"; readonly question: RecommendQuestion }
  | { readonly kind: "similar"; readonly question: SimilarQuestion }
  | { readonly kind: "explain"; readonly question: ExplainQuestion }
  | { readonly kind: "file"; readonly question: FileQuestion };

/** The answer to a question of any kind. */
export type Answer = RecommendAnswer | SimilarAnswer | ExplainAnswer | FileAnswer;

/** An error, as plain data. */
export interface Failure {
  /** Why a question is refused; nothing where the service as a whole has failed. */
  readonly kind?: Refusal;
  /** What it says. */
  readonly message: string;
  /** What can be done. */
  readonly nextStep?: string;
  /** The exit code of its kind; nothing for a defect of Bandpass. */
  readonly exitCode?: number;
}

/** What becomes of a question. */
export type Outcome = { readonly answer: Answer } | { readonly failure: Failure };

/** What a service tells its worker: which run to open, what to answer, and that it is enough. */
export type ToWorker =
  | { readonly open: unknown }
  | { readonly ask: readonly Question[] }
  | { readonly close: true };

/** What a worker tells its service. */
export type FromWorker =
  | { readonly opened: ServedRun }
  | { readonly note: string }
  | { readonly outcomes: readonly Outcome[]; readonly seconds: number }
  | { readonly failed: Failure }
  | { readonly closed: true };

/**
 * An error as plain data.
 *
 * @param error What was thrown.
 * @param words The words for settings and commands.
 */
export function failureOf(error: unknown, words: Wording): Failure {
  if (error instanceof BandpassError) {
    const { exitCode } = error;
    const kind = error instanceof ServiceError ? { kind: error.kind } : {};
    return { ...error.told(words), exitCode, ...kind };
  }
  const text = error instanceof Error ? error.stack ?? error.message : String(error);
  return { message: inWords(text, words) };
}

/**
 * The error that became plain data.
 *
 * @param failure The data.
 */
export function errorOf({ kind, message, nextStep, exitCode }: Failure): Error {
  if (kind !== undefined) return new ServiceError(kind, message, nextStep);
  return exitCode === undefined
    ? new Error(message)
    : new BandpassError(message, nextStep, exitCode);
}
