/**
 * What a study found, a row a variant: means and deviations over seeds, and differences from what it is compared with.
 *
 * @module
 */
import { from, op } from "arquero";
import { welchT } from "../statistics/welch_t.ts";
import { hasChance } from "./study_grid.ts";
import type { FinishedStudy, StudyResult } from "./study_runs.ts";

/** What came of a variant on a dataset. */
export interface StudyRow {
  /** The dataset. */
  readonly dataset: string;
  /** The variant. */
  readonly variant: string;
  /** The curve that it belongs to; nothing where there is one alone. */
  readonly series: string | null;
  /** Its place on the x axis; nothing where it has a name alone. */
  readonly x: number | null;
  /** Its model. */
  readonly model: string;
  /** Whether it is another one with another seed; one that is not is run once. */
  readonly has_chance: boolean;
  /** The metric, of the best epoch on the validation split. */
  readonly metric: string;
  /** Runs that finished. */
  readonly runs: number;
  /** Runs that failed. */
  readonly failed: number;
  /** Runs whose best epoch was their last. */
  readonly improving: number;
  /** Mean of the metric; nothing where no run finished. */
  readonly mean: number | null;
  /** Standard deviation over seeds, of n−1 degrees of freedom; nothing where there is one seed. */
  readonly deviation: number | null;
  /** The variant that it is compared with; nothing where it is that itself. */
  readonly baseline: string | null;
  /** How far the mean is above that of the baseline. */
  readonly difference: number | null;
  /** Mean of the same metric on the test split. */
  readonly test_mean: number | null;
  /** Its standard deviation over seeds. */
  readonly test_deviation: number | null;
  /** Mean seconds of a training epoch; it differs from time to time. */
  readonly seconds_per_epoch: number | null;
}

/** What Arquero makes of the runs of a variant. */
interface Rolled {
  readonly place: number;
  readonly runs: number | undefined;
  readonly mean: number | undefined;
  readonly deviation: number | undefined;
  readonly test_mean: number | undefined;
  readonly test_deviation: number | undefined;
  readonly seconds_per_epoch: number | undefined;
}

/**
 * The table of a study.
 *
 * @param finished What came of its trials.
 * @param metric The metric, such as `recall@20`.
 * @returns A row a variant of a dataset, in their order.
 */
export function studyTable({ grids, results }: FinishedStudy, metric: string): StudyRow[] {
  const variants = grids.flatMap(({ data, variants, trials }) =>
    variants.map((variant) => {
      const own = results.filter(({ trial }) => trial.variant === variant && trial.data === data);
      const model = trials.find((trial) => trial.variant === variant)!.step.trial.model;
      return { dataset: data.dataset.name, variant, model, own, first: variants[0] };
    })
  );
  const rolled = rolledUp(variants.map(({ own }) => own), metric);
  const rows = variants.map(({ dataset, variant, model, own, first }, n): StudyRow => {
    const baseline = variant.baseline ?? (variant === first ? null : first.name);
    const { runs = 0, mean = null, test_mean = null, seconds_per_epoch = null, ...rest } =
      rolled[n];
    const several = (value: number | undefined) => runs < 2 ? null : value ?? null;
    return {
      ...{ dataset, variant: variant.name, series: variant.series ?? null, x: variant.x ?? null },
      ...{ model, has_chance: hasChance(model, variant), metric, runs, failed: own.length - runs },
      improving: own.filter(({ outcome: { best_epoch, epochs } }) =>
        epochs > 1 && best_epoch === epochs
      )
        .length,
      ...{ mean, deviation: several(rest.deviation), baseline, difference: null, test_mean },
      ...{ test_deviation: several(rest.test_deviation), seconds_per_epoch },
    };
  });
  return rows.map((row): StudyRow => {
    const baseline = baselineOf(row, rows);
    const isKnown = row.mean !== null && baseline !== undefined && baseline.mean !== null;
    return { ...row, difference: isKnown ? row.mean - baseline.mean : null };
  });
}

/**
 * The row that a row is compared with.
 *
 * @param row The row.
 * @param rows All rows.
 */
export function baselineOf(row: StudyRow, rows: readonly StudyRow[]): StudyRow | undefined {
  return rows.find(({ dataset, variant }) => dataset === row.dataset && variant === row.baseline);
}

/**
 * The chance that seeds alone would put two rows as far apart, by Welch's t-test over their seeds.
 *
 * @param a A row.
 * @param b Another.
 * @returns The p-value; nothing where one of them has chance in it, and one seed, or seeds that gave the same figure: it
 * is of few users then, and says nothing of what another seed gives.
 */
export function chanceOfSeeds(a: StudyRow, b: StudyRow): number | undefined {
  const [first, second] = [a, b].map(({ mean, deviation, has_chance, runs }) => {
    const known = has_chance ? deviation || undefined : 0;
    return known === undefined ? undefined : { mean: mean!, deviation: known, count: runs };
  });
  return first && second && welchT(first, second);
}

/** Means and deviations of each variant's runs that finished. */
function rolledUp(variants: readonly (readonly StudyResult[])[], metric: string): Rolled[] {
  const places = variants.map((_, place) => ({ place }));
  const runs = variants.flatMap((results, place) =>
    results.flatMap(({ outcome: { validation }, test, secondsPerEpoch }) =>
      validation === null ? [] : [{
        ...{ place, valid: validation[metric], test: test?.[metric] },
        seconds: secondsPerEpoch,
      }]
    )
  );
  if (runs.length === 0) return places as Rolled[];
  return from(places).join_left(
    from(runs).groupby("place").rollup({
      runs: op.count(),
      mean: op.mean("valid"),
      deviation: op.stdev("valid"),
      test_mean: op.mean("test"),
      test_deviation: op.stdev("test"),
      seconds_per_epoch: op.mean("seconds"),
    }),
    "place",
  ).orderby("place").objects() as Rolled[];
}
