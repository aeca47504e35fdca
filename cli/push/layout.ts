/**
 * What a push makes in a database: tables of its own for each version, views that show the current one, and
 * functions that rank by these.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { CopyType } from "./copy_format.ts";

/** What is pushed: rows whose products are the scores, or lists. */
export type PushKind = "rows" | "lists";

/** A column of a table. */
export interface Column {
  /** Its name. */
  readonly name: string;
  /** What it holds. */
  readonly type: CopyType;
  /** Whether a value may be missing. */
  readonly optional?: boolean;
}

/** A table, of which each version has one, and a view shows one. */
export interface TableLayout {
  /** The view's name, and what the names of the tables begin with. */
  readonly name: string;
  /** The columns. */
  readonly columns: readonly Column[];
  /** The columns by which a row is found. */
  readonly key: readonly string[];
}

/** The table that says which versions there are. */
export const versionsTable = "versions";

/** What its comment says, by which a schema is known to be ours. */
export const schemaMark = "bandpass push, layout 1";

/** The tables of each kind, in the order in which the functions name them. */
export const layouts: Readonly<Record<PushKind, readonly TableLayout[]>> = {
  rows: [
    {
      name: "users",
      columns: [
        { name: "user_id", type: "text" },
        { name: "embedding", type: "vector", optional: true },
      ],
      key: ["user_id"],
    },
    {
      name: "items",
      columns: [
        { name: "item_id", type: "text" },
        { name: "item_index", type: "integer" },
        { name: "popularity", type: "integer" },
        { name: "embedding", type: "vector" },
      ],
      key: ["item_id"],
    },
    {
      name: "taken",
      columns: [{ name: "user_id", type: "text" }, { name: "item_id", type: "text" }],
      key: ["user_id", "item_id"],
    },
  ],
  lists: [
    {
      name: "lists",
      columns: [
        { name: "user_id", type: "text" },
        { name: "rank", type: "integer" },
        { name: "item_id", type: "text" },
        { name: "score", type: "real" },
      ],
      key: ["user_id", "rank"],
    },
  ],
};

/** The most bytes of an identifier; PostgreSQL would cut off the others. */
const longestName = 63;

/**
 * An identifier, quoted.
 *
 * @param name The name.
 * @example
 * ```ts
 * import { identifier } from "./layout.ts";
 * identifier('a "b"'); // '"a ""b"""'
 * ```
 */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * What is in a schema, by its whole name.
 *
 * @param schema The schema.
 * @param name The name in it.
 * @example
 * ```ts
 * import { qualified } from "./layout.ts";
 * qualified("shop", "items"); // '"shop"."items"'
 * ```
 */
export function qualified(schema: string, name: string): string {
  return `${identifier(schema)}.${identifier(name)}`;
}

/**
 * A text as a literal.
 *
 * @param text The text.
 * @example
 * ```ts
 * import { literal } from "./layout.ts";
 * literal("it's"); // "'it''s'"
 * ```
 */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Reads `--schema`.
 *
 * @param name What the user typed.
 * @throws {UsageError} PostgreSQL takes no such name.
 */
export function schemaOption(name: string): string {
  const bytes = new TextEncoder().encode(name).length;
  // deno-lint-ignore no-control-regex
  if (bytes >= 1 && bytes <= longestName && !/\u0000/.test(name) && !/^pg_/i.test(name)) {
    return name;
  }
  throw new UsageError(
    `Cannot use --schema "${name}": expected a name of at most ${longestName} bytes that does not begin with pg_`,
    "Leave it out for bandpass",
  );
}
