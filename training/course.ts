/**
 * A training that is under way, and what came of it once it ends.
 *
 * @module
 */
import type { Memory } from "../gpu/memory.ts";
import { restoreState } from "./checkpoint.ts";
import type { DiagnosticLine, EpochLine } from "./epoch_line.ts";
import type { TrainingJob } from "./job.ts";
import { newPosition, stopReason, type TrainingPosition } from "./position.ts";
import { secondsOf, type UntestedResult } from "./training_result.ts";
import type { TrainingStore } from "./training_store.ts";

/** How far a training is. */
export interface Course {
  /** Where it stands. */
  position: TrainingPosition;
  /** A line an epoch. */
  readonly lines: EpochLine[];
  /** What the model told of its inside, a line an epoch. */
  readonly diagnostics: DiagnosticLine[];
  /** Whether the store has a state to go on from. */
  isSaved: boolean;
}

/** What a course is of. */
export interface CourseSubject {
  /** What is trained. */
  readonly job: TrainingJob;
  /** Where its state is. */
  readonly memory: Memory;
  /** What tells of its inside. */
  readonly scored: { readonly diagnostics: readonly unknown[] };
}

/**
 * Where a training begins, or goes on.
 *
 * @param store What it is kept in.
 * @param subject What is trained.
 * @param state What a saved state is restored into.
 * @param resume Whether to go on from the state that the store has (default: it begins).
 */
export async function openCourse(
  store: TrainingStore,
  { job, memory, scored }: CourseSubject,
  state: Parameters<typeof restoreState>[1],
  resume = false,
): Promise<Course> {
  // A process that ended before its first epoch has left no state; then the run begins.
  const isSaved = resume && await store.hasCheckpoint("last");
  let position = newPosition;
  if (isSaved) {
    using file = await store.openCheckpoint("last");
    position = await restoreState(memory, state, file);
    const { bestEpoch } = position.stopping;
    if (bestEpoch > 0) await store.returnToBest(bestEpoch);
  }
  const lines = await store.metrics(position.epoch);
  const hasDiagnostics = scored.diagnostics.length > 0;
  const diagnostics = hasDiagnostics ? await store.diagnostics(position.epoch) : [];
  if (hasDiagnostics && diagnostics.length < position.epoch) {
    job.note?.("The run has no diagnostics.jsonl of its first epochs, and goes on without");
  }
  return { position, lines, diagnostics, isSaved };
}

/**
 * What came of a training that has ended, as far as validation tells.
 *
 * @param course The training.
 * @param job What was trained.
 */
export function resultOf(
  { position, lines, diagnostics }: Course,
  job: TrainingJob,
): UntestedResult {
  const { epoch, stopping: { bestEpoch } } = position;
  return {
    ...{ epochs: epoch, stopReason: stopReason(position, job)!, bestEpoch, lines, diagnostics },
    secondsPerEpoch: secondsOf(lines) / lines.length,
    validation: lines[bestEpoch - 1].validation,
  };
}
