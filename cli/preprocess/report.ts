/**
 * What `preprocess` says of the interactions that it has read and split.
 *
 * @module
 */
import { flags } from "../common/flags.ts";
import { inWords } from "../../errors.ts";
import type { Announce, InteractionLog } from "../../data/ingest/interaction_log.ts";
import type { PreparedInteractions, StepCounts } from "../../data/ingest/prepare.ts";
import { excerpt } from "../../data/excerpt.ts";
import { dateText, dayText } from "../../data/ingest/date_text.ts";
import { isDate } from "../../data/ingest/epoch_times.ts";
import type { SplitOptions } from "../../data/ingest/split.ts";
import { counted, grouped } from "../../data/counts.ts";
import { shellWord } from "../common/shell_word.ts";
import type { PreprocessRequest } from "./preprocess_command.ts";

/**
 * Which columns are read.
 *
 * @param name Where the table comes from.
 * @param found Its format, the columns, and the names of all others.
 */
export function columnsText(name: string, ...found: Parameters<Announce>): string {
  const [format, columns, others] = found;
  const chosen = Object.entries(columns);
  const list = chosen.map(([role, column]) => `${role} "${column.name}"`).join(", ");
  const guessed = chosen.filter(([, column]) => column.guessed).map(([role]) => `--${role}`);
  const hint = guessed.length === 0 ? "" : ` (guessed; change with ${guessed.join(", ")})`;
  const names = others.slice(0, 20).map((other) => other === "" ? "(no name)" : excerpt(other));
  if (others.length > 20) names.push(`${others.length - 20} more`);
  const rest = names.length === 0 ? "" : `; unused: ${names.join(", ")}`;
  return `Reading ${name}, ${format}: ${list}${hint}${rest}`;
}

/**
 * How many rows were read and left out, what is odd about them, and from when they are.
 *
 * @param log What was read.
 * @param minRating The smallest rating that counts.
 * @returns Lines.
 */
export function leftOutText(log: InteractionLog, minRating: number | undefined): string[] {
  const notes: string[] = [];
  if (log.blankLines > 0) notes.push(counted(log.blankLines, "blank line"));
  if (log.incomplete > 0) notes.push(`${counted(log.incomplete, "row")} without a required field`);
  if (log.belowRating > 0) {
    notes.push(`${counted(log.belowRating, "row")} with a rating below ${minRating}`);
  }
  const leftOut = notes.length > 0 ? `; left out: ${notes.join(", ")}` : "";
  const lines = [
    `${counted(log.rows, "row")}${leftOut}`,
    ...timesText(log),
    ...log.remarks.map((remark) => inWords(remark, flags)),
  ];
  if (!log.lastLineEnds) {
    lines.push("The last line does not end in a line feed: was the table cut off?");
  }
  return lines;
}

function timesText({ times, timeKind }: InteractionLog): string[] {
  if (times === undefined || times.length === 0) return [];
  let [first, last, absent] = [Infinity, -Infinity, 0];
  for (const time of times) {
    if (time < first) first = time;
    if (time === Infinity) absent++;
    else if (time > last) last = time;
  }
  if (first === Infinity) return ["No row has a time"];
  const without = absent > 0 ? `; ${counted(absent, "row")} without one` : "";
  // Epochs that are no dates are numbers that put rows in order.
  const isNumber = timeKind?.startsWith("epoch") && !isDate(first) && !isDate(last);
  const shown = isNumber ? String : dayText;
  return [`Times are ${timeKind}, from ${shown(first)} to ${shown(last)}${without}`];
}

type BeforeCore = PreparedInteractions["beforeCore"];

/** The largest share of users or items that may go without a word. */
const smallShare = 0.05;

/**
 * What the k-core has left out, where that is much.
 *
 * @param steps What was left after each step.
 * @param k Rows that each user and item must have.
 * @returns Lines; none where little was left out.
 * @example
 * ```ts
 * import { coreText } from "./report.ts";
 * const [before, after] = [{ rows: 30, users: 10, items: 20 }, { rows: 24, users: 10, items: 12 }];
 * coreText([{ step: "read", ...before }, { step: "2-core", ...after }], 2)[0];
 * // "The 2-core leaves out 8 of 20 items (40%), which have fewer than 2 rows; …"
 * ```
 */
export function coreText(steps: readonly StepCounts[], k: number): string[] {
  const core = steps.findIndex(({ step }) => step.startsWith(`${k}-core`));
  const [before, after] = steps.slice(core - 1);
  const parts = (["items", "users"] as const).flatMap((what) => {
    const lost = before[what] - after[what];
    const share = lost / before[what];
    if (share <= smallShare) return [];
    return [`${grouped(lost)} of ${grouped(before[what])} ${what} (${(100 * share).toFixed(0)}%)`];
  });
  if (parts.length === 0) return [];
  const rows = after.step.endsWith("of train rows") ? "train rows" : "rows";
  const fewer = k > 2 ? "--k-core 2 keeps more of them, --k-core 1 all" : "--k-core 1 keeps all";
  return [
    `The ${k}-core leaves out ${
      parts.join(" and ")
    }, which have fewer than ${k} ${rows}; no model ` +
    `learns about them: ${fewer}`,
  ];
}

/**
 * How the rows were split, and what the split lacks.
 *
 * @param prepared The rows.
 * @param log Knows the users' own ids, and whether the table has times.
 * @param request What the user asked for.
 * @returns Lines.
 */
export function splitText(
  prepared: PreparedInteractions,
  log: Pick<InteractionLog, "userIds" | "columns" | "timeKind" | "unreadTimes">,
  request: PreprocessRequest,
): string[] {
  const { splits, cold, coldUser, tied, users, points } = prepared;
  const { rule } = request.split;
  const at = points === undefined
    ? ""
    : ` at ${dateText(points.validFrom)} and ${dateText(points.testFrom)}`;
  const lines = [
    `Split ${rule}${at}: ${grouped(splits.train)} train, ${grouped(splits.valid)} validation, ` +
    `${grouped(splits.test)} test`,
    ...heldOutText(prepared, request.kCore),
  ];
  const times = log.timeKind === undefined ? log.unreadTimes : log.columns.time?.name;
  if (rule === "random" && times !== undefined) {
    lines.push(
      `The table has times ("${excerpt(times)}"), which a random split does not use: --split ` +
        "user-time or --split leave-last comes closer to real use" +
        (log.timeKind === undefined ? `; --time ${shellWord(times)} keeps them` : ""),
    );
  }
  if (cold.users + cold.items > 0) {
    const example = coldUser < 0 ? "" : excerpt(log.userIds.id(users[coldUser]));
    const untrained = [
      ...cold.users > 0 ? [`${counted(cold.users, "user")} (such as "${example}")`] : [],
      ...cold.items > 0 ? [counted(cold.items, "item")] : [],
    ];
    lines.push(`Without a train row: ${untrained.join(" and ")}; no model learns about them`);
  }
  if (tied > 0) {
    const parted = counted(tied, "user");
    lines.push(
      `For ${parted} the split falls between rows with the same time; their order in the table decides`,
    );
  }
  if (splits.valid === 0) {
    lines.push(
      "No validation rows: training needs some to choose its best epoch",
      `  next: ${validationAdvice(request.split, prepared.beforeCore)}`,
    );
  }
  return lines;
}

/** What a core of train rows has left out of what was held out. */
function heldOutText({ beforeCore, splits }: PreparedInteractions, k: number): string[] {
  if (beforeCore === undefined) return [];
  const { splits: { valid, test }, cold } = beforeCore;
  const lost = valid + test - splits.valid - splits.test;
  if (lost === 0) return [];
  const parts = (["user", "item"] as const)
    .map((one) => [cold[`${one}s`], one] as const)
    .filter(([count]) => count > 0);
  const none = parts.length === 0
    ? ""
    : `; ${
      parts.map((part) => counted(...part)).join(" and ")
    } without any (--k-core 1 keeps such)`;
  return [
    `Left out: ${grouped(lost)} of ${
      grouped(valid + test)
    } held-out rows, of users or items with ` +
    `fewer than ${k} train rows${none}`,
  ];
}

/** What gives validation rows, by what gave none. */
function validationAdvice({ rule, ratios }: SplitOptions, before?: BeforeCore): string {
  if (before !== undefined && before.splits.valid > 0) {
    return "Set a smaller --k-core, or --core-rows all: all validation rows are left out by the core";
  }
  if (rule !== "leave-last" && ratios[1] === 0) {
    return "Give validation a share: --ratios 0.8,0.1,0.1";
  }
  if (rule === "global-time") {
    return "Rows with the same time stay together: use other --ratios, or --split user-time or random";
  }
  return `Users need three rows or more: --k-core 3 keeps those that have them, ` +
    "if there are any; --split global-time takes validation from the rows of all users";
}
