/**
 * What is similar to an item, for people to read.
 *
 * @module
 */
import { shortBreakdowns } from "../../explain/breakdown_headings.ts";
import type { Breakdown, SimilarItems } from "../../explain/explanation.ts";
import { itemName, type NameOf } from "../../explain/explanation_text.ts";
import { partWords } from "../../explain/part_words.ts";
import { tableText } from "../common/text_table.ts";
import { cutTo } from "../common/text_width.ts";
import { wrapped } from "./explain_text.ts";
import { itemLabel } from "./shown_parts.ts";

/** Items of the list of a part. */
const mostOfPart = 3;

/**
 * The items, with what their similarity mostly comes from, and those that are nearest in one part alone.
 *
 * @param similar The items.
 * @param nameOf The names of items.
 * @param width Columns of the terminal.
 * @returns Lines, each ended.
 */
export function similarText(similar: SimilarItems, nameOf: NameOf, width: number): string {
  const { item, measure, items, lists } = similar;
  const how = measure === "cosine"
    ? "by the cosine of their rows"
    : "by the scores of somebody who took it alone";
  const heading = wrapped(`Similar to ${itemName(item, nameOf)}, ${how}:`, width);
  const kinds = shortBreakdowns(items[0]?.breakdowns ?? []);
  const table = tableText([
    {
      heading: "item",
      cells: items.map((one) => itemLabel(one.item, nameOf)),
      shorten: cutTo,
    },
    {
      heading: measure === "cosine" ? "cosine" : "score",
      cells: items.map(({ score }) => score.toPrecision(3)),
      isNumber: true,
    },
    ...kinds.map(({ by }, n) => ({
      heading: `most by ${by}`,
      cells: items.map(({ breakdowns }) => mostOf(shortBreakdowns(breakdowns)[n])),
      leaves: kinds.length - n,
    })),
  ], width);
  const alone = lists.map(({ by, name, items }) => {
    const few = items.slice(0, mostOfPart).map((one) =>
      `${itemName(one.item, nameOf)} ${one.score.toPrecision(3)}`
    );
    return wrapped(
      `By ${by === "modality" ? "" : `${by} `}${name} alone: ${few.join("; ")}`,
      width,
    );
  });
  return [heading, "\n", table, ...alone.length === 0 ? [] : ["\n", ...alone]].join("");
}

/** The part that adds most. */
function mostOf(breakdown: Breakdown | undefined): string {
  if (breakdown === undefined) return "";
  const [first] = breakdown.parts.toSorted((a, b) => b.value - a.value);
  const all = breakdown.parts.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  if (!(first.value > 0)) return "";
  const words = first.user === undefined
    ? partWords(breakdown.by, first).replace(/^its /, "")
    : first.name;
  return `${words} (${Math.round(100 * first.value / all)} %)`;
}
