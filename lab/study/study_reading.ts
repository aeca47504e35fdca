/**
 * What the numbers of a study say, in plain words that follow from them.
 *
 * @module
 */
import { holm } from "../statistics/holm.ts";
import { studentTails } from "../statistics/student_t.ts";
import { baselineOf, chanceOfSeeds, type StudyRow } from "./study_table.ts";
import type { SegmentRow } from "./user_segments.ts";

const digits = (value: number) => value.toFixed(4);
const signed = (value: number) => `${value < 0 ? "−" : "+"}${digits(Math.abs(value))}`;
const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Rows are told apart where seeds alone would put them as far apart less often than this. */
const level = 0.05;

const probability = (p: number) => p < 0.001 ? "p < 0.001" : `p ${Number(p.toPrecision(2))}`;

/** The p-values of rows beside what each is compared with, corrected for their number; none where no deviation is known. */
function chances(
  rows: readonly StudyRow[],
  besides: (row: StudyRow) => StudyRow,
): Map<StudyRow, number> {
  const known = rows.flatMap((row) => {
    const chance = chanceOfSeeds(row, besides(row));
    return chance === undefined ? [] : [{ row, chance }];
  });
  const corrected = holm(known.map(({ chance }) => chance));
  return new Map(known.map(({ row }, n) => [row, corrected[n]]));
}

/** A mean and its deviation. */
const measured = ({ mean, deviation, runs }: StudyRow) =>
  deviation === null ? digits(mean!) : `${digits(mean!)} ± ${digits(deviation)} over ${runs} seeds`;

/**
 * The sentences on a dataset: which variant is best, by how much, what differs from its baseline, what chance between
 * seeds does not tell apart, and what speaks against reading more into it.
 *
 * @param rows The rows of the dataset.
 */
export function readingOf(rows: readonly StudyRow[]): string[] {
  const ranked = rows.filter(({ mean }) => mean !== null).toSorted((a, b) => b.mean! - a.mean!);
  if (ranked.length === 0) {
    return ["No run finished, so nothing can be said.", ...reservations(rows)];
  }
  return [...ofBest(ranked), ...ofBaselines(rows), ...ofTest(ranked), ...reservations(rows)];
}

function ofBest([best, ...others]: readonly StudyRow[]): string[] {
  const [next] = others;
  const { metric, variant } = best;
  if (next === undefined) return [`On validation ${metric}, ${variant} has ${measured(best)}.`];
  const gap = best.mean! - next.mean!;
  const head = `Best on validation ${metric} is ${variant} with ${measured(best)}, ` +
    `${digits(gap)} above the next, ${next.variant}`;
  if (!best.has_chance && !next.has_chance) {
    return [`${head}. Neither has chance in it: they are the same with every seed.`];
  }
  const chanceOf = chances(others, () => best);
  const near = others.filter((row) => (chanceOf.get(row) ?? 1) >= level);
  const ofNext = chanceOf.get(next);
  if (ofNext === undefined) {
    return [
      `${head}. There is no deviation over seeds to hold that against: chance isn't excluded.`,
    ];
  }
  const chance = ofNext < level
    ? `: more than chance between seeds explains (${probability(ofNext)}).`
    : `, which chance between seeds may give as well (${probability(ofNext)}).`;
  const same = near.length === others.length
    ? " None of the variants can be told from the best."
    : ` ${listed(near.map((row) => row.variant))} cannot be told from it.`;
  return [head + chance + (near.length === 0 ? "" : same)];
}

function ofBaselines(rows: readonly StudyRow[]): string[] {
  return [...new Set(rows.flatMap(({ baseline }) => baseline ?? []))].flatMap((name) => {
    const compared = rows.filter((row) => row.baseline === name && row.difference !== null);
    const chanceOf = chances(compared, (row) => baselineOf(row, rows)!);
    if (compared.length === 0 || chanceOf.size < compared.length) return [];
    const signedOf = (row: StudyRow, chance?: number) => {
      const share = 100 * row.difference! / baselineOf(row, rows)!.mean!;
      const p = chance === undefined ? "" : `, ${probability(chance)}`;
      return `${row.variant} ${signed(row.difference!)} (${
        share.toFixed(1).replace("-", "−")
      } %${p})`;
    };
    if (![baselineOf(compared[0], rows)!, ...compared].some((row) => row.has_chance)) {
      return [
        `Compared with ${name}, without chance in any: ${
          compared.map((row) => signedOf(row)).join(", ")
        }.`,
      ];
    }
    const isBeyond = (row: StudyRow) => chanceOf.get(row)! < level;
    const beyond = compared.filter(isBeyond).map((row) => signedOf(row, chanceOf.get(row)));
    const within = compared.filter((row) => !isBeyond(row)).map(({ variant }) => variant);
    const parts = [
      ...beyond.length > 0 ? [`beyond chance between seeds: ${beyond.join(", ")}`] : [],
      ...within.length > 0
        ? [`within ${beyond.length > 0 ? "it" : "chance between seeds"}: ${within.join(", ")}`]
        : [],
    ];
    return [`Compared with ${name}, ${parts.join("; ")}.`];
  });
}

function ofTest(ranked: readonly StudyRow[]): string[] {
  const tested = ranked.filter(({ test_mean }) => test_mean !== null);
  if (tested.length === 0) return [];
  const [chosen] = tested;
  const best = tested.reduce((a, b) => b.test_mean! > a.test_mean! ? b : a);
  const has = `Test, looked at once and choosing nothing: ${chosen.variant} ${
    digits(chosen.test_mean!)
  }`;
  if (tested.length === 1) return [`${has}.`];
  return [
    best === chosen
      ? `${has}, the best there too.`
      : `${has}; the best there is ${best.variant}, ${digits(best.test_mean!)}.`,
  ];
}

/** What a reader has to bear in mind. */
function reservations(rows: readonly StudyRow[]): string[] {
  const sum = (of: (row: StudyRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const [runs, failed, improving] = [
    sum((row) => row.runs),
    sum((row) => row.failed),
    sum((row) => row.improving),
  ];
  const lost = rows.filter((row) => row.failed > 0).map((row) => row.variant);
  return [
    ...failed > 0
      ? [`${failed} of ${runs + failed} runs failed (${listed(lost)}); trials.ndjson says why.`]
      : [],
    ...improving > 0
      ? [
        `${improving} of ${runs} runs were best in their last epoch: longer trainings may rank the variants differently.`,
      ]
      : [],
  ];
}

/**
 * The sentences on the weights of parts of the users on a dataset: of each variant and table the column in which the
 * parts are most apart.
 *
 * @param rows The weights of the dataset.
 */
export function segmentReading(rows: readonly SegmentRow[]): string[] {
  const first = rows.filter(({ segment }) => segment === rows[0].segment);
  const others = rows.filter(({ segment }) => segment !== rows[0].segment);
  const nameOf = ({ variant, table }: SegmentRow) => `${variant}, ${table}`;
  return [...new Set(others.map(nameOf))].map((name) => {
    const most = others.filter((row) => nameOf(row) === name)
      .reduce((a, b) => Math.abs(b.difference) > Math.abs(a.difference) ? b : a);
    const { column, segment, difference, difference_deviation: deviation, mean } = most;
    const few = first.find((row) => nameOf(row) === name && row.column === column)!;
    const verdict = !deviation
      ? "there is no deviation over seeds to hold that against"
      : verdictOn(
        difference,
        deviation,
        most.runs,
        others.filter((row) => nameOf(row) === name).length,
      );
    return `${name}: most apart in ${column}, ${digits(few.mean)} for ${few.segment} and ` +
      `${digits(mean)} for ${segment} (${signed(difference)}), ${verdict}.`;
  });
}

/** Whether seeds alone give the largest of some differences as large, by Student's t over seeds, times their number. */
function verdictOn(
  difference: number,
  deviation: number,
  runs: number,
  candidates: number,
): string {
  const t = difference * Math.sqrt(runs) / deviation;
  const p = difference === 0 ? 1 : Math.min(1, candidates * studentTails(t, runs - 1));
  return `${p < level ? "more than" : "within what"} chance between seeds explains (${
    probability(p)
  })`;
}
