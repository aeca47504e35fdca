/**
 * A training that is under way, and what came of it once it ends.
 *
 * @module
 */
import type { DiagnosticLine, EpochLine } from "./epoch_line.ts";
import type { TrainingJob } from "./job.ts";
import { stopReason, type TrainingPosition } from "./position.ts";
import { secondsOf, type UntestedResult } from "./training_result.ts";

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
