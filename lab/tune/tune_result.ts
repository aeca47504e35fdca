/**
 * What a tune found: `result.json` in its folder.
 *
 * @module
 */
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { exists } from "../../data/exists.ts";
import { readTextFile } from "../../data/regular_file.ts";
import type { Metrics } from "../../evaluation/metrics.ts";
import type { SomeSettings } from "../../models/search.ts";
import { checkedJsonText, parseCheckedJson } from "../../training/checked_json.ts";
import { mostConfigBytes } from "../../training/configuration_file.ts";

/** A run of a finalist, tested. */
export interface TestedRun {
  /** The number of its trial. */
  readonly number: number;
  /** Its seed. */
  readonly seed: number;
  /** The epoch of the best validation score. */
  readonly best_epoch: number;
  /** Metrics of that epoch on the validation split. */
  readonly validation: Metrics;
  /** Metrics of that epoch on the test split. */
  readonly test: Metrics;
}

/** A finalist, tested. */
export interface TestedFinalist {
  /** Its model. */
  readonly model: string;
  /** The settings of its trial. */
  readonly settings: SomeSettings;
  /** A run a seed, that of the search first; those that failed are left out. */
  readonly runs: readonly TestedRun[];
  /** Seeds whose runs failed. */
  readonly failed: number;
}

/** How far a model came. */
export interface ModelScores {
  /** The model. */
  readonly model: string;
  /** How many of its trials there were. */
  readonly trials: number;
  /** How many of them failed. */
  readonly failed: number;
  /** Validation Recall@20 of its usual settings, as far as they were trained; `null` where that failed. */
  readonly usual: number | null;
  /** The best of all its trials; `null` where all failed. */
  readonly best: number | null;
}

/** Finalists, blended. */
export interface TestedBlend {
  /** The numbers of the trials in it, and their weights. */
  readonly members: readonly { readonly number: number; readonly weight: number }[];
  /** Its metrics on the validation split, which the weights were chosen by. */
  readonly validation: Metrics;
  /** Its metrics on the test split. */
  readonly test: Metrics;
}

/** What a tune found. */
export interface TuneResult {
  /** How trials were judged and finalists tested, in words. */
  readonly protocol: string;
  /** The dataset. */
  readonly dataset: string;
  /** The adapter. */
  readonly adapter: string;
  /** The version of Bandpass. */
  readonly bandpass: string;
  /** How many trials there were, repeats of finalists not counted. */
  readonly trials: number;
  /** How many of them failed. */
  readonly failed: number;
  /** The models, in the order in which they were tried. */
  readonly models: readonly ModelScores[];
  /** The finalists, the best first by their mean validation Recall@20; the first is the winner. */
  readonly finalists: readonly TestedFinalist[];
  /** The finalists together; `null` where there is one alone. */
  readonly blend: TestedBlend | null;
}

const keys = [
  ...["protocol", "dataset", "adapter", "bandpass", "trials", "failed", "models"] as const,
  ...["finalists", "blend"] as const,
];

const pathIn = (folder: string) => `${folder}/result.json`;

/**
 * Writes it, whole.
 *
 * @param folder The folder of the tune.
 * @param result What it found.
 */
export async function writeTuneResult(folder: string, result: TuneResult): Promise<void> {
  const contents = Object.fromEntries(keys.map((key) => [key, result[key]]));
  await writeFileAtomically(pathIn(folder), checkedJsonText(contents));
}

/**
 * Reads it.
 *
 * @param folder The folder of the tune.
 * @returns Nothing of a tune that has not come to its end.
 * @throws {DataError} It is not what was written.
 */
export async function readTuneResult(folder: string): Promise<TuneResult | undefined> {
  const path = pathIn(folder);
  if (!await exists(path)) return undefined;
  const text = await readTextFile(path, mostConfigBytes);
  const otherwise = "remove it: the same command writes it anew";
  return parseCheckedJson(text, path, keys, { otherwise }) as unknown as TuneResult;
}
