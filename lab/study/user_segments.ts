/**
 * What models tell of parts of the users at the best epoch of a run: the weights of bands and views, by train
 * interactions.
 *
 * @module
 */
import { from, op } from "arquero";
import { openRun } from "../../recommender/run.ts";
import { trialPath } from "../trials/outcome_file.ts";
import type { FinishedStudy } from "./study_runs.ts";

/** A weight of one part of the users, over seeds. */
export interface SegmentRow {
  /** The dataset. */
  readonly dataset: string;
  /** The variant. */
  readonly variant: string;
  /** What the model tells of, such as `gate of users`. */
  readonly table: string;
  /** The band or the view. */
  readonly column: string;
  /** The part of the users. */
  readonly segment: string;
  /** Users in it. */
  readonly users: number;
  /** Runs. */
  readonly runs: number;
  /** Mean over users, and then over seeds. */
  readonly mean: number;
  /** Standard deviation over seeds of the mean over users; nothing where there is one seed. */
  readonly deviation: number | null;
  /** How far the mean is above that of the first segment, which is of users with few interactions. */
  readonly difference: number;
  /** Standard deviation over seeds of that difference; nothing where there is one seed. */
  readonly difference_deviation: number | null;
}

/** A weight of one part of the users in one run. */
interface Told
  extends Pick<SegmentRow, "dataset" | "variant" | "table" | "column" | "segment" | "users"> {
  readonly value: number;
  readonly above: number;
}

/**
 * Reads what the runs of a study tell of parts of the users.
 *
 * @param folder The study's folder.
 * @param finished What came of its trials.
 * @returns Rows in the order of variants, tables, columns and segments; none of models that tell nothing of users.
 * @throws {DataError} The diagnostics of a run are damaged.
 */
export async function userSegments(
  folder: string,
  { results }: FinishedStudy,
): Promise<SegmentRow[]> {
  const told: Told[] = [];
  for (const { trial: { step, data, variant }, outcome: { best_epoch } } of results) {
    if (best_epoch === null) continue;
    const run = await openRun(trialPath(folder, step.number));
    const lines = await run.folder.diagnostics(best_epoch);
    const names = { dataset: data.dataset.name, variant: variant.name };
    for (const [table, { columns, strata = {} }] of Object.entries(lines.at(-1)?.tables ?? {})) {
      told.push(...weightsOf(columns, strata).map((weight) => ({ ...names, table, ...weight })));
    }
  }
  if (told.length === 0) return [];
  const rows = from(told).groupby("dataset", "variant", "table", "column", "segment", "users")
    .rollup({
      runs: op.count(),
      mean: op.mean("value"),
      deviation: op.stdev("value"),
      difference: op.mean("above"),
      difference_deviation: op.stdev("above"),
    }).objects() as SegmentRow[];
  // One seed has no deviation, whatever a formula makes of it.
  return rows.map((row) =>
    row.runs > 1 ? row : { ...row, deviation: null, difference_deviation: null }
  );
}

/**
 * The weights of the parts of the users in one table; none of a part that nobody is in.
 *
 * @param columns The bands or views.
 * @param strata How many users each part has, and their mean weight by column.
 */
export function weightsOf(
  columns: readonly string[],
  strata: Readonly<Record<string, { readonly count: number; readonly mean: ArrayLike<number> }>>,
): Pick<Told, "column" | "segment" | "users" | "value" | "above">[] {
  const parts = Object.entries(strata).filter(([, { count }]) => count > 0);
  return columns.flatMap((column, c) =>
    parts.map(([segment, { count, mean }]) => ({
      ...{ column, segment, users: count, value: mean[c] },
      above: mean[c] - parts[0][1].mean[c],
    }))
  );
}
