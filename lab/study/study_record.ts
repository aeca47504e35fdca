/**
 * What the folder of a study says of it: `study.json`, by which a study goes on as it was begun.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { writeFolder } from "../../data/atomic_folder.ts";
import { isTaken } from "../../data/exists.ts";
import { type ContentHashes, contentHashes } from "../../data/content_hashes.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { UsageError } from "../../errors.ts";
import { beginAnew, checkedJsonText, parseCheckedJson } from "../../training/checked_json.ts";
import { mostConfigBytes } from "../../training/configuration_file.ts";
import { trainingProtocol } from "../../training/training_protocol.ts";
import { isStudy } from "./study_folder.ts";
import type { Study, Variant } from "./study.ts";
import type { PlannedGrid, StudyRequest } from "./study_grid.ts";

const keys = [
  ...["study", "question", "model", "settings", "epochs", "seeds", "axes", "segments"],
  ...["datasets", "bandpass", "adapter"],
];

/** What `study.json` says. */
export interface StudyRecord {
  /** The name of the study. */
  readonly study: string;
  /** What it asks. */
  readonly question: string;
  /** The model of variants that name none. */
  readonly model: string;
  /** Settings of all variants, as they were asked for. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Epochs of a run at most. */
  readonly epochs: number;
  /** Runs of a variant. */
  readonly seeds: number;
  /** What stands along the axes of its plot. */
  readonly axes: Study["axes"];
  /** Whether its reading is of parts of the users. */
  readonly segments: boolean;
  /** What it is run on. */
  readonly datasets: readonly {
    readonly name: string;
    readonly data_dir: string;
    readonly data: ContentHashes;
    readonly protocol: string;
    readonly notes: readonly string[];
    readonly variants: readonly Variant[];
  }[];
  /** The version of Bandpass. */
  readonly bandpass: string;
  /** The adapter that computes it. */
  readonly adapter: string;
}

/**
 * Reads `study.json`.
 *
 * @param folder The folder of the study.
 * @throws {DataError} It is not what was written.
 */
export async function readStudyRecord(folder: string): Promise<StudyRecord> {
  return await recordIn(folder) as unknown as StudyRecord;
}

/**
 * What `study.json` says: the study as it is run, and all that its numbers follow from.
 *
 * @param request What is asked of it.
 * @param grids The variants on each dataset.
 * @param adapter The adapter that computes it.
 */
export function studyRecord(
  { study, settings, epochs, seeds }: StudyRequest,
  grids: readonly PlannedGrid[],
  adapter: string,
): Record<string, unknown> {
  return {
    study: study.name,
    question: study.question,
    model: study.model,
    settings,
    epochs,
    seeds,
    axes: study.axes,
    segments: study.bySegments ?? false,
    datasets: grids.map(({ data: { dataset, dataDirectory }, variants, notes = [] }) => ({
      name: dataset.name,
      data_dir: dataDirectory,
      data: contentHashes(dataset),
      protocol: trainingProtocol(dataset),
      notes,
      variants,
    })),
    bandpass: manifest.version,
    adapter,
  };
}

async function recordIn(folder: string): Promise<Record<string, unknown>> {
  const path = `${folder}/study.json`;
  const text = await readTextFile(path, mostConfigBytes);
  return parseCheckedJson(text, path, keys, { otherwise: beginAnew });
}

/**
 * Makes the folder of a study, or sees that the one that is there was begun in the same way.
 *
 * @param folder The folder.
 * @param record What `study.json` says.
 * @throws {UsageError} There is something else, or a study that was begun in another way.
 * @throws {BandpassError} It cannot be written.
 */
export async function beginStudy(
  folder: string,
  record: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!await isTaken(folder)) {
    const isMade = await writeFolder(folder, { "study.json": checkedJsonText(record) })
      .then(() => true, async (error) => {
        // Another process may have made it meanwhile.
        if (!await isTaken(folder)) throw error;
        return false;
      });
    if (isMade) return;
  }
  if (!await isStudy(folder)) {
    throw new UsageError(
      `Cannot keep the study in "${folder}": something else is there`,
      ({ setting }) => `Give another name: ${setting("name", "NAME")}`,
    );
  }
  const found = await recordIn(folder);
  // What JSON makes of it: a key without a value is gone.
  const now = JSON.parse(JSON.stringify(record));
  const differing = keys.filter((key) => JSON.stringify(found[key]) !== JSON.stringify(now[key]));
  if (differing.length === 0) return;
  const told = differing.map((key) => difference(key, found[key], now[key]));
  throw new UsageError(
    `Cannot go on with the study in "${folder}", which was begun in another way: ${
      told.join("; ")
    }`,
    ({ setting }) => `Ask for the same, or give another name: ${setting("name", "NAME")}`,
  );
}

/** What differs, in a few words: the variants of a dataset are too many. */
function difference(key: string, then: unknown, now: unknown): string {
  const [before, after] = [JSON.stringify(then), JSON.stringify(now)];
  if (key !== "datasets") return `${key} ${before}, now ${after}`;
  const names = (value: unknown) => (value as { name: string }[]).map(({ name }) => name).join();
  return names(then) === names(now)
    ? "the data, their place or the variants are others"
    : `datasets ${names(then)}, now ${names(now)}`;
}
