/**
 * Recommendations for people to read, on a terminal of any width.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import { cut, padEnd, padStart, widest } from "../common/text_width.ts";
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
 * listText({ user: "ann", had: 3, basis: "model", items }, 80);
 * // For ann, who has 3 items:
 * //
 * //     item  name
 * //  1  B1    Red hat
 * ```
 */
export function listText(list: ReadableList, width: number): string {
  const { items } = list;
  const heading = `${cutTo(headingOf(list), width)}\n\n`;
  if (items.length === 0) return `${heading}  (no item is left to recommend)\n\n`;
  const ranks = items.map((_, n) => String(n + 1));
  const ids = items.map(({ item }) => cutTo(oneLine(String(item)), widestId));
  const names = items.map(({ name }) => oneLine(name ?? ""));
  const prices = items.map(({ fields }) => oneLine(priceOf(fields)));
  const reasons = items.map(({ because }) =>
    because.map(({ item, name }) => oneLine(name ?? String(item))).join("; ")
  );
  const isKnown = (cells: readonly string[]) => cells.some((cell) => cell !== "");
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
  const room = width - [...fixed, ...ends].reduce((sum, column) => sum + widthOf(column) + 2, 0);
  const texts: TextColumn[] = hasNames ? [{ title: "name", cells: names }] : [];
  const because = { title: "because of", cells: reasons };
  const forNames = hasNames
    ? Math.min(widthOf(texts[0]), isKnown(reasons) ? Math.floor(room * shareOfNames) : room)
    : 0;
  const forReasons = room - forNames - (hasNames ? gap.length : 0);
  const columns = [
    ...fixed,
    ...texts.map((column) => fitted(column, Math.max(leastWidth, forNames))),
    ...ends,
    ...isKnown(reasons) && forReasons >= leastWidth ? [fitted(because, forReasons)] : [],
  ];
  return `${heading}${tableOf(columns)}\n`;
}

function headingOf({ user, had, basis, history }: ReadableList): string {
  const name = oneLine(String(user));
  if (history !== undefined) {
    const names = history.map(({ item, name: own }) => oneLine(own ?? String(item))).join("; ");
    return basis === "popular"
      ? "For somebody without items that are known, popular ones:"
      : `For somebody who has ${names}:`;
  }
  if (basis === "unknown") return `For ${name}, who is not in the data, popular items:`;
  if (basis === "popular") return `For ${name}, of whom nothing was learned, popular items:`;
  return `For ${name}, who has ${counted(had, "item")}:`;
}

function priceOf(fields: Readonly<Record<string, string>>): string {
  const column = Object.keys(fields).find((name) => name.toLowerCase() === "price");
  return column === undefined ? "" : fields[column];
}

function widthOf({ title, cells }: TextColumn): number {
  return widest([title, ...cells]);
}

function cutTo(text: string, width: number): string {
  return widest([text]) <= width ? text : `${cut(text, width - 1)}…`;
}

function fitted(column: TextColumn, width: number): TextColumn {
  return { ...column, cells: column.cells.map((cell) => cutTo(cell, width)) };
}

function tableOf(columns: readonly TextColumn[]): string {
  const rows = [
    columns.map(({ title }) => title),
    ...columns[0].cells.map((_, n) => columns.map(({ cells }) => cells[n])),
  ];
  const widths = columns.map(widthOf);
  return rows.map((row) =>
    row.map((cell, c) => columns[c].isNumber ? padStart(cell, widths[c]) : padEnd(cell, widths[c]))
      .join(gap).trimEnd() + "\n"
  ).join("");
}
