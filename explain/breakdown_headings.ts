/**
 * What breakdowns are called where people see them, in a terminal, in a picture and on a page.
 *
 * @module
 */
import type { Breakdown, BreakdownKind } from "./explanation.ts";

/** The heading of a breakdown by its kind. */
export const breakdownHeadings: Readonly<Record<BreakdownKind, string>> = {
  modality: "By modality",
  band: "By band",
  "band and modality": "By band and modality",
  view: "By view",
  hop: "By hop on the interaction graph",
  filter: "By filter",
  member: "By member, standardised and weighed",
};

/**
 * The breakdowns that people have an eye for: bands in each modality are many numbers, and those of the others are
 * sums of them.
 *
 * @param breakdowns All of them.
 * @example
 * ```ts
 * import { shortBreakdowns } from "./breakdown_headings.ts";
 * shortBreakdowns([{ by: "band", parts: [] }, { by: "band and modality", parts: [] }]).length; // 1
 * ```
 */
export function shortBreakdowns(breakdowns: readonly Breakdown[]): Breakdown[] {
  return breakdowns.filter(({ by }) => by !== "band and modality");
}
