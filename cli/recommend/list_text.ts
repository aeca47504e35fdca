/**
 * Recommendations for people to read, on a terminal of any width.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import { cutTo, padEnd, padStart, widest } from "../common/text_width.ts";
import type { ReadableList } from "./readable_list.ts";

/** A column of the list. */
interface TextColumn {
  readonly title: string;
  readonly cells: readonly string[];
  /** Whether its cells stand at the right end. */
  readonly isNumber?: boolean;
}

const gap = "  ";

/** The widest that an id becomes, so that names have room. */
const widestId = 24;

/** Columns of text with less room than this say nothing. */
const leastWidth = 12;

/** The share of the room for text that names may take from reasons. */
const shareOfNames = 0.55;

// Ids and names are the user's own, and may hold anything.
const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

/**
 * The list of a user: who it is for, and a line for each item with its id, its name and price, where
 * they are known, and the user's own items that speak for it.
 *
 * @param list The list.
 * @param width Columns of the terminal.
 * @returns Lines, each ended; an empty one comes last.
 * @example
 * ```ts
 * import { listText } from "./list_text.ts";
 * const items = [{ item: "B1", score: 0.5, name: "Red hat", fields: {}, because: [] }];
 * listText({ user: "ann", owned: 3, basis: "model", items }, 80);
 * // For ann, who has 3 items:
 * //
 * //     item  name
 * //  1  B1    Red hat
 * ```
 */
export function listText(list: ReadableList, width: number): string {
  const { items } = list;
  const heading = `${cutTo(headingOf(list), width)}\n\n`;
  if (items.length === 0) return `${heading}  (no items left to recommend)\n\n`;
  const ranks = items.map((_, n) => String(n + 1));
  const ids = items.map(({ item }) => cutTo(oneLine(String(item)), widestId));
  const names = items.map(({ name }) => oneLine(name ?? ""));
  const prices = items.map(({ fields }) => oneLine(priceOf(fields)));
  const reasons = items.map(({ because }) =>
    because.map(({ item, name }) => oneLine(name ?? String(item))).join("; ")
  );
  const hasNames = isKnown(names);
  const fixed: TextColumn[] = [
    { title: "", cells: ranks.map((rank) => padStart(rank, 2)), isNumber: true },
    { title: "item", cells: ids },
  ];
  const ends: TextColumn[] = [];
  if (isKnown(prices)) ends.push({ title: "price", cells: prices, isNumber: true });
  if (!hasNames) {
    const scores = items.map(({ score }) => score.toPrecision(4));
    ends.push({ title: "score", cells: scores, isNumber: true });
  }
  const room = width -
    [...fixed, ...ends].reduce(
      (sum, { title, cells }) => sum + widest([title, ...cells]) + gap.length,
      0,
    );
  const texts = textColumns(names, reasons, room);
  const named = hasNames ? 1 : 0;
  const columns = [...fixed, ...texts.slice(0, named), ...ends, ...texts.slice(named)];
  return `${heading}${tableOf(columns)}\n`;
}

/** Names and reasons in the room that there is for both; reasons give way first. */
function textColumns(
  names: readonly string[],
  reasons: readonly string[],
  room: number,
): TextColumn[] {
  const hasNames = isKnown(names);
  const forReasons = hasNames
    ? room - Math.min(widest(names), Math.floor(room * shareOfNames)) - gap.length
    : room;
  const showsReasons = isKnown(reasons) && forReasons >= leastWidth;
  const forNames = showsReasons ? room - forReasons - gap.length : room;
  return [
    ...hasNames ? [fitted("name", names, Math.max(leastWidth, forNames))] : [],
    ...showsReasons ? [fitted("because of", reasons, forReasons)] : [],
  ];
}

function isKnown(cells: readonly string[]): boolean {
  return cells.some((cell) => cell !== "");
}

function headingOf({ user, owned, basis, history }: ReadableList): string {
  const name = oneLine(String(user));
  if (history !== undefined) {
    const names = history.map(({ item, name: own }) => oneLine(own ?? String(item))).join("; ");
    return basis === "popular"
      ? "For someone whose items are all unknown, popular items:"
      : `For someone who has ${names}:`;
  }
  if (basis === "unknown") return `For ${name}, who is not in the data, popular items:`;
  if (basis === "popular") return `For ${name}, about whom the model knows nothing, popular items:`;
  return `For ${name}, who has ${counted(owned, "item")}:`;
}

function priceOf(fields: Readonly<Record<string, string>>): string {
  const column = Object.keys(fields).find((name) => name.toLowerCase() === "price");
  return column === undefined ? "" : fields[column];
}

function fitted(title: string, cells: readonly string[], width: number): TextColumn {
  return { title, cells: cells.map((cell) => cutTo(cell, width)) };
}

function tableOf(columns: readonly TextColumn[]): string {
  const rows = [
    columns.map(({ title }) => title),
    ...columns[0].cells.map((_, n) => columns.map(({ cells }) => cells[n])),
  ];
  const widths = columns.map(({ title, cells }) => widest([title, ...cells]));
  return rows.map((row) =>
    row.map((cell, c) => columns[c].isNumber ? padStart(cell, widths[c]) : padEnd(cell, widths[c]))
      .join(gap).trimEnd() + "\n"
  ).join("");
}
