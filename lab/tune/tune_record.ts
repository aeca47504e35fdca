/**
 * What a tune is made from: `tune.json`. Its trials follow from it, and from nothing else.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { writeFileAtomically } from "../../data/atomic_file.ts";
import type { ContentHashes } from "../../data/content_hashes.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { UsageError } from "../../errors.ts";
import type { SomeSettings } from "../../models/search.ts";
import { beginAnew, checkedJsonText, parseCheckedJson } from "../../training/checked_json.ts";
import { mostConfigBytes } from "../../training/configuration_file.ts";
import { modelDefaults } from "./model_defaults.ts";
import type { Spaces } from "./space_file.ts";

/** What is asked of a tune. */
export interface TuneArguments {
  /** The name of the dataset. */
  readonly dataset: string;
  /** The models, in the order in which they are tried. */
  readonly models: readonly string[];
  /** What is tried of each. */
  readonly spaces: Spaces;
  /** How many trials; `null` where minutes bound them. */
  readonly trials: number | null;
  /** For about how many minutes trials are begun, halved and repeated; `null` where there is no bound. */
  readonly minutes: number | null;
  /** Epochs that a trial has at most. */
  readonly epochs: number;
  /** With how many seeds each finalist is trained. */
  readonly seeds: number;
  /** How many users validation ranks in each trial; all where it is not there. */
  readonly eval_users?: number;
  /** What proposals follow from, and the first of these seeds. */
  readonly seed: number;
}

/** A tune: what was asked, of which data, and on what. */
export interface TuneRecord extends TuneArguments {
  /** The version of Bandpass. */
  readonly bandpass: string;
  /** The adapter. */
  readonly adapter: string;
  /** The contents of the dataset. */
  readonly data: ContentHashes;
  /**
   * The settings that each model has where a trial sets none: another version's may be others, and trials of both
   * would stand side by side. Not there in what older versions wrote.
   */
  readonly usual?: Readonly<Record<string, SomeSettings>>;
  /** How many trials were begun when the time for that was over; `null` before, and where `trials` says it. */
  readonly begun: number | null;
}

const keys = [
  ...["dataset", "models", "spaces", "trials", "minutes", "epochs", "seeds", "seed"] as const,
  ...["eval_users", "bandpass", "adapter", "data", "usual", "begun"] as const,
];

/**
 * The record of a new tune.
 *
 * @param asked What is asked.
 * @param adapter The name of the adapter.
 * @param data The contents of the dataset.
 */
export function newTuneRecord(
  asked: TuneArguments,
  adapter: string,
  data: ContentHashes,
): TuneRecord {
  const { dataset, models, spaces, trials, minutes, epochs, seeds, seed, eval_users } = asked;
  return {
    ...{ dataset, models, spaces, trials, minutes, epochs, seeds, seed },
    ...eval_users !== undefined && { eval_users },
    ...{ bandpass: manifest.version, adapter, data },
    usual: Object.fromEntries(models.map((model) => [model, modelDefaults(dataset, model)])),
    begun: null,
  };
}

const pathIn = (folder: string) => `${folder}/tune.json`;

/**
 * The text of `tune.json`.
 *
 * @param record The tune.
 */
export function tuneText(record: TuneRecord): string {
  return checkedJsonText({ ...record });
}

/**
 * Writes `tune.json`, whole.
 *
 * @param folder The folder of the tune.
 * @param record The tune.
 */
export async function writeTuneRecord(folder: string, record: TuneRecord): Promise<void> {
  await writeFileAtomically(pathIn(folder), tuneText(record));
}

/**
 * Reads `tune.json`.
 *
 * @param folder The folder of the tune.
 * @throws {DataError} It is not what was written.
 */
export async function readTuneRecord(folder: string): Promise<TuneRecord> {
  const path = pathIn(folder);
  const text = await readTextFile(path, mostConfigBytes);
  return parseCheckedJson(text, path, keys, {
    optional: ["eval_users", "usual"],
    otherwise: beginAnew,
  }) as unknown as TuneRecord;
}

/**
 * Refuses to go on with a tune that was asked for something else.
 *
 * @param folder Its folder, for messages.
 * @param then What it was begun with.
 * @param now What is asked.
 * @throws {UsageError} They differ.
 */
export function assertSameTune(folder: string, then: TuneRecord, now: TuneRecord): void {
  const differing = keys.filter((key) => {
    if (key === "begun") return false;
    if (key === "spaces" || key === "usual") return othersOf(key, then, now).length > 0;
    return JSON.stringify(then[key]) !== JSON.stringify(now[key]);
  });
  if (differing.length === 0) return;
  throw new UsageError(
    `Cannot go on with the tune "${folder}": it was begun with other arguments: ` +
      differing.map((key) => differenceText(key, then, now)).join("; "),
    ({ setting }) => `Give it what it had, or another name: ${setting("name", "NAME")}`,
  );
}

/** The models of both tunes that had another space, or other usual settings. */
function othersOf(key: "spaces" | "usual", then: TuneRecord, now: TuneRecord): string[] {
  return now.models.filter((model) =>
    then.models.includes(model) &&
    JSON.stringify(then[key]?.[model]) !== JSON.stringify(now[key]?.[model])
  );
}

function differenceText(key: typeof keys[number], then: TuneRecord, now: TuneRecord): string {
  if (key === "data") return `the contents of "${now.dataset}" have changed`;
  if (key === "spaces") return `the space of ${othersOf(key, then, now).join(", ")} is another`;
  if (key === "usual") {
    return then.usual === undefined
      ? "the usual settings of its models, which the version that began it did not keep"
      : `the usual settings of ${othersOf(key, then, now).join(", ")} were others`;
  }
  const text = (record: TuneRecord) => {
    const value = record[key];
    if (value === null || value === undefined) return "none";
    return Array.isArray(value) ? value.join(",") : JSON.stringify(value);
  };
  return `${key} ${text(then)}, now ${text(now)}`;
}
