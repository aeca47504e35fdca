/**
 * MMRec's `.inter` files: tab-separated user–item pairs with the split of each.
 *
 * The columns `userID`, `itemID` and `x_label` (0 train, 1 valid, 2 test) are found by name; others
 * are passed over (methods.md §1).
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { allSplits, type Interactions, type Split } from "./dataset.ts";
import { excerpt, excerptOfNames } from "./excerpt.ts";
import { PairRows } from "./ingest/pair_rows.ts";
import { labelOf } from "./ingest/split_label.ts";
import { groupByUser } from "./ingest/user_rows.ts";
import { ByteSource } from "./table/byte_source.ts";
import { delimiterBytes, fieldText, type TableRow, type TableSink } from "./table/table.ts";
import { readTable } from "./table/table_reader.ts";
import { uniqueColumn } from "./table/unique_column.ts";

/** The rows of an `.inter` file; `valid` and `test` may be empty. */
export interface SplitInteractions {
  /** The largest user id plus one. */
  readonly users: number;
  /** The largest item id plus one. */
  readonly items: number;
  /** Rows with `x_label` 0; at least one. */
  readonly train: Interactions;
  /** Rows with `x_label` 1. */
  readonly valid: Interactions;
  /** Rows with `x_label` 2. */
  readonly test: Interactions;
}

const columns = ["userID", "itemID", "x_label"] as const;
const layout = "Separate columns by tabs and name userID, itemID and x_label " +
  "(0 train, 1 valid, 2 test) in the first line";

/**
 * Ids beyond this many and this many times the rows are no indices: tables with a row for each of them
 * would take minutes and gigabytes until something else refuses them.
 */
const [spareIds, largestIdsPerRow] = [1000, 10];

const zero = 48;
/** Digits of the largest id, which has to fit in 32 bits. */
const mostDigits = 9;

/** Rows of all splits in file order; row `n` is on line `n + 2`. */
export interface LabelledRows {
  /** The user of each row. */
  readonly users: Uint32Array;
  /** The item of each row. */
  readonly items: Uint32Array;
  /** The `x_label` of each row. */
  readonly labels: Uint8Array;
}

/**
 * Reads an `.inter` file.
 *
 * A byte-order mark, CRLF line ends and empty lines at the end are accepted.
 *
 * @param path The file.
 * @throws {DataError} The file is missing or empty, lacks a column, has a malformed or duplicate
 * row, or has no train row; the message names the line.
 * @example
 * ```ts
 * import { readInteractions } from "./interactions.ts";
 * const path = `${await Deno.makeTempDir()}/a.inter`;
 * await Deno.writeTextFile(path, "userID\titemID\tx_label\n0\t3\t0\n");
 * (await readInteractions(path)).items; // 4
 * ```
 */
export async function readInteractions(path: string): Promise<SplitInteractions> {
  const rows = await readRows(path);
  const users = countOf(rows.users, "userID", path);
  const items = countOf(rows.items, "itemID", path);
  refuseDuplicates(rows, users, items, path);
  const splits = rowsOfSplits(rows);
  if (splits.train.users.length === 0) {
    throw new DataError(
      `Cannot train on "${path}": found no train row (x_label 0) among ${rows.users.length} rows`,
      "Set x_label to 0 for the rows to learn from, 1 for validation and 2 for test",
    );
  }
  return { users, items, ...splits };
}

async function readRows(path: string): Promise<LabelledRows> {
  const pairs = new PairRows();
  let labels = new Uint8Array(1 << 16);
  await eachRow(path, (user, item, label) => {
    if (pairs.count === labels.length) {
      const longer = new Uint8Array(2 * labels.length);
      longer.set(labels);
      labels = longer;
    }
    labels[pairs.count] = label;
    pairs.add(user, item);
  });
  return { users: pairs.users, items: pairs.items, labels: labels.subarray(0, pairs.count) };
}

/**
 * The rows of each split, in their order.
 *
 * @param rows The rows of all.
 * @example
 * ```ts
 * import { rowsOfSplits } from "./interactions.ts";
 * const [users, items] = [new Uint32Array([7, 8]), new Uint32Array([1, 2])];
 * rowsOfSplits({ users, items, labels: new Uint8Array([2, 0]) }).test.users; // [7]
 * ```
 */
export function rowsOfSplits({ users, items, labels }: LabelledRows): Record<Split, Interactions> {
  const counts = new Uint32Array(allSplits.length);
  for (const label of labels) counts[label]++;
  const splits = Array.from(counts, (count) => ({
    users: new Uint32Array(count),
    items: new Uint32Array(count),
  }));
  counts.fill(0);
  labels.forEach((label, n) => {
    splits[label].users[counts[label]] = users[n];
    splits[label].items[counts[label]++] = items[n];
  });
  const [train, valid, test] = splits;
  return { train, valid, test };
}

/** What an `.inter` file holds, in numbers. */
export interface InteractionCounts {
  /** The largest user id plus one. */
  readonly users: number;
  /** The largest item id plus one. */
  readonly items: number;
  /** Rows of each split. */
  readonly splits: Readonly<Record<Split, number>>;
}

/**
 * Counts what an `.inter` file holds, without the checks that take all rows together.
 *
 * @param path The file.
 * @throws {DataError} The file is missing, lacks a column, or has a malformed row.
 * @example
 * ```ts
 * import { countInteractions } from "./interactions.ts";
 * const path = `${await Deno.makeTempDir()}/a.inter`;
 * await Deno.writeTextFile(path, "userID\titemID\tx_label\n0\t3\t0\n");
 * (await countInteractions(path)).splits; // { train: 1, valid: 0, test: 0 }
 * ```
 */
export async function countInteractions(path: string): Promise<InteractionCounts> {
  const splits = [0, 0, 0];
  let [lastUser, lastItem] = [-1, -1];
  await eachRow(path, (user, item, label) => {
    if (user > lastUser) lastUser = user;
    if (item > lastItem) lastItem = item;
    splits[label]++;
  });
  const [train, valid, test] = splits;
  return { users: lastUser + 1, items: lastItem + 1, splits: { train, valid, test } };
}

/** Reads a file row by row. */
async function eachRow(
  path: string,
  take: (user: number, item: number, label: number) => void,
): Promise<void> {
  let count = 0;
  let [userAt, itemAt, labelAt] = [0, 0, 0];
  const sink: TableSink = {
    columns(names, _format, line) {
      refuseGap(1, line, path);
      const positions = columnsOf(names, path);
      [userAt, itemAt, labelAt] = positions;
      return positions;
    },
    row(row) {
      refuseGap(count + 2, row.line, path);
      const [user, item] = [idOf(row, userAt, "userID", path), idOf(row, itemAt, "itemID", path)];
      take(user, item, labelOf(row, labelAt, path));
      count++;
    },
  };
  // No quotes: ids are integers, and a row is a line.
  const form = { delimiter: delimiterBytes.tab, quoted: false, nextStep: layout };
  await readTable(new ByteSource(path, { regular: true }), sink, form);
}

/** Blank lines are passed over by the reader; here they are right at the end alone. */
function refuseGap(expected: number, line: number, path: string): void {
  if (line === expected) return;
  throw new DataError(`Cannot read "${path}": line ${expected} is empty`, "Remove the empty lines");
}

function columnsOf(names: readonly string[], path: string): number[] {
  const positions = columns.map((column) => uniqueColumn(names, names.indexOf(column), path));
  const missing = columns.filter((_, n) => positions[n] < 0);
  if (missing.length === 0) return positions;
  throw new DataError(
    `Cannot read "${path}": line 1 lacks the column${missing.length > 1 ? "s" : ""} ` +
      `${missing.map((name) => `"${name}"`).join(", ")}, found ` +
      excerptOfNames(names),
    // RecBole's atomic files name the type of each column, and have no split.
    names.some((name) => /:(token|float)(_seq)?$/.test(name))
      ? ({ command }) =>
        "Make a dataset of this RecBole file: " +
        command("preprocess", { dataset: "NAME", input: `"${path}"` })
      : layout,
  );
}

function idOf(row: TableRow, column: number, name: string, path: string): number {
  const { bytes, line } = row;
  const [from, to] = [row.start[column], row.end[column]];
  let id = 0;
  let isId = to > from && to - from <= mostDigits;
  for (let at = from; isId && at < to; at++) {
    const digit = bytes[at] - zero;
    isId = digit >= 0 && digit <= 9;
    id = 10 * id + digit;
  }
  if (isId) return id;
  const text = excerpt(fieldText(row, column));
  const found = /^-\d+…?$/.test(text)
    ? `the negative ${name} ${text}`
    : /^\d+…?$/.test(text)
    ? `the ${name} ${text}, which is too large`
    : `${name} "${text}", which is not an integer`;
  throw new DataError(
    `Cannot read "${path}": line ${line} has ${found}`,
    "Number users and items 0, 1, 2, … without gaps",
  );
}

function countOf(ids: Uint32Array, column: string, path: string): number {
  let largest = 0;
  for (const id of ids) if (id > largest) largest = id;
  if (largest >= spareIds + largestIdsPerRow * ids.length) {
    throw new DataError(
      `Cannot read "${path}": line ${ids.indexOf(largest) + 2} has the ${column} ${largest} in a ` +
        `file of ${ids.length} rows`,
      "Number users and items 0, 1, 2, … without gaps",
    );
  }
  return largest + 1;
}

function refuseDuplicates(
  { users, items }: LabelledRows,
  count: number,
  ofItems: number,
  path: string,
): void {
  // Rows user by user, so that an item needs to remember only who had it last.
  const rows = groupByUser(users, users.map((_, row) => row), undefined, count).items;
  const lastRow = new Uint32Array(ofItems);
  for (const row of rows) {
    const [user, item] = [users[row], items[row]];
    const earlier = lastRow[item] - 1;
    lastRow[item] = row + 1;
    if (earlier < 0 || users[earlier] !== user) continue;
    throw new DataError(
      `Cannot read "${path}": lines ${earlier + 2} and ${row + 2} both hold user ${user} with ` +
        `item ${item}`,
      "Keep one row for each pair of user and item",
    );
  }
}
