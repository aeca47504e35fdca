/**
 * Why an item is in a list: its score in parts.
 *
 * @module
 */
import { breakdownHeadings, shortBreakdowns } from "../../explain/breakdown_headings.ts";
import type { Breakdown } from "../../explain/explanation.ts";
import { pairMatrix } from "../../explain/pair_matrix.ts";
import { barTable, heatTable } from "./bars.ts";
import { element } from "./dom.ts";
import { alikeTexts, scoreText } from "./numbers.ts";
import type { Reason } from "./list_reasons.ts";

/**
 * A score in parts.
 *
 * @param reason The score, and what it is the sum of.
 * @param shownItem What shows an item that the user took.
 */
export function explanationView(
  { score, breakdowns, whose, own = [], isExact, note }: Reason,
  shownItem: (item: number) => Node,
): HTMLElement {
  const shown = shortBreakdowns(breakdowns).flatMap((one) => breakdownView(one, whose));
  if (own.length > 0) {
    shown.push(barTable(
      isExact ? "By what was taken" : "By what was taken, approximately",
      own.map(({ item, value }) => ({ name: shownItem(item), value })),
      alikeTexts(own.map(({ value }) => value)),
    ));
  }
  return element(
    "div",
    { class: "explanation" },
    note === undefined ? undefined : element("p", {}, note),
    ...shown,
    breakdowns.length === 0
      ? undefined
      : element("p", { class: "quiet" }, `The parts of each table sum to ${scoreText(score)}.`),
  );
}

function breakdownView({ by, parts }: Breakdown, whose: Reason["whose"]): Node[] {
  const text = alikeTexts(parts.map(({ value }) => value));
  const matrix = pairMatrix(parts);
  if (matrix === undefined) return [barTable(breakdownHeadings[by], parts, text)];
  const { rows, columns, values } = matrix;
  const [first, other] = whose === "user" ? ["user's", "item's"] : ["first item's", "other one's"];
  const sums = columns.map((name, n) => ({
    name,
    value: values.reduce((sum, row) => sum + row[n], 0),
  }));
  return [
    barTable(`${breakdownHeadings[by]} of the item`, sums, text),
    heatTable({
      caption: `${breakdownHeadings[by]}: the ${first} in rows, the ${other} in columns`,
      columns,
      rows: rows.map((name, n) => ({ name, values: values[n] })),
    }, text),
  ];
}
