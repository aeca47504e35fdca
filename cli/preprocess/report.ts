/**
 * What `preprocess` says of the interactions that it has read and split.
 *
 * @module
 */
import { flags } from "../common/flags.ts";
import { inWords } from "../../errors.ts";
import type { Announce, InteractionLog } from "../../data/ingest/interaction_log.ts";
import type { PreparedInteractions } from "../../data/ingest/prepare.ts";
import { excerpt } from "../../data/excerpt.ts";
import { counted, grouped } from "../../data/counts.ts";
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
  const hint = guessed.length === 0 ? "" : ` (guessed; ${guessed.join(", ")} name others)`;
  const names = others.slice(0, 20).map((other) => other === "" ? "(no name)" : excerpt(other));
  if (others.length > 20) names.push(`${others.length - 20} more`);
  const rest = names.length === 0 ? "" : `; left alone: ${names.join(", ")}`;
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
  if (log.incomplete > 0) notes.push(`${counted(log.incomplete, "row")} without a field`);
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
    lines.push("The last line has no line feed at its end: was the table cut off?");
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
  const without = absent > 0 ? `; ${counted(absent, "row")} without` : "";
  return [`Times are ${timeKind}, from ${day(first)} to ${day(last)}${without}`];
}

function day(seconds: number): string {
  const date = new Date(1000 * seconds);
  return Number.isNaN(date.getTime()) ? `${seconds} s` : date.toISOString().slice(0, 10);
}

/**
 * How the rows were split, and what the split lacks.
 *
 * @param prepared The rows.
 * @param log Knows the users' own ids.
 * @param request What the user asked for.
 * @returns Lines.
 */
export function splitText(
  prepared: PreparedInteractions,
  log: Pick<InteractionLog, "userIds">,
  request: PreprocessRequest,
): string[] {
  const { splits, cold, coldUser, tied, users } = prepared;
  const lines = [
    `Split ${request.split}: ${grouped(splits.train)} train, ${
      grouped(splits.valid)
    } validation, ` +
    `${grouped(splits.test)} test`,
  ];
  if (cold.users + cold.items > 0) {
    const example = coldUser < 0 ? "" : ` such as "${excerpt(log.userIds.id(users[coldUser]))}"`;
    lines.push(
      `Without a train row: ${counted(cold.users, "user")}${example}, ` +
        `${counted(cold.items, "item")}; no model learns of them`,
    );
  }
  if (tied > 0) {
    lines.push(
      `Of ${
        counted(tied, "user")
      } the split parts rows of the same time; of these the order of the ` +
        "table decides",
    );
  }
  if (splits.valid === 0) {
    lines.push(
      "No validation rows: models that are trained need some, to choose their best epoch by",
      `  next: ${validationAdvice(request)}`,
    );
  }
  return lines;
}

/** What gives validation rows, by the rule that gave none. */
function validationAdvice({ split, ratios }: PreprocessRequest): string {
  if (split !== "leave-last" && ratios[1] === 0) {
    return "Give validation a share: --ratios 0.8,0.1,0.1";
  }
  if (split === "global-time") {
    return "Rows of the same time stay together: use other --ratios, or --split user-time or random";
  }
  return `Users need three rows or more: --k-core 3 keeps those that have them, ` +
    "in so far as there are any; --split global-time takes validation from the rows of all users";
}
