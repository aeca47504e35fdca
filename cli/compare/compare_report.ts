/**
 * What a comparison gave, as `--json` prints it.
 *
 * @module
 */
import { type ComparedValues, intervalLevel } from "../../lab/compare/comparison.ts";
import type { RunGroup } from "../../lab/compare/group_runs.ts";
import type { SettingValue } from "../../models/settings.ts";

/** A group of runs. */
export interface ReportedGroup {
  /** Its letter. */
  readonly group: string;
  /** Its model, or the name of its lists. */
  readonly model: string;
  /** The settings in which it differs from other groups. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** Its runs. */
  readonly runs: readonly string[];
  /** Their seeds; null where one is not known. */
  readonly seeds: readonly (number | null)[];
}

/** What a comparison gave. */
export interface CompareReport {
  /** The protocol in words. */
  readonly protocol: string;
  /** The dataset; nothing where there are lists alone. */
  readonly dataset?: string;
  /** The split; nothing where there are lists alone: what the qrels are of is not known. */
  readonly split?: "valid" | "test";
  /** The mask; nothing where there are lists alone. */
  readonly mask?: string;
  /** The letter of the baseline. */
  readonly baseline: string;
  /** The groups. */
  readonly groups: readonly ReportedGroup[];
  /** The share of resampled means in an interval, and how many resamples there are. */
  readonly bootstrap: { readonly level: number; readonly resamples: number };
  /** All users first, then each part. */
  readonly values: readonly ComparedValues[];
}

/**
 * The report of a comparison.
 *
 * @param subject Its protocol and its data.
 * @param groups The groups.
 * @param baseline Which of them is the baseline.
 * @param resamples Resamples of the bootstrap.
 * @param values What was found.
 */
export function compareReport(
  subject: Pick<CompareReport, "protocol" | "dataset" | "split" | "mask">,
  groups: readonly RunGroup[],
  baseline: number,
  resamples: number,
  values: readonly ComparedValues[],
): CompareReport {
  return {
    ...subject,
    baseline: groups[baseline].letter,
    groups: groups.map(({ letter, model, settings, runs }) => ({
      group: letter,
      model,
      settings,
      runs: runs.map(({ name }) => name),
      seeds: runs.map(({ seed }) => seed ?? null),
    })),
    bootstrap: { level: intervalLevel, resamples },
    values,
  };
}
