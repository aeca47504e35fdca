/**
 * Groups of runs, compared by their metrics user by user (methods.md, §10).
 *
 * @module
 */
import { table } from "arquero";
import { uniforms } from "../../algebra/random_sequence.ts";
import type { HeldOutPart } from "../../evaluation/held_out_parts.ts";
import { type Interval, percentileInterval, resampledMeans } from "../statistics/bootstrap.ts";
import { holm } from "../statistics/holm.ts";
import { moments } from "../statistics/moments.ts";
import { pairedT } from "../statistics/paired_t.ts";
import { signedRanks } from "../statistics/wilcoxon.ts";
import { type ComparedMetric, valuesOf } from "./compared_metric.ts";
import type { RunGroup } from "./group_runs.ts";

/** The share of resampled means that an interval holds. */
export const intervalLevel = 0.95;

/** Resamples of a bootstrap, unless told otherwise. */
export const defaultResamples = 10_000;

/** A two-sided test. */
export interface TestResult {
  /** The p-value. */
  readonly p: number;
  /** The p-value after Holm's correction, once all of its family are known. */
  p_holm: number;
}

/** How a group differs from the baseline: its users' values, means over seeds, less the baseline's. */
export interface Difference {
  /** The mean over users. */
  readonly mean: number;
  /** The mean as a share of the baseline's; null where that is 0. */
  readonly relative: number | null;
  /** The bootstrap interval of the mean. */
  readonly interval: Interval;
  /** The paired t-test; t is null where all differences are the same, and not 0: it is infinite. */
  readonly t_test: TestResult & { readonly t: number | null; readonly freedom: number };
  /** The signed-rank test: sums of ranks, and whether its p-value is exact. */
  readonly wilcoxon: TestResult & {
    readonly positive: number;
    readonly negative: number;
    readonly exact: boolean;
  };
  /** Cohen's d of pairs; null where t is. */
  readonly cohens_d: number | null;
  /** The matched-pairs rank-biserial correlation. */
  readonly rank_biserial: number;
}

/** A metric of a group. */
export interface GroupValue {
  /** The group's letter. */
  readonly group: string;
  /** The mean of each of its runs, in their order. */
  readonly runs: readonly number[];
  /** The mean of these. */
  readonly mean: number;
  /** The sample deviation of these; null of one run. */
  readonly deviation: number | null;
  /** How it differs; nothing for the baseline, and where fewer than two users can be compared. */
  readonly difference?: Difference;
}

/** A metric of all groups. */
export interface ComparedValues {
  /** Its key, such as `recall@20`. */
  readonly metric: string;
  /** The part of the users or items; nothing for all. */
  readonly part?: string;
  /** The users who have a value in all runs. */
  readonly users: number;
  /** A value a group; none where there are no users. */
  readonly groups: readonly GroupValue[];
}

/** What is compared, and by what. */
export interface ComparisonOptions {
  /** The metrics. */
  readonly metrics: readonly ComparedMetric[];
  /** Parts that are compared by themselves too (default: none). */
  readonly parts?: readonly HeldOutPart[];
  /** Which group the others are compared with, counted from 0. */
  readonly baseline: number;
  /** Resamples of the bootstrap (default: {@linkcode defaultResamples}). */
  readonly resamples?: number;
}

/**
 * Compares groups with a baseline. p-values are corrected over all comparisons of one metric: those of all users are one
 * family, those of all parts together another.
 *
 * @param groups The groups; all of them have the same users.
 * @param options What is compared, and by what.
 * @returns All users first, then each part, all metrics of each.
 */
export function compareGroups(
  groups: readonly RunGroup[],
  options: ComparisonOptions,
): ComparedValues[] {
  const found = [undefined, ...options.parts ?? []].flatMap((part) =>
    options.metrics.map((metric) => comparedValues(groups, metric, part, options))
  );
  const families = Map.groupBy(found, ({ metric, part }) => JSON.stringify([metric, !part]));
  for (const family of families.values()) correct(family);
  return found;
}

/** Writes the corrected p-values of a family. */
function correct(family: readonly ComparedValues[]): void {
  const differences = family.flatMap(({ groups }) =>
    groups.flatMap(({ difference }) => difference ?? [])
  );
  for (const test of ["t_test", "wilcoxon"] as const) {
    const results = differences.map((difference) => difference[test]);
    holm(results.map(({ p }) => p)).forEach((p, n) => results[n].p_holm = p);
  }
}

/** The mean as evaluations have it: Arquero's own is rounded otherwise. */
const mean = "d => op.sum(d.value) / op.count()";

function comparedValues(
  groups: readonly RunGroup[],
  metric: ComparedMetric,
  part: HeldOutPart | undefined,
  { baseline, resamples = defaultResamples }: ComparisonOptions,
): ComparedValues {
  const rows = valueTable(groups, metric, part);
  const byRun = rows.groupby("group", "run").rollup({ mean }).orderby(
    "group",
    "run",
  );
  const [runGroups, runMeans] = ["group", "mean"].map((name) => byRun.array(name));
  // Seeds are averaged before users are paired: users are the sample, and not runs.
  const byUser = rows.groupby("user", "group").rollup({ value: mean })
    .groupby("user").pivot("group", "value");
  const users = byUser.numRows();
  const head = { metric: metric.key, ...part && { part: part.name }, users };
  if (users === 0) return { ...head, groups: [] };
  const others = [...groups.keys()].filter((n) => n !== baseline);
  const columns = others.map((n) =>
    differencesOf(byUser.array(String(n)), byUser.array(String(baseline)))
  );
  const intervals = users < 2 ? [] : intervalsOf(columns, resamples);
  const means = groups.map((_, n) =>
    Array.from(runMeans).filter((_, row) => runGroups[row] === n) as number[]
  );
  return {
    ...head,
    groups: groups.map(({ letter }, n) => {
      const overRuns = moments(means[n]);
      const value = {
        ...{ group: letter, runs: means[n], mean: overRuns.mean },
        deviation: means[n].length < 2 ? null : overRuns.deviation,
      };
      const other = others.indexOf(n);
      if (other < 0 || users < 2) return value;
      const against = moments(means[baseline]).mean;
      return { ...value, difference: difference(columns[other], intervals[other], against) };
    }),
  };
}

/** A row a run and user; users without a value in any run are left out of all. */
function valueTable(
  groups: readonly RunGroup[],
  metric: ComparedMetric,
  part: HeldOutPart | undefined,
) {
  const found = groups.flatMap(({ runs }, group) =>
    runs.map(({ measures }, run) => ({ group, run, ...valuesOf(metric, measures, part) }))
  );
  const without = new Set(
    found.flatMap(({ users, values }) => [...users].filter((_, n) => Number.isNaN(values[n]))),
  );
  const [group, run, user, value]: number[][] = [[], [], [], []];
  for (const one of found) {
    one.users.forEach((index, n) => {
      if (without.has(index)) return;
      group.push(one.group);
      run.push(one.run);
      user.push(index);
      value.push(one.values[n]);
    });
  }
  return table({ group, run, user, value });
}

/**
 * Values less others. Twelve decimals are kept, so that equal differences of fractions are equal whatever they were
 * rounded to on the way: ranks would tell them apart.
 */
function differencesOf(values: ArrayLike<unknown>, others: ArrayLike<unknown>): Float64Array {
  return Float64Array.from(
    values as ArrayLike<number>,
    (value, n) => Math.round((value - Number(others[n])) * 1e12) / 1e12 + 0,
  );
}

/** The same resamples for all groups, and the same ones each time. */
function intervalsOf(columns: readonly Float64Array[], resamples: number): Interval[] {
  if (columns.length === 0) return [];
  const uniform = uniforms(0);
  const draw = () => Math.floor(uniform() * columns[0].length);
  return resampledMeans(columns, resamples, draw)
    .map((means) => percentileInterval(means, intervalLevel));
}

function difference(values: Float64Array, interval: Interval, against: number): Difference {
  const { mean } = moments(values);
  const { t, freedom, p, effect } = pairedT(values);
  const ranks = signedRanks(values);
  return {
    mean,
    relative: against === 0 ? null : mean / against,
    interval,
    t_test: { t: finite(t), freedom, p, p_holm: p },
    wilcoxon: {
      ...{ positive: ranks.positive, negative: ranks.negative, exact: ranks.isExact },
      ...{ p: ranks.p, p_holm: ranks.p },
    },
    cohens_d: finite(effect),
    rank_biserial: ranks.effect,
  };
}

/** JSON and tables have no word for what is infinite. */
const finite = (value: number) => Number.isFinite(value) ? value : null;
