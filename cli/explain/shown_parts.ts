/**
 * Breakdowns as people see them, in text and in pictures: as bars, or as a matrix of user and item.
 *
 * @module
 */
import type { Id } from "../../recommender/options.ts";
import { breakdownHeadings } from "../../explain/breakdown_headings.ts";
import type { Breakdown, Explanation } from "../../explain/explanation.ts";
import { type NameOf, shortName } from "../../explain/explanation_text.ts";
import { type PairMatrix, pairMatrix } from "../../explain/pair_matrix.ts";

/** A row of a chart of bars. */
export interface Bar {
  /** What it is of. */
  readonly label: string;
  /** Its value. */
  readonly value: number;
}

/** Bars under a heading. */
export interface BarChart {
  /** What they are. */
  readonly heading: string;
  /** The bars. */
  readonly bars: readonly Bar[];
}

/** Values of pairs under a heading. */
export interface Matrix extends PairMatrix {
  /** What they are. */
  readonly heading: string;
}

/** A breakdown that people see. */
export type Chart = BarChart | Matrix;

/**
 * A breakdown as charts: pairs as a matrix, pairs in each modality as one matrix a modality, all else as bars.
 *
 * @param breakdown The breakdown.
 * @param sides What rows and columns are (default: the user's parts down, the item's across).
 */
export function chartsOf(
  { by, parts }: Breakdown,
  sides = "the user's down, the item's across",
): Chart[] {
  const heading = breakdownHeadings[by];
  const modalities = [...new Set(parts.map(({ modality }) => modality))];
  if (pairMatrix(parts) === undefined) {
    return [{ heading, bars: parts.map(({ name, value }) => ({ label: name, value })) }];
  }
  return modalities.map((modality) => {
    const matrix = pairMatrix(parts.filter((part) => part.modality === modality))!;
    const of = modality === undefined ? heading : `By band of ${modality}`;
    return { heading: `${of}: ${sides}`, ...matrix };
  });
}

/**
 * The items that a user took, as bars.
 *
 * @param why The explanation.
 * @param nameOf The names of items.
 * @returns Nothing where the score does not come from items.
 */
export function ownChart({ own, user }: Explanation, nameOf: NameOf): BarChart | undefined {
  if (own === undefined) return undefined;
  const { parts, others, base, remainder, isExact, rule } = own;
  const whose = user === undefined ? "the new user" : String(user);
  const sum = parts.reduce((total, { value }) => total + Math.abs(value), Math.abs(base));
  const rest = [
    ...others.count === 0 ? [] : [{ label: `${others.count} more`, value: others.value }],
    ...base === 0 ? [] : [{ label: baseLabels[rule], value: base }],
    // What is exact leaves rounding over, which is nothing to show.
    ...isExact && Math.abs(remainder) <= 1e-4 * sum
      ? []
      : [{ label: "not told by items", value: remainder }],
  ];
  return {
    heading: `By what ${whose} took (${isExact ? "exact" : "approximate"}: ${ruleWords[rule]})`,
    bars: [...parts.map(({ item, value }) => ({ label: itemLabel(item, nameOf), value })), ...rest],
  };
}

/**
 * An item in a column: its id, which is never cut, and its name behind it.
 *
 * @param item Its id.
 * @param nameOf The names of items.
 * @example
 * ```ts
 * import { itemLabel } from "./shown_parts.ts";
 * itemLabel("B1", () => "Red hat"); // "B1  Red hat"
 * ```
 */
export function itemLabel(item: Id, nameOf: NameOf): string {
  return [String(item), shortName(item, nameOf) ?? ""].join("  ").trimEnd();
}

const baseLabels = {
  history: "the same for everybody",
  "first hop": "the user's own row",
  "fold-in": "the same for everybody",
  members: "means of the members",
} as const;

const ruleWords = {
  history: "the score is this sum",
  "first hop": "the user's row is a sum over them",
  "fold-in": "by the row that they give a new user",
  members: "the sums of the members",
} as const;

/**
 * A number with its sign.
 *
 * @param value The number.
 * @example
 * ```ts
 * import { signed } from "./shown_parts.ts";
 * signed(0.12345); // "+0.123"
 * ```
 */
export function signed(value: number): string {
  if (value === 0) return "0";
  const text = Math.abs(value).toPrecision(3);
  return `${value < 0 ? "-" : "+"}${text.includes("e") ? Number(text).toExponential(1) : text}`;
}
