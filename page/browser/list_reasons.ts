/**
 * Why an item is in a list. Rows are taken apart here, as `explain` does it; what has none is explained elsewhere.
 *
 * @module
 */
import type { Breakdown } from "../../explain/explanation.ts";
import { type PartedRow, rowBreakdowns } from "../../explain/row_breakdowns.ts";
import { dot } from "../../explain/single_rows.ts";
import type { FetchedRow, PageData } from "./page_data.ts";

/** A reason. */
export interface Reason {
  /** The score; of similar items how alike they are. */
  readonly score: number;
  /** Whose the first of two parts is, where parts are pairs. */
  readonly whose: "user" | "item";
  /** The score in parts, one for each way to part it. */
  readonly breakdowns: readonly Breakdown[];
  /** What items add that the user took, the most first (default: nobody says). */
  readonly own?: readonly { readonly item: number; readonly value: number }[];
  /** Whether the score is their sum. */
  readonly isExact?: boolean;
  /** What else is to be said. */
  readonly note?: string;
}

/**
 * Why a user gets an item.
 *
 * @param data What the page knows.
 * @param run The run.
 * @param user The user's index.
 * @param item The item's index.
 */
export async function reasonOfUser(
  data: PageData,
  run: number,
  user: number,
  item: number,
): Promise<Reason> {
  if (data.users?.untrained.includes(user)) {
    const score = data.items.counts[item];
    const note = "The model knows nothing of this user, who gets the items that are taken most.";
    return { score, whose: "user", breakdowns: [], note };
  }
  const { rows, hasReasons } = data.index.runs[run];
  if (rows === undefined) return hasReasons ? await served(data, run, user, item) : untold;
  const own = inParts(await data.userRow(run, user), rows.userParts);
  const other = inParts(await data.itemRow(run, item), rows.itemParts);
  return reasonOf("user", rowBreakdowns(rows, own, other), dot(own.whole, other.whole));
}

/**
 * Why an item is similar to another one.
 *
 * @param data What the page knows.
 * @param run The run.
 * @param item The item's index.
 * @param other That of the other one.
 */
export async function reasonOfSimilar(
  data: PageData,
  run: number,
  item: number,
  other: number,
): Promise<Reason> {
  const { rows } = data.index.runs[run];
  if (rows === undefined) {
    const note = "What somebody gets who took the item alone.";
    return { score: 0, whose: "item", breakdowns: [], note };
  }
  const a = inParts(await data.itemRow(run, item), rows.itemParts);
  const b = inParts(await data.itemRow(run, other), rows.itemParts);
  const lengths = Math.sqrt(dot(a.whole, a.whole) * dot(b.whole, b.whole));
  if (lengths === 0) return reasonOf("item", [], 0);
  const score = dot(a.whole, b.whole) / lengths;
  return reasonOf("item", rowBreakdowns(rows, a, b, 1 / lengths), score);
}

const untold: Reason = {
  score: 0,
  whose: "user",
  breakdowns: [],
  note:
    "This page has no reasons for the lists of this model, whose scores are no products of rows.",
};

function reasonOf(
  whose: Reason["whose"],
  breakdowns: readonly Breakdown[],
  score: number,
): Reason {
  if (breakdowns.length > 0) return { score, whose, breakdowns };
  return { score, whose, breakdowns, note: "This model's scores are whole: they have no parts." };
}

async function served(data: PageData, run: number, user: number, item: number): Promise<Reason> {
  const id = data.items.ids[item];
  const found = (await data.reasons(run, user)).find((reason) => reason.item === id);
  if (found === undefined) throw new Error(`The server gives no reason for "${id}".`);
  const places = new Map(data.items.ids.map((id, place) => [id, place]));
  const { score, breakdowns, own } = found;
  return {
    ...{ score, whose: "user", breakdowns, isExact: own?.isExact },
    own: own?.parts.map(({ item, value }) => ({ item: places.get(item)!, value })),
  };
}

/** A row that is whole is its own part. */
function inParts({ whole, parts }: FetchedRow, names: readonly string[]): PartedRow {
  const row = Float64Array.from(whole);
  if (parts.length === 0) return { whole: row, parts: [{ name: names[0], row }] };
  return {
    whole: row,
    parts: parts.map((part, n) => ({ name: names[n], row: Float64Array.from(part) })),
  };
}
