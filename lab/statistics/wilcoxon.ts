/**
 * The signed-rank test of Wilcoxon (Biometrics Bulletin 1, 1945; methods.md, §11).
 *
 * @module
 */
import { normalTails } from "./normal.ts";

/** What a signed-rank test gives. */
export interface SignedRanks {
  /** The sum of the ranks of positive differences. */
  readonly positive: number;
  /** The sum of the ranks of negative differences. */
  readonly negative: number;
  /** The two-sided p-value; 1 where no difference is left. */
  readonly p: number;
  /** Whether the p-value is by counting all signs, and not by the normal distribution. */
  readonly isExact: boolean;
  /** The matched-pairs rank-biserial correlation (Kerby, 2014), `(positive − negative)/(positive + negative)`. */
  readonly effect: number;
}

/** The most pairs whose signs are counted: without and with zeros or ties. */
const mostExact = { distinct: 50, tied: 13 };

/**
 * Whether differences are symmetric about 0, as SciPy's `wilcoxon` has it by default. Pairs that do not differ are left
 * out; equal differences share the mean of their ranks. The p-value is exact, of all `2ⁿ` signs, for up to 50 pairs
 * without either, and for up to 13 pairs; for more it is that of the normal distribution with the variance less
 * `Σ(t³ − t)/48` for each t equal ones, without a correction for continuity.
 *
 * @param differences A difference a pair.
 * @example
 * ```ts
 * import { signedRanks } from "./wilcoxon.ts";
 * signedRanks([1, 2, 3]).p; // 0.25
 * ```
 */
export function signedRanks(differences: ArrayLike<number>): SignedRanks {
  const values = Float64Array.from(differences).filter((value) => value !== 0);
  if (values.length === 0) return { positive: 0, negative: 0, p: 1, isExact: true, effect: 0 };
  const { ranks, ties } = rankedBySize(values);
  let [positive, negative] = [0, 0];
  values.forEach((value, n) => value > 0 ? positive += ranks[n] : negative += ranks[n]);
  const isDistinct = values.length === differences.length && ties === 0;
  const isExact = differences.length <= (isDistinct ? mostExact.distinct : mostExact.tied);
  const p = isExact
    ? exactTails(ranks, positive, negative)
    : normalTails(standardised(positive, values.length, ties));
  return { positive, negative, p, isExact, effect: (positive - negative) / (positive + negative) };
}

/** The rank of each size, counted from 1, equal ones sharing their mean; and `Σ(t³ − t)` over t equal ones. */
function rankedBySize(values: Float64Array): { ranks: Float64Array; ties: number } {
  const sizes = values.map(Math.abs);
  const order = Uint32Array.from(sizes.keys()).sort((one, other) => sizes[one] - sizes[other]);
  const ranks = new Float64Array(values.length);
  let ties = 0;
  for (let first = 0; first < order.length;) {
    let end = first + 1;
    while (end < order.length && sizes[order[end]] === sizes[order[first]]) end++;
    const equal = end - first;
    ties += equal ** 3 - equal;
    for (let place = first; place < end; place++) ranks[order[place]] = (first + 1 + end) / 2;
    first = end;
  }
  return { ranks, ties };
}

function standardised(positive: number, n: number, ties: number): number {
  const variance = (n * (n + 1) * (2 * n + 1) - ties / 2) / 24;
  return (positive - n * (n + 1) / 4) / Math.sqrt(variance);
}

/**
 * Twice the share of signs whose sum of positive ranks is as far out as the one that was found. Ranks are halves at the
 * most, so that twice their sums are whole numbers, for each of which the signs are counted one rank after the other.
 */
function exactTails(ranks: Float64Array, positive: number, negative: number): number {
  const all = 2 * (positive + negative);
  const counts = new Float64Array(all + 1);
  counts[0] = 1;
  for (const rank of ranks) {
    for (let sum = all; sum >= 2 * rank; sum--) counts[sum] += counts[sum - 2 * rank];
  }
  const tail = counts.subarray(0, 2 * Math.min(positive, negative) + 1)
    .reduce((sum, count) => sum + count, 0);
  return Math.min(1, 2 * tail / 2 ** ranks.length);
}
