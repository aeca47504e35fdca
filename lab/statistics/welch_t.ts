/**
 * Welch's t-test (methods.md, §10).
 *
 * @module
 */
import { studentTails } from "./student_t.ts";

/** A sample of numbers. */
export interface Sample {
  /** Its mean. */
  readonly mean: number;
  /** Its sample deviation; 0 for a number that no chance changes. */
  readonly deviation: number;
  /** How many numbers it has. */
  readonly count: number;
}

/**
 * Whether two independent samples are of one mean, whatever their deviations (Welch, Biometrika 34, 1947), as SciPy's
 * `ttest_ind_from_stats(…, equal_var=False)` has it.
 *
 * @param a A sample.
 * @param b Another.
 * @returns The two-sided p-value; where both have no deviation, 0, and 1 for equal means.
 * @example
 * ```ts
 * import { welchT } from "./welch_t.ts";
 * welchT({ mean: 1, deviation: 1, count: 2 }, { mean: 2, deviation: 1, count: 2 }); // 0.42
 * ```
 */
export function welchT(a: Sample, b: Sample): number {
  if (a.mean === b.mean) return 1;
  const varying = [a, b].filter(({ deviation }) => deviation > 0);
  const parts = varying.map(({ deviation, count }) => deviation ** 2 / count);
  const variance = parts.reduce((sum, part) => sum + part, 0);
  if (variance === 0) return 0;
  // Of shares: squares of small variances would vanish.
  const inverse = parts.map((part, n) => (part / variance) ** 2 / (varying[n].count - 1));
  const freedom = 1 / inverse.reduce((sum, share) => sum + share);
  return studentTails((a.mean - b.mean) / Math.sqrt(variance), freedom);
}
