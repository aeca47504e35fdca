/**
 * What `push` says once it is done.
 *
 * @module
 */
import { grouped } from "../../data/counts.ts";
import { duration } from "../common/progress.ts";
import { identifier, type PushKind } from "./layout.ts";
import { rankingQuery } from "./ranking_sql.ts";
import type { Pushed, VersionName } from "./push_version.ts";

/** What was done. */
export interface PushReport extends VersionName, Pushed {
  /** The database. */
  readonly target: string;
  /** How long it took. */
  readonly seconds: number;
}

/**
 * The report for programs.
 *
 * @param report What was done.
 */
export function reportRecord(report: PushReport): Record<string, unknown> {
  const { target, places, version, kind, run, model, dataset, wasThere, dropped, counts, seconds } =
    report;
  return {
    ...{ target, schema: places.schema, version, kind, run, model, dataset },
    ...{ was_there: wasThere, dropped, rows: counts, seconds },
    sql: rankingQuery(kind, places),
  };
}

/**
 * The report for people.
 *
 * @param report What was done.
 */
export function reportText(report: PushReport): string {
  const { target, places, version, wasThere, dropped, counts, seconds } = report;
  const place = `${target}, schema ${places.schema}`;
  const rows = Object.entries(counts)
    .map(([table, count]) => `${grouped(count)} rows in ${table}`).join(", ");
  const first = wasThere
    ? `Version ${version} was there already, and is the current one: ${place}`
    : `Pushed version ${version} in ${duration(seconds)}, and made it the current one: ${place}`;
  return [
    first,
    ...rows === "" ? [] : [`  ${rows}`],
    ...dropped.length === 0 ? [] : [`Dropped ${dropped.join(", ")}`],
    "",
  ].join("\n");
}

const asked: Readonly<Record<PushKind, readonly string[]>> = {
  rows: [
    "-- Twenty items for a user, without those that they took: by a look at all items",
    "recommend",
    "-- The same by the index, which is faster and passes over some",
    "recommend_approximate",
  ],
  lists: ["-- Twenty items for a user, without those that they took", "recommend"],
};

/**
 * The SQL that ranks.
 *
 * @param report What was done.
 */
export function reportSql({ kind, places }: PushReport): string {
  const calls = asked[kind].map((line) =>
    line.startsWith("--")
      ? line
      : `SELECT item_id, score FROM ${identifier(places.schema)}.${line}('USER', 20);\n`
  );
  return `${
    calls.join("\n")
  }\n-- What recommend does, for programs: $1 is the user, $2 the number of items\n` +
    `${rankingQuery(kind, places)};\n`;
}
