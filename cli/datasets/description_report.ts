/**
 * A dataset as `--json` prints it.
 *
 * @module
 */
import type { PublishedMatch } from "../../data/published_counts.ts";
import type { TimeRange } from "../../data/time_range.ts";
import type { DatasetQuality } from "../../lab/quality/dataset_quality.ts";
import { bandNames } from "../../lab/quality/modality_quality.ts";
import type { HeldOutRows } from "../../lab/quality/leakage.ts";
import { shownPath } from "../common/paths.ts";
import { type DescribedDataset, itemsWith } from "./describe_dataset.ts";

/**
 * Makes the report.
 *
 * @param described The dataset.
 */
export function descriptionReport(described: DescribedDataset): Record<string, unknown> {
  const { name, folder, bytes, summary, times, description, userColumns, quality } = described;
  const { users, items, interactions, density, splits, withoutTrainRow, degrees } = summary;
  return {
    ...{ name, folder: shownPath(folder), bytes, users, items, interactions, density, splits },
    without_train_row: withoutTrainRow,
    times: times && timesReport(times),
    degrees,
    modalities: quality.modalities.map((modality) => modalityReport(described, modality)),
    noise_energy: quality.noise && bandsReport(quality.noise),
    held_out: {
      valid: heldOutReport(quality.leakage.valid),
      test: heldOutReport(quality.leakage.test),
    },
    user_feature_columns: userColumns,
    made_by: description?.madeBy,
    split: description?.protocol ?? description?.split,
    published: described.published && publishedReport(described.published),
  };
}

/** Times as ISO 8601, where they are dates. */
function timesReport({ first, last, areDates, without }: TimeRange) {
  const date = (seconds: number) => areDates ? new Date(1000 * seconds).toISOString() : seconds;
  return { first: date(first), last: date(last), without };
}

function modalityReport(
  described: DescribedDataset,
  modality: DatasetQuality["modalities"][number],
) {
  const { name, columns, rank, likeness, bands, neighbours } = modality;
  const { idOf } = described.dataset.itemIds;
  return {
    ...{ name, columns, items_with_features: itemsWith(described, name) },
    constant_columns: modality.constantColumns,
    repeated_columns: modality.repeatedColumns,
    repeated_items: modality.repeatedItems,
    effective_rank: rank.rank,
    effective_rank_items: rank.sampled,
    auc: likeness?.asGiven,
    auc_standardised: likeness?.standardised,
    energy: bands && bandsReport(bands),
    nearest: neighbours.map(({ item, nearest }) => ({
      item: idOf(item),
      nearest: nearest.map(({ item, cosine }) => ({ item: idOf(item), cosine })),
    })),
  };
}

function bandsReport(shares: readonly number[]) {
  return Object.fromEntries(bandNames.map((name, band) => [name, shares[band]]));
}

function heldOutReport(rows: HeldOutRows) {
  return {
    rows: rows.rows,
    users_without_train_row: rows.untrainedUsers,
    rows_of_users_without_train_row: rows.rowsOfUntrainedUsers,
    items_without_train_row: rows.untrainedItems,
    rows_of_items_without_train_row: rows.rowsOfUntrainedItems,
    rows_in_another_split: rows.repeated,
    rows_before_own_train_row: rows.beforeOwnTrain,
    rows_before_any_train_row: rows.beforeAnyTrain,
  };
}

function publishedReport({ published, sameCounts, sameSplit }: PublishedMatch) {
  const { name, release, users, items, interactions, verified } = published;
  return {
    ...{ name, release, users, items, interactions, verified },
    same_counts: sameCounts,
    same_split: sameSplit,
  };
}
