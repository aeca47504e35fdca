/**
 * How a dataset was split, as `dataset.json` has it and as every result on it states it.
 *
 * @module
 */
import { dateText } from "../../data/ingest/date_text.ts";
import { isDate } from "../../data/ingest/epoch_times.ts";
import type { TimePoints } from "../../data/ingest/time_split.ts";
import type { PreprocessRequest } from "./preprocess_command.ts";

type SplitRequest = Pick<PreprocessRequest, "split" | "kCore" | "coreRows">;

/**
 * The settings, for `dataset.json`.
 *
 * @param request What the user asked for.
 * @param points Where time was divided.
 */
export function splitSettings({ split, coreRows, kCore }: SplitRequest, points?: TimePoints) {
  const { rule, ratios, seed, last, gap } = split;
  const usesRatios = rule !== "leave-last" && split.points === undefined;
  return {
    core_rows: kCore > 1 && coreRows !== "all" ? coreRows : undefined,
    split: rule,
    ratios: usesRatios ? ratios : undefined,
    seed: rule === "random" ? seed : undefined,
    last,
    valid_from: points && written(points.validFrom),
    test_from: points && written(points.testFrom),
    gap_seconds: gap,
  };
}

/** As text where it is a date, else as the number that it is. */
function written(seconds: number): string | number {
  return isDate(seconds) ? dateText(seconds) : seconds;
}

/**
 * The split in words.
 *
 * @param request What the user asked for.
 * @param points Where time was divided.
 * @example
 * ```ts
 * import { splitProtocol } from "./split_protocol.ts";
 * const split = { rule: "leave-last", ratios: [.8, .1, .1], seed: 0, last: 2 } as const;
 * splitProtocol({ split, kCore: 5, coreRows: "all" }); // "split leave-last, 2 rows each; 5-core of all rows"
 * ```
 */
export function splitProtocol({ split, kCore, coreRows }: SplitRequest, points?: TimePoints) {
  const { rule, ratios, seed, last = 1, gap } = split;
  const parts = points !== undefined
    ? [
      `validation from ${dateText(points.validFrom)}`,
      `test from ${dateText(points.testFrom)}`,
      ...gap === undefined ? [] : [`a gap of ${spanText(gap)} before`],
    ]
    : rule === "leave-last"
    ? [`${last} row${last === 1 ? "" : "s"} each`]
    : [ratios.map((share) => Number(share.toFixed(4))).join(":")];
  if (rule === "random") parts.push(`seed ${seed}`);
  const core = kCore === 1 ? "" : `; ${kCore}-core of ${coreRows} rows`;
  return `split ${rule}, ${parts.join(", ")}${core}`;
}

/** A span in the largest unit that it is a whole number of. */
function spanText(seconds: number): string {
  const units = [["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60]] as const;
  const [unit, size] = units.find(([, size]) => seconds % size === 0) ?? ["second", 1];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
