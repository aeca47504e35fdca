/**
 * The forms in which recommendations are written.
 *
 * @module
 */

/** The forms: rows, one JSON object a user, and what trec_eval reads. */
export const recommendationFormats = ["csv", "ndjson", "trec"] as const;

/** One of {@linkcode recommendationFormats}. */
export type RecommendationFormat = typeof recommendationFormats[number];

/** The recommendations for one user. */
export interface Recommendations {
  /** The user's index. */
  readonly user: number;
  /** Item indices, best first. */
  readonly items: ArrayLike<number>;
  /** The score of each of them. */
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
 * recommendationLines("csv", { user: 3, items: [14], scores: [0.5] }); // "3,14,1,0.5\n"
 * ```
 */
export function recommendationLines(
  format: RecommendationFormat,
  recommendations: Recommendations,
): string {
  const { user, items, scores } = recommendations;
  if (format === "ndjson") {
    const lists = { items: Array.from(items), scores: Array.from(scores) };
    return `${JSON.stringify({ user, ...lists })}\n`;
  }
  const row = format === "csv"
    ? (item: number, n: number) => `${user},${item},${n + 1},${scores[n]}\n`
    : (item: number, n: number) => `${user} Q0 ${item} ${n + 1} ${scores[n]} bandpass\n`;
  return Array.from(items, row).join("");
}
