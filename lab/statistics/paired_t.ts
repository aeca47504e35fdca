/**
 * The paired t-test (methods.md, §11).
 *
 * @module
 */
import { moments } from "./moments.ts";
import { studentTails } from "./student_t.ts";

/** What a paired t-test gives. */
export interface PairedT {
  /** Degrees of freedom, one less than there are pairs. */
  readonly freedom: number;
  /** `mean·√n / deviation`; infinite where all differences are the same, 0 where they are all 0. */
  readonly t: number;
  /** The two-sided p-value; 1 where all differences are 0. */
  readonly p: number;
  /** Cohen's d of pairs, `mean / deviation`: how large the difference is beside how much it varies. */
  readonly effect: number;
}

/**
 * Whether the mean of differences is 0, by Student's t of n − 1 degrees of freedom, as SciPy's `ttest_rel` has it.
 *
 * @param differences A difference a pair, two at least.
 * @example
 * ```ts
 * import { pairedT } from "./paired_t.ts";
 * pairedT([1, 2, 3]).t; // 2·√3
 * ```
 */
export function pairedT(differences: ArrayLike<number>): PairedT {
  const { mean, deviation } = moments(differences);
  const freedom = differences.length - 1;
  if (mean === 0) return { freedom, t: 0, p: 1, effect: 0 };
  const effect = mean / deviation;
  const t = effect * Math.sqrt(differences.length);
  return { freedom, t, p: studentTails(t, freedom), effect };
}
