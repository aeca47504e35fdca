/**
 * Held-out rows that are odd, on the page of a dataset.
 *
 * @module
 */
import { grouped } from "../../data/counts.ts";
import type { PageElement, ReportPage } from "../report/report_page.ts";
import { type Cell, tableOf } from "../report/report_table.ts";
import type { HeldOutRows } from "./leakage.ts";
import { shareCell } from "./share_cell.ts";

/** What is looked at, in the order in which it is shown. */
export const leakageChecks: readonly (readonly [label: string, keyof HeldOutRows])[] = [
  ["of users without a train row", "rowsOfUntrainedUsers"],
  ["of items without a train row", "rowsOfUntrainedItems"],
  ["in another split too", "repeated"],
  ["earlier than a train row of the user", "beforeOwnTrain"],
  ["earlier than a train row of anybody", "beforeAnyTrain"],
];

/**
 * The table of them.
 *
 * @param page The page.
 * @param leakage The rows by split.
 */
export function leakageSection(
  page: ReportPage,
  leakage: Readonly<Record<"valid" | "test", HeldOutRows>>,
): PageElement[] {
  const splits = [["validation", leakage.valid], ["test", leakage.test]] as const;
  const known = leakageChecks.filter(([, key]) =>
    splits.some(([, rows]) => rows[key] !== undefined)
  );
  const cell = (rows: HeldOutRows, key: keyof HeldOutRows): Cell => {
    const count = rows[key];
    return count === undefined ? undefined : shareCell(count, rows.rows);
  };
  const isKnown = (wanted: keyof HeldOutRows) => known.some(([, key]) => key === wanted);
  return [
    page.element("h2", {}, "Held-out rows"),
    tableOf(page, "Held-out rows that are odd", [
      { heading: "rows", cells: ["all", ...known.map(([label]) => label)] },
      ...splits.map(([heading, rows]) => ({
        heading,
        cells: [
          { value: rows.rows, text: grouped(rows.rows) },
          ...known.map(([, key]) => cell(rows, key)),
        ],
      })),
    ]),
    page.element(
      "p",
      { class: "quiet" },
      "No model knows users and items without a train row: it can only guess. A row in two splits is known before " +
        "it is asked for. " +
        (isKnown("beforeAnyTrain")
          ? "Where held-out rows are earlier than train rows, models learn from what came later, which nobody can " +
            "in use: a split of all rows at one point in time has none."
          : isKnown("beforeOwnTrain")
          ? "The rows' times are not dates: they only put each user's rows in order."
          : "The rows have no times, so whether train rows are later than held-out ones cannot be told."),
    ),
  ];
}
