/**
 * The forms in which recommendations are written.
 *
 * @module
 */
import { trecWord } from "../../evaluation/trec_word.ts";

/** The forms: rows, one JSON object a user, and what trec_eval reads. */
export const recommendationFormats = ["csv", "ndjson", "trec"] as const;

/** One of {@linkcode recommendationFormats}. */
export type RecommendationFormat = typeof recommendationFormats[number];

/** An id as it is written: a text of the user's own, or an index. */
export type Id = string | number;

/** The recommendations for one user. */
export interface Recommendations {
  /** The user. */
  readonly user: Id;
  /** Items, best first. */
  readonly items: readonly Id[];
  /** The score of each of them, in f32. */
  readonly scores: ArrayLike<number>;
}

/**
 * What comes before the first user.
 *
 * @param format The form.
 */
export function recommendationHeader(format: RecommendationFormat): string {
  return format === "csv" ? "user,item,rank,score\n" : "";
}

/**
 * The lines of one user; ranks count from 1.
 *
 * @param format The form.
 * @param recommendations The user, the items and their scores.
 * @returns Lines, each ended.
 * @example
 * ```ts
 * import { recommendationLines } from "./recommendation_format.ts";
 * recommendationLines("csv", { user: "a,b", items: [14], scores: [0.5] }); // '"a,b",14,1,0.5\n'
 * ```
 */
export function recommendationLines(
  format: RecommendationFormat,
  recommendations: Recommendations,
): string {
  const { user, items, scores } = recommendations;
  if (format === "ndjson") {
    return `${JSON.stringify({ user, items, scores: Array.from(scores) })}\n`;
  }
  if (format === "csv") {
    const quoted = csvField(user);
    return items.map((item, n) => `${quoted},${csvField(item)},${n + 1},${scores[n]}\n`).join("");
  }
  const topic = trecWord(user);
  const falling = fallingScores(scores);
  return items.map((item, n) => `${topic} Q0 ${trecWord(item)} ${n + 1} ${falling[n]} bandpass\n`)
    .join("");
}

/**
 * An id as a field of CSV, quoted where it must be (RFC 4180).
 *
 * @param id The id.
 * @example
 * ```ts
 * import { csvField } from "./recommendation_format.ts";
 * csvField('the "b"'); // '"the ""b"""'
 * ```
 */
export function csvField(id: Id): string {
  const text = String(id);
  // Space at an end is kept by a quote alone where a reader trims fields.
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Scores that fall from each to the next: one that does not becomes the next smaller f32.
 *
 * What reads TREC files sorts by score, in f32 or f64, and has rules of its own for ties; so that
 * ours, the smaller index first, are not lost, no two are equal. A score moves by as many units in
 * its last place as there are equal ones before it.
 *
 * @param scores In f32, none smaller than the next.
 * @example
 * ```ts
 * import { fallingScores } from "./recommendation_format.ts";
 * fallingScores([1, 1]); // [1, 0.9999999403953552]
 * ```
 */
export function fallingScores(scores: ArrayLike<number>): Float32Array {
  const falling = Float32Array.from(scores);
  for (let n = 1; n < falling.length; n++) {
    if (!(falling[n] < falling[n - 1])) falling[n] = nextBelow(falling[n - 1]);
  }
  return falling;
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The greatest f32 below one. */
function nextBelow(value: number): number {
  // −0 and 0 are one number, and the one below is the smallest negative one.
  float[0] = value === 0 ? -0 : value;
  bits[0] += value > 0 ? -1 : 1;
  return float[0];
}
