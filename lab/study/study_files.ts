/**
 * What a study leaves beside its trials: `table.csv`, `segments.csv` where it asks for them, and `reading.md`.
 *
 * @module
 */
import { from, toCSV, toMarkdown } from "arquero";
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { trainingProtocol } from "../../training/training_protocol.ts";
import type { StudyRequest } from "./study_grid.ts";
import { readingOf, segmentReading } from "./study_reading.ts";
import type { FinishedStudy } from "./study_runs.ts";
import { type StudyRow, studyTable } from "./study_table.ts";
import { type SegmentRow, userSegments } from "./user_segments.ts";

/** What a study found on a dataset. */
export interface StudyFinding {
  /** The dataset. */
  readonly dataset: string;
  /** How its runs were evaluated, in words. */
  readonly protocol: string;
  /** What has to be known of its variants. */
  readonly notes: readonly string[];
  /** A row a variant. */
  readonly table: readonly StudyRow[];
  /** Weights of parts of the users, where the study asks for them. */
  readonly segments?: readonly SegmentRow[];
  /** What the numbers say. */
  readonly reading: readonly string[];
}

/**
 * Makes the tables and the reading of a study, and writes them into its folder. `table.csv` and `segments.csv` hold
 * nothing that a clock has measured.
 *
 * @param folder The folder.
 * @param request What was asked of the study.
 * @param finished What came of it.
 * @returns What was found on each dataset.
 * @throws {BandpassError} A file cannot be written.
 */
export async function writeFindings(
  folder: string,
  { study, epochs, seeds }: StudyRequest,
  finished: FinishedStudy,
): Promise<StudyFinding[]> {
  const table = studyTable(finished, study.axes.y);
  const segments = study.bySegments ? await userSegments(folder, finished) : undefined;
  await writeFileAtomically(
    `${folder}/table.csv`,
    toCSV(from(table.map(({ seconds_per_epoch: _, has_chance: __, ...row }) => row))),
  );
  if (segments !== undefined) {
    await writeFileAtomically(`${folder}/segments.csv`, toCSV(from([...segments])));
  }
  const findings = finished.grids.map(({ data: { dataset }, notes = [] }): StudyFinding => {
    const ofDataset = <Row extends { readonly dataset: string }>(rows: readonly Row[]) =>
      rows.filter((row) => row.dataset === dataset.name);
    const rows = ofDataset(table);
    const own = segments && ofDataset(segments);
    return {
      ...{ dataset: dataset.name, protocol: trainingProtocol(dataset), notes, table: rows },
      ...own && { segments: own },
      reading: [...own === undefined ? [] : segmentReading(own), ...readingOf(rows)],
    };
  });
  const parts = findings.map((finding) => findingText(finding));
  const most = `At most ${epochs} epochs a run, ${seeds === 1 ? "one seed" : `${seeds} seeds`}.`;
  await writeFileAtomically(
    `${folder}/reading.md`,
    [`# ${study.name}`, study.question, most, ...parts].join("\n\n"),
  );
  return findings;
}

/**
 * A figure with four decimals; nothing where there is none.
 *
 * @param value The figure.
 */
export function decimals(value: number | null): string {
  return value === null ? "" : value.toFixed(4).replace("-0.0000", "0.0000");
}

/** A table in Markdown; numbers, which are texts of as many decimals here, stand at the right. */
function markdown(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const texts = ["variant", "table", "column", "segment"];
  const align = Object.fromEntries(
    Object.keys(rows[0]).map((name) => [name, texts.includes(name) ? "l" as const : "r" as const]),
  );
  return toMarkdown(from([...rows]), { align }).trimEnd();
}

function findingText({ dataset, protocol, notes, table, segments, reading }: StudyFinding): string {
  const shown = table.map((row) => ({
    variant: row.variant,
    runs: row.runs,
    [`valid ${row.metric}`]: decimals(row.mean),
    deviation: decimals(row.deviation),
    difference: decimals(row.difference),
    [`test ${row.metric}`]: decimals(row.test_mean),
    "test deviation": decimals(row.test_deviation),
    "s/epoch": row.seconds_per_epoch?.toFixed(2) ?? "",
  }));
  const weights = segments?.map(({ variant, table, column, segment, ...row }) => ({
    ...{ variant, table, column, segment, users: row.users, mean: decimals(row.mean) },
    ...{ deviation: decimals(row.deviation), difference: decimals(row.difference) },
    "its deviation": decimals(row.difference_deviation),
  }));
  return [
    `## ${dataset}`,
    reading.map((sentence) => `- ${sentence}`).join("\n"),
    markdown(shown),
    ...weights === undefined || weights.length === 0 ? [] : [markdown(weights)],
    ...notes.map((note) => `${note}.`),
    `Deviations are over seeds, differences from the variant that a row is compared with. Protocol: ${protocol}.\n`,
  ].join("\n\n");
}
