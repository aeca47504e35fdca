/**
 * Interactions grouped by user: what duplicates, cores and splits are computed on.
 *
 * @module
 */

/** The rows of user u are `items[start[u]]` to `items[start[u+1]−1]`. */
export interface UserRows {
  /** `users+1` offsets. */
  readonly start: Uint32Array;
  /** Item of each row. */
  readonly items: Uint32Array;
  /** Seconds since 1970 of each row, ascending within a user; `Infinity` where absent. */
  readonly times?: Float64Array;
  /** Of rows that were split, the label of each: 0 train, 1 validation, 2 test, or {@linkcode gapLabel}. */
  readonly labels?: Uint8Array;
}

/** What rows are that belong to no split, as they are just before the first held-out ones. */
export const gapLabel = 3;

/**
 * Groups rows by user, in order of their time, or of the table where that is the same or not known.
 *
 * @param users User of each row.
 * @param items Item of each row.
 * @param times Time of each row, or `undefined`.
 * @param userCount Number of users.
 * @example
 * ```ts
 * import { groupByUser } from "./user_rows.ts";
 * const [users, items] = [new Uint32Array([1, 0, 1]), new Uint32Array([5, 6, 7])];
 * groupByUser(users, items, undefined, 2).items; // [6, 5, 7]
 * ```
 */
export function groupByUser(
  users: Uint32Array,
  items: Uint32Array,
  times: Float64Array | undefined,
  userCount: number,
): UserRows {
  const start = new Uint32Array(userCount + 1);
  for (let n = 0; n < users.length; n++) start[users[n] + 1]++;
  for (let user = 0; user < userCount; user++) start[user + 1] += start[user];
  const next = start.slice();
  const grouped = new Uint32Array(items.length);
  const groupedTimes = times && new Float64Array(items.length);
  for (let n = 0; n < users.length; n++) {
    const at = next[users[n]]++;
    grouped[at] = items[n];
    if (groupedTimes !== undefined) groupedTimes[at] = times![n];
  }
  if (groupedTimes !== undefined) {
    for (let user = 0; user < userCount; user++) {
      sortByTime(grouped, groupedTimes, start[user], start[user + 1]);
    }
  }
  return { start, items: grouped, times: groupedTimes };
}

/** Stable, and without work for rows that are in order, as those of logs mostly are. */
function sortByTime(items: Uint32Array, times: Float64Array, from: number, to: number): void {
  let sorted = true;
  for (let n = from + 1; n < to && sorted; n++) sorted = times[n - 1] <= times[n];
  if (sorted) return;
  if (to - from > 64) {
    const order = Uint32Array.from({ length: to - from }, (_, n) => from + n)
      // Not their difference: absent times are infinite.
      .sort((a, b) => times[a] < times[b] ? -1 : times[a] > times[b] ? 1 : a - b);
    const [sortedItems, sortedTimes] = [
      Uint32Array.from(order, (n) => items[n]),
      Float64Array.from(order, (n) => times[n]),
    ];
    items.set(sortedItems, from);
    times.set(sortedTimes, from);
    return;
  }
  for (let n = from + 1; n < to; n++) {
    const [item, time] = [items[n], times[n]];
    let at = n;
    for (; at > from && times[at - 1] > time; at--) {
      items[at] = items[at - 1];
      times[at] = times[at - 1];
    }
    items[at] = item;
    times[at] = time;
  }
}

/**
 * The rows for which a test holds; the memory of the given ones is used again.
 *
 * @param rows The rows; not to be used afterwards.
 * @param keeps The test, called in order.
 * @example
 * ```ts
 * import { filterRows } from "./user_rows.ts";
 * const rows = { start: new Uint32Array([0, 2]), items: new Uint32Array([4, 5]) };
 * filterRows(rows, (_user, item) => item > 4).items; // [5]
 * ```
 */
export function filterRows(
  rows: UserRows,
  keeps: (user: number, item: number, label: number | undefined) => boolean,
): UserRows {
  const { start, items, times, labels } = rows;
  let kept = 0;
  let from = 0;
  for (let user = 0; user + 1 < start.length; user++) {
    const to = start[user + 1];
    for (let n = from; n < to; n++) {
      if (!keeps(user, items[n], labels?.[n])) continue;
      items[kept] = items[n];
      if (times !== undefined) times[kept] = times[n];
      if (labels !== undefined) labels[kept] = labels[n];
      kept++;
    }
    from = to;
    start[user + 1] = kept;
  }
  return {
    start,
    items: items.subarray(0, kept),
    times: times?.subarray(0, kept),
    labels: labels?.subarray(0, kept),
  };
}

/**
 * Keeps the first row of each pair of user and item: the earliest, where times are known.
 *
 * The earliest and not the latest, so that what a user takes again does not count as new.
 *
 * @param rows The rows; not to be used afterwards.
 * @param itemCount Number of items.
 * @example
 * ```ts
 * import { mergeDuplicates } from "./user_rows.ts";
 * const rows = { start: new Uint32Array([0, 3]), items: new Uint32Array([4, 5, 4]) };
 * mergeDuplicates(rows, 6).items; // [4, 5]
 * ```
 */
export function mergeDuplicates(rows: UserRows, itemCount: number): UserRows {
  /** The last user with whom each item was seen, plus one. */
  const seenWith = new Uint32Array(itemCount);
  return filterRows(rows, (user, item) => {
    if (seenWith[item] === user + 1) return false;
    seenWith[item] = user + 1;
    return true;
  });
}

/**
 * The k-core: the largest set of rows in which every user and every item has at least k of them,
 * by leaving out those with fewer until none is left that has (Seidman, Social Networks 5, 1983).
 * Of rows that were split, train rows alone count, and held-out rows stay whose user and item do.
 *
 * @param rows The rows; not to be used afterwards.
 * @param itemCount Number of items.
 * @param k At least 1; for 1 the rows stay as they are.
 * @example
 * ```ts
 * import { kCore } from "./user_rows.ts";
 * const rows = { start: new Uint32Array([0, 2, 4, 5]), items: new Uint32Array([0, 1, 0, 1, 0]) };
 * kCore(rows, 2, 2).items; // [0, 1, 0, 1]
 * ```
 */
export function kCore(rows: UserRows, itemCount: number, k: number): UserRows {
  if (k === 1) return rows;
  for (let current = rows;;) {
    const { start, items, labels } = current;
    // Taken beforehand, as rows are written over while they are gone through.
    const rowsOfItem = new Uint32Array(itemCount);
    const rowsOfUser = new Uint32Array(start.length - 1);
    for (let user = 0; user < rowsOfUser.length; user++) {
      for (let n = start[user]; n < start[user + 1]; n++) {
        if (labels !== undefined && labels[n] !== 0) continue;
        rowsOfUser[user]++;
        rowsOfItem[items[n]]++;
      }
    }
    current = filterRows(current, (user, item) => rowsOfUser[user] >= k && rowsOfItem[item] >= k);
    if (current.items.length === items.length) return current;
  }
}

/** Rows of the users and items that have any, with new indices. */
export interface DenseRows {
  /** The rows, with the new indices of users and items. */
  readonly rows: UserRows;
  /** The former index of each user, ascending. */
  readonly users: Uint32Array;
  /** The former index of each item, ascending. */
  readonly items: Uint32Array;
}

/**
 * Leaves out users and items without rows, and numbers the others anew in the same order.
 *
 * @param rows The rows; not to be used afterwards.
 * @param itemCount Number of items.
 * @example
 * ```ts
 * import { denseRows } from "./user_rows.ts";
 * const rows = { start: new Uint32Array([0, 0, 1]), items: new Uint32Array([7]) };
 * denseRows(rows, 9).users; // [1]
 * ```
 */
export function denseRows(rows: UserRows, itemCount: number): DenseRows {
  const { start, items, times, labels } = rows;
  const users: number[] = [];
  const offsets = [0];
  for (let user = 0; user + 1 < start.length; user++) {
    if (start[user] === start[user + 1]) continue;
    users.push(user);
    offsets.push(start[user + 1]);
  }
  const indexOf = new Uint32Array(itemCount);
  for (let n = 0; n < items.length; n++) indexOf[items[n]] = 1;
  const kept: number[] = [];
  for (let item = 0; item < itemCount; item++) {
    if (indexOf[item] === 1) indexOf[item] = kept.push(item) - 1;
  }
  for (let n = 0; n < items.length; n++) items[n] = indexOf[items[n]];
  return {
    rows: { start: Uint32Array.from(offsets), items, times, labels },
    users: Uint32Array.from(users),
    items: Uint32Array.from(kept),
  };
}
