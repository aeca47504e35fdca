/**
 * The picture of `explain --plot`.
 *
 * @module
 */
import type { Explanation, SimilarItems } from "../../explain/explanation.ts";
import { explanationText, itemName, type NameOf } from "../../explain/explanation_text.ts";
import type { Source } from "./explain_json.ts";
import { chartsOf, itemLabel, ownChart } from "./shown_parts.ts";
import { SvgCharts } from "./svg_charts.ts";

/**
 * Explanations of scores.
 *
 * @param source Where they come from.
 * @param explanations The explanations, of one user.
 * @param nameOf The names of items.
 * @returns A whole file.
 */
export function explanationsSvg(
  { run, model, dataset }: Source,
  explanations: readonly Explanation[],
  nameOf: NameOf,
): string {
  const charts = new SvgCharts();
  const user = explanations[0]?.user;
  const title = `What ${user === undefined ? "a new user" : user} gets by ${model} on ${dataset}`;
  charts.text(title, 16);
  charts.text(`Run ${run}`, 12, "quiet");
  for (const why of explanations) {
    charts.gap();
    charts.text(
      `${itemName(why.item, nameOf)}: score ${Number(why.score.toPrecision(5))}`,
      14,
    );
    charts.text(explanationText(why, nameOf).join(" "));
    for (const chart of why.breakdowns.flatMap((one) => chartsOf(one))) charts.chart(chart);
    for (const { member, breakdowns } of why.members ?? []) {
      if (breakdowns.length > 0) charts.text(`Member ${member}, its own score:`);
      for (const chart of breakdowns.flatMap((one) => chartsOf(one))) charts.chart(chart);
    }
    const own = ownChart(why, nameOf);
    if (own !== undefined) charts.chart(own);
  }
  return charts.toString(title);
}

/**
 * What is similar to an item.
 *
 * @param source Where it comes from.
 * @param similar The items.
 * @param nameOf The names of items.
 * @returns A whole file.
 */
export function similarSvg(
  { run, model, dataset }: Source,
  { item, items, lists }: SimilarItems,
  nameOf: NameOf,
): string {
  const charts = new SvgCharts();
  const name = itemName(item, nameOf);
  const title = `What is similar to ${name} by ${model} on ${dataset}`;
  charts.text(title, 16);
  charts.text(`Run ${run}`, 12, "quiet");
  const bars = (list: readonly { readonly item: string | number; readonly score: number }[]) =>
    list.map(({ item, score }) => ({ label: itemLabel(item, nameOf), value: score }));
  charts.chart({ heading: "All parts together", bars: bars(items) });
  for (const { by, name, items } of lists) {
    charts.chart({ heading: `By ${by} ${name} alone`, bars: bars(items) });
  }
  for (const { item, breakdowns } of items) {
    if (breakdowns.length === 0) continue;
    charts.gap();
    charts.text(itemName(item, nameOf), 14);
    const sides = "the first item's down, this one's across";
    for (const chart of breakdowns.flatMap((one) => chartsOf(one, sides))) charts.chart(chart);
  }
  return charts.toString(title);
}
