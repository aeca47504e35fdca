/**
 * Explanations of scores for people to read, on a terminal of any width.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import { printable } from "../../errors.ts";
import { shortBreakdowns } from "../../explain/breakdown_headings.ts";
import type { Breakdown, Explanation, MemberExplanation } from "../../explain/explanation.ts";
import { explanationText, itemName, type NameOf } from "../../explain/explanation_text.ts";
import { tableText } from "../common/text_table.ts";
import { cutTo, widest, wrap } from "../common/text_width.ts";
import {
  type BarChart,
  type Chart,
  chartsOf,
  type Matrix,
  ownChart,
  signed,
} from "./shown_parts.ts";

/** Blocks of the longest bar. */
const barLength = 16;
const indent = "  ";
/** Letters of a label before it is cut. */
const widestLabel = 44;

/**
 * Explanations, one below the other.
 *
 * @param explanations The explanations, of one user.
 * @param nameOf The names of items.
 * @param width Columns of the terminal.
 * @returns Lines, each ended.
 */
export function explanationsText(
  explanations: readonly Explanation[],
  nameOf: NameOf,
  width: number,
): string {
  const [first] = explanations;
  if (first === undefined) return "No items are left to recommend\n";
  const whose = first.user === undefined
    ? `somebody who has ${first.history!.map((item) => itemName(item, nameOf)).join(", ")}`
    : printable(String(first.user));
  const heading = wrapped(`For ${whose}:`, width);
  return `${heading}\n${explanations.map((why) => explanationOf(why, nameOf, width)).join("\n")}`;
}

function explanationOf(why: Explanation, nameOf: NameOf, width: number): string {
  const { item, score, taken, breakdowns, members = [] } = why;
  const head = `${itemName(item, nameOf)}  score ${Number(score.toPrecision(5))}, taken by ${
    counted(taken, "user")
  }`;
  const sentences = explanationText(why, nameOf).join(" ");
  const own = ownChart(why, nameOf);
  return [
    wrapped(head, width),
    wrapped(sentences, width, indent),
    ...chartTexts(breakdowns),
    ...members.length === 0 ? [] : [membersText(members)],
    ...members.flatMap(({ member, breakdowns }) =>
      breakdowns.length === 0
        ? []
        : [`\n${indent}Member ${printable(member)}, its own score:\n`, ...chartTexts(breakdowns)]
    ),
    ...own === undefined ? [] : [chartText(own)],
  ].join("");
}

function membersText(members: readonly MemberExplanation[]): string {
  const cells = (of: (member: MemberExplanation) => string) => members.map(of);
  const number = (value: number) => String(Number(value.toPrecision(4)));
  const numbers = { isNumber: true };
  return `\n${
    indented(tableText([
      { heading: "member", cells: cells(({ member }) => member) },
      { heading: "model", cells: cells(({ model }) => model) },
      { heading: "score", cells: cells(({ score }) => number(score)), ...numbers },
      { heading: "mean", cells: cells(({ mean }) => number(mean)), ...numbers },
      { heading: "deviation", cells: cells(({ deviation }) => number(deviation)), ...numbers },
      { heading: "weight", cells: cells(({ weight }) => number(weight)), ...numbers },
    ]))
  }`;
}

/**
 * Breakdowns as text; the finest are for JSON and pictures.
 *
 * @param breakdowns The breakdowns.
 * @param sides What rows and columns of matrices are.
 */
export function chartTexts(breakdowns: readonly Breakdown[], sides?: string): string[] {
  return shortBreakdowns(breakdowns).flatMap((one) => chartsOf(one, sides)).map(chartText);
}

function chartText(chart: Chart): string {
  return "bars" in chart ? barsText(chart) : matrixText(chart);
}

function barsText({ heading, bars }: BarChart): string {
  const most = Math.max(...bars.map(({ value }) => Math.abs(value)));
  const labels = bars.map(({ label }) => cutTo(printable(label), widestLabel));
  const blocks = bars.map(({ value }) => {
    const length = most > 0 ? Math.round(barLength * Math.abs(value) / most) : 0;
    return (value < 0 ? "░" : "█").repeat(length);
  });
  const table = tableText([
    { heading: "", cells: labels },
    { heading: "", cells: bars.map(({ value }) => signed(value)), isNumber: true },
    { heading: "", cells: blocks },
  ]);
  return `\n${indent}${printable(heading)}${indented(table).trimEnd()}\n`;
}

function matrixText({ heading, rows, columns, values }: Matrix): string {
  const table = tableText([
    { heading: "", cells: rows },
    ...columns.map((column, n) => ({
      heading: column,
      cells: values.map((row) => signed(row[n])),
      isNumber: true,
    })),
  ]);
  return `\n${indent}${printable(heading)}\n${indented(table)}`;
}

function indented(text: string): string {
  return text.split("\n").map((line) => line === "" ? "" : indent + line).join("\n");
}

/**
 * A text in lines of a width.
 *
 * @param text The text.
 * @param width The width.
 * @param before What stands before each line.
 * @returns Lines, each ended.
 * @example
 * ```ts
 * import { wrapped } from "./explain_text.ts";
 * wrapped("one two three", 8); // "one two\nthree\n"
 * ```
 */
export function wrapped(text: string, width: number, before = ""): string {
  const lines = wrap(text, width - widest([before])).split("\n");
  return lines.map((line) => `${before}${line}\n`).join("");
}
