/**
 * MMRec's `.inter` files: tab-separated user–item pairs with the split of each.
 *
 * The columns `userID`, `itemID` and `x_label` (0 train, 1 valid, 2 test) are found by name; others
 * are passed over (methods.md §1).
 *
 * @module
 */
import { DataError } from "../errors.ts";
import type { Interactions } from "./dataset.ts";
import { readFailure } from "./file_failure.ts";

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

/** A table may name this many times more ids than it has rows; beyond, the ids are no indices. */
const largestIdsPerRow = 100;

/** Rows in file order; row `n` is on line `n + 2`. */
interface Rows {
  readonly users: number[];
  readonly items: number[];
  readonly labels: number[];
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
  refuseDuplicates(rows, items, path);
  const [train, valid, test] = [0, 1, 2].map((label) => select(rows, label));
  if (train.users.length === 0) {
    throw new DataError(
      `Cannot train on "${path}": found no train row (x_label 0) among ${rows.users.length} rows`,
      "Set x_label to 0 for the rows to learn from, 1 for validation and 2 for test",
    );
  }
  return { users, items, train, valid, test };
}

async function readRows(path: string): Promise<Rows> {
  const rows: Rows = { users: [], items: [], labels: [] };
  try {
    using file = await Deno.open(path);
    let parseRow: ((line: string, number: number) => void) | undefined;
    let emptyLine = 0;
    let number = 0;
    for await (const lines of lineBlocks(file.readable)) {
      for (const line of lines) {
        number++;
        if (line === "") {
          emptyLine ||= number;
          continue;
        }
        if (emptyLine > 0) {
          throw new DataError(
            `Cannot read "${path}": line ${emptyLine} is empty`,
            "Remove the empty lines",
          );
        }
        if (parseRow === undefined) parseRow = rowParser(line, rows, path);
        else parseRow(line, number);
      }
    }
    if (rows.users.length === 0) {
      throw new DataError(
        `Cannot read "${path}": found ${parseRow ? "a header and no rows" : "an empty file"}`,
        layout,
      );
    }
    return rows;
  } catch (error) {
    throw readFailure(path, error);
  }
}

/** The lines of a file, many at a time: waiting for each would take longer than parsing it. */
async function* lineBlocks(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string[]> {
  const withoutReturn = (line: string) => line.endsWith("\r") ? line.slice(0, -1) : line;
  let rest = "";
  for await (const text of bytes.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield lines.map(withoutReturn);
  }
  if (rest !== "") yield [withoutReturn(rest)];
}

function rowParser(header: string, rows: Rows, path: string) {
  const names = header.split("\t");
  const positions = columns.map((column) => names.indexOf(column));
  const missing = columns.filter((_, n) => positions[n] < 0);
  if (missing.length > 0) {
    throw new DataError(
      `Cannot read "${path}": line 1 lacks the column${missing.length > 1 ? "s" : ""} ` +
        `${missing.map((name) => `"${name}"`).join(", ")}, found ` +
        names.map((name) => `"${name}"`).join(", "),
      // RecBole's atomic files name the type of each column, and have no split.
      names.some((name) => /:(token|float)(_seq)?$/.test(name))
        ? `Make a dataset of this RecBole file: deno task preprocess --dataset NAME --input "${path}"`
        : layout,
    );
  }
  const [userAt, itemAt, labelAt] = positions;
  return (line: string, number: number) => {
    const fields = line.split("\t");
    if (fields.length !== names.length) {
      throw new DataError(
        `Cannot read "${path}": line ${number} has ${fields.length} field` +
          `${fields.length === 1 ? "" : "s"}, expected ${names.length} (${names.join(", ")})`,
        "Give each line as many tab-separated fields as the header has",
      );
    }
    rows.users.push(parseId(fields[userAt], "userID", number, path));
    rows.items.push(parseId(fields[itemAt], "itemID", number, path));
    const label = fields[labelAt];
    if (label !== "0" && label !== "1" && label !== "2") {
      throw new DataError(
        `Cannot read "${path}": line ${number} has x_label "${label}", expected 0, 1 or 2`,
        "Set x_label to 0 for train, 1 for valid and 2 for test",
      );
    }
    rows.labels.push(Number(label));
  };
}

function parseId(text: string, column: string, line: number, path: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const found = /^-\d+$/.test(text)
    ? `the negative ${column} ${text}`
    : /^\d+$/.test(text)
    ? `the ${column} ${text}, which is too large`
    : `${column} "${text}", which is not an integer`;
  throw new DataError(
    `Cannot read "${path}": line ${line} has ${found}`,
    "Number users and items 0, 1, 2, … without gaps",
  );
}

function countOf(ids: readonly number[], column: string, path: string): number {
  let largest = 0;
  for (const id of ids) if (id > largest) largest = id;
  if (largest >= largestIdsPerRow * ids.length) {
    throw new DataError(
      `Cannot read "${path}": line ${ids.indexOf(largest) + 2} has the ${column} ${largest} in a ` +
        `file of ${ids.length} rows`,
      "Number users and items 0, 1, 2, … without gaps",
    );
  }
  return largest + 1;
}

function refuseDuplicates(rows: Rows, items: number, path: string): void {
  const key = (n: number) => rows.users[n] * items + rows.items[n];
  // Sorted keys take a tenth of the memory of a set; lines are only looked up once one is found.
  const keys = Float64Array.from(rows.users, (_, n) => key(n)).sort();
  const duplicate = keys.find((value, n) => n > 0 && keys[n - 1] === value);
  if (duplicate === undefined) return;
  const [first, second] = rows.users.flatMap((_, n) => key(n) === duplicate ? [n] : []);
  throw new DataError(
    `Cannot read "${path}": lines ${first + 2} and ${second + 2} both hold user ` +
      `${rows.users[first]} with item ${rows.items[first]}`,
    "Keep one row for each pair of user and item",
  );
}

function select(rows: Rows, label: number): Interactions {
  const chosen: number[] = [];
  rows.labels.forEach((value, n) => {
    if (value === label) chosen.push(n);
  });
  return {
    users: Uint32Array.from(chosen, (n) => rows.users[n]),
    items: Uint32Array.from(chosen, (n) => rows.items[n]),
  };
}
