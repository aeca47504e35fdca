/**
 * What held-out rows have in common with train rows that they should not, or lack that they should have.
 *
 * @module
 */
import { type Csr, rowCounts } from "../../algebra/csr.ts";
import type { Dataset, Interactions } from "../../data/dataset.ts";
import { degreesOf } from "../../data/dataset_summary.ts";
import type { RowTimes } from "../../data/row_times.ts";
import { timeRange } from "../../data/time_range.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";

/** The rows of a held-out split, and how many of them are odd. */
export interface HeldOutRows {
  /** Rows of the split. */
  readonly rows: number;
  /** Users without a train row. */
  readonly untrainedUsers: number;
  /** Rows of such users. */
  readonly rowsOfUntrainedUsers: number;
  /** Items without a train row. */
  readonly untrainedItems: number;
  /** Rows of such items. */
  readonly rowsOfUntrainedItems: number;
  /** Rows whose user and item are a train row too, or of test, a validation row. */
  readonly repeated: number;
  /** Rows that are earlier than the last train row of their user; nothing where no times are known. */
  readonly beforeOwnTrain?: number;
  /** Rows that are earlier than the last train row of all; nothing where times are no dates, but say the order alone. */
  readonly beforeAnyTrain?: number;
}

/**
 * Checks the validation and test rows of a dataset.
 *
 * @param dataset The dataset.
 * @param times The times of its rows (default: they are not known).
 */
export function leakageOf(
  dataset: Pick<Dataset, "users" | "items" | "train" | "valid" | "test">,
  times?: RowTimes,
): Readonly<Record<"valid" | "test", HeldOutRows>> {
  const { users, items, train, valid } = dataset;
  const [trained, validated] = [train, valid].map((rows) => interactionMatrix(rows, users, items));
  const userDegrees = rowCounts(trained);
  const itemDegrees = degreesOf([train], "items", items);
  const last = times && lastTimes(train, times.train, users);
  const areDates = times !== undefined && timeRange(times)?.areDates === true;
  const check = (split: "valid" | "test", known: readonly Csr[]): HeldOutRows => {
    const rows = dataset[split];
    const count = (holds: (user: number, item: number, time: number) => boolean) =>
      rows.users.reduce(
        (sum, user, n) => sum + Number(holds(user, rows.items[n], times?.[split][n] ?? Infinity)),
        0,
      );
    return {
      rows: rows.users.length,
      untrainedUsers: new Set(rows.users.filter((user) => userDegrees[user] === 0)).size,
      rowsOfUntrainedUsers: count((user) => userDegrees[user] === 0),
      untrainedItems: new Set(rows.items.filter((item) => itemDegrees[item] === 0)).size,
      rowsOfUntrainedItems: count((_, item) => itemDegrees[item] === 0),
      repeated: count((user, item) => known.some((matrix) => hasEntry(matrix, user, item))),
      ...last && { beforeOwnTrain: count((user, _, time) => time < last.ofUser[user]) },
      ...last && areDates && { beforeAnyTrain: count((_user, _item, time) => time < last.ofAll) },
    };
  };
  return { valid: check("valid", [trained]), test: check("test", [trained, validated]) };
}

/** Whether a matrix has an entry, whose columns are ascending within a row. */
function hasEntry({ rowStart, column }: Csr, row: number, wanted: number): boolean {
  let [low, high] = [rowStart[row], rowStart[row + 1]];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low < rowStart[row + 1] && column[low] === wanted;
}

/** When each user's last train row is, and the last of all; −∞ where no time is known. */
function lastTimes(train: Interactions, times: Float64Array, users: number) {
  const ofUser = new Float64Array(users).fill(-Infinity);
  let ofAll = -Infinity;
  train.users.forEach((user, n) => {
    if (!Number.isFinite(times[n])) return;
    ofUser[user] = Math.max(ofUser[user], times[n]);
    ofAll = Math.max(ofAll, times[n]);
  });
  return { ofUser, ofAll };
}
