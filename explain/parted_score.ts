/**
 * A score with its parts, by indices, and the check that they sum to it.
 *
 * @module
 */
import { BandpassError } from "../errors.ts";
import type { Breakdown, MemberExplanation, OwnItems } from "./explanation.ts";

/** Whose scores are explained. */
export interface Subject {
  /** The user; nothing for somebody who is in no dataset. */
  readonly user?: number;
  /** The items that they took in train, or that stand for them, ascending, at least one. */
  readonly history: Uint32Array;
}

/** A score as a sum over the items of a subject: `base + Σ values`, and what that leaves over. */
export interface OwnSums extends Pick<OwnItems, "rule" | "isExact" | "base"> {
  /** What each item of the subject's history adds. */
  readonly values: Float64Array;
}

/** A score in parts. */
export interface PartedScore {
  /** The score. */
  readonly score: number;
  /** The score in parts, one breakdown for each way to part it. */
  readonly breakdowns: readonly Breakdown[];
  /** The score by items. */
  readonly own: OwnSums;
  /** The members of a blend. */
  readonly members?: readonly MemberExplanation[];
}

/** What parts may differ from their sum by, as a share of the sum of their magnitudes. */
const tolerance = 1e-5;

/**
 * Refuses parts that do not sum to a score.
 *
 * @param what What they are, for the message.
 * @param score The score.
 * @param parts The parts.
 * @param rounding What rounding alone may leave, beside 10⁻⁵ of the sum of the magnitudes.
 * @throws {BandpassError} They do not: a defect of the model, or of its explanation.
 * @example
 * ```ts
 * import { assertSum } from "./parted_score.ts";
 * assertSum("parts", 3, [1, 2]);
 * ```
 */
export function assertSum(
  what: string,
  score: number,
  parts: ArrayLike<number>,
  rounding = 0,
): void {
  const all = Array.from(parts);
  const sum = all.reduce((total, value) => total + value, 0);
  const magnitude = all.reduce((total, value) => total + Math.abs(value), 0);
  // A difference that is not a number is one too.
  if (Math.abs(sum - score) <= tolerance * magnitude + rounding) return;
  throw new BandpassError(
    `Cannot explain a score of ${score}: its ${what} sum to ${sum}`,
    "This is a defect of Bandpass or of a model of your own: please report it with the run's config.json",
  );
}

/**
 * A weighted sum of scores, part by part.
 *
 * @param scores The scores of one model, at least one.
 * @param factor The weight of all of them.
 */
export function sumOfScores(scores: readonly PartedScore[], factor: number): PartedScore {
  const [first] = scores;
  const total = (valueOf: (score: PartedScore) => number) =>
    factor * scores.reduce((sum, score) => sum + valueOf(score), 0);
  return {
    score: total(({ score }) => score),
    breakdowns: first.breakdowns.map(({ by, parts }, b) => ({
      by,
      parts: parts.map((part, p) => ({
        ...part,
        value: total(({ breakdowns }) => breakdowns[b].parts[p].value),
      })),
    })),
    own: {
      ...first.own,
      base: total(({ own }) => own.base),
      values: first.own.values.map((_, n) => total(({ own }) => own.values[n])),
    },
    ...first.members !== undefined && {
      members: first.members.map((member, m) => ({
        ...member,
        score: total(({ members }) => members![m].score),
        breakdowns: sumOfScores(
          scores.map((score) => ({
            ...score,
            breakdowns: score.members![m].breakdowns,
            members: undefined,
          })),
          factor,
        ).breakdowns,
      })),
    },
  };
}
