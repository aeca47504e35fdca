/**
 * A version of a run in a database: made, shown and dropped in one transaction.
 *
 * @module
 */
import { BandpassError, UsageError } from "../../errors.ts";
import type { Connection, Transaction } from "./connection.ts";
import { copyBlocks, type CopyType, type CopyValue } from "./copy_format.ts";
import {
  type Column,
  identifier,
  layouts,
  literal,
  type PushKind,
  qualified,
  schemaMark,
  type TableLayout,
  versionsTable,
} from "./layout.ts";
import { functionStatements, type Places } from "./ranking_sql.ts";
import { requireVectors } from "./vector_extension.ts";

/** The most numbers a row of which pgvector makes an index. */
const mostIndexed = 2000;
/** The most numbers a row that pgvector stores. */
const mostStored = 16_000;

/** Which version it is. */
export interface VersionName {
  /** The end of its tables' names, which follows from what it holds. */
  readonly version: string;
  /** What it holds. */
  readonly kind: PushKind;
  /** The run's folder. */
  readonly run: string;
  /** The run's model. */
  readonly model: string;
  /** The run's dataset. */
  readonly dataset: string;
}

/** What a version holds. */
export interface VersionContent {
  /** Numbers a row; nothing of lists. */
  readonly dimensions?: number;
  /** What each table holds, in the order of {@linkcode layouts}. */
  readonly tables: readonly TableContent[];
}

/** What a table holds. */
export interface TableContent {
  /** The most rows that there may be. */
  readonly most: number;
  /** Makes the rows, a value a column. */
  rows(): AsyncIterable<readonly CopyValue[]>;
}

/** Makes what a version holds, and lends it. */
export type LendContent = (use: (content: VersionContent) => Promise<void>) => Promise<void>;

/** How a version is pushed. */
export interface PushOptions {
  /** The schema. */
  readonly schema: string;
  /** How many versions stay, the new one among them. */
  readonly keep: number;
  /** Whether an index is made. */
  readonly isIndexed: boolean;
  /** Told what takes long. */
  readonly note: (text: string) => void;
  /** Told of each row of a table. */
  readonly onRow: (table: string, done: number, most: number) => void;
}

/** What a push has done. */
export interface Pushed {
  /** Whether the version was there before, and was only shown again. */
  readonly wasThere: boolean;
  /** The rows of each table that was made. */
  readonly counts: Readonly<Record<string, number>>;
  /** Versions that were dropped. */
  readonly dropped: readonly string[];
  /** Where everything is. */
  readonly places: Places;
}

/**
 * Makes a version where it is not there yet, shows it, and drops those that are too many.
 *
 * @param connection The database.
 * @param name Which version.
 * @param lendContent Lends what it holds; not called where it is there.
 * @param options How.
 * @throws {BandpassError} The database refuses; nothing has changed there.
 */
export async function pushVersion(
  connection: Connection,
  name: VersionName,
  lendContent: LendContent,
  options: PushOptions,
): Promise<Pushed> {
  const { schema } = options;
  return await connection.transaction(async (transaction) => {
    await transaction.query("SET LOCAL standard_conforming_strings = on");
    // A role may bound these for an app, whose statements are short.
    await transaction.query("SET LOCAL statement_timeout = 0");
    await transaction.query("SET LOCAL idle_in_transaction_session_timeout = 0");
    // Whoever reads the views queues up behind us where we wait for others.
    await transaction.query("SET LOCAL lock_timeout = '60s'");
    await lock(transaction, schema);
    await prepareSchema(transaction, schema, name.kind);
    const at = (table: string) => qualified(schema, table);
    const versions = await transaction.query<{ version: string }>(
      `SELECT version FROM ${at(versionsTable)} ORDER BY is_current DESC, pushed_at DESC, version`,
    );
    const wasThere = versions.some(({ version }) => version === name.version);
    const vector = name.kind === "rows" ? await requireVectors(transaction) : undefined;
    const places = { schema, vector };
    const counts: Record<string, number> = {};
    const counting = {
      ...options,
      onRow(table: string, done: number, most: number) {
        counts[table] = done;
        options.onRow(table, done, most);
      },
    };
    if (!wasThere) {
      await lendContent((content) => makeTables(transaction, name, content, places, counting));
    }
    for (const layout of layouts[name.kind]) {
      await transaction.query(viewStatement(layout, name.version, places));
    }
    for (const statement of functionStatements(name.kind, places)) {
      await transaction.query(statement);
    }
    await transaction.query(
      `UPDATE ${
        at(versionsTable)
      } SET is_current = (version = $1) WHERE is_current <> (version = $1)`,
      [name.version],
    );
    // Showing a former version again drops nothing.
    const dropped = wasThere ? [] : versions.slice(options.keep - 1).map(({ version }) => version);
    for (const version of dropped) {
      for (const layout of layouts[name.kind]) {
        await transaction.query(`DROP TABLE IF EXISTS ${at(tableName(layout, version))}`);
      }
      await transaction.query(`DELETE FROM ${at(versionsTable)} WHERE version = $1`, [version]);
    }
    return { wasThere, counts, dropped, places };
  });
}

/** Keeps others from pushing into the schema at the same time. */
async function lock(transaction: Transaction, schema: string): Promise<void> {
  const [{ locked }] = await transaction.query<{ locked: boolean }>(
    "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked",
    [`bandpass push ${schema}`],
  );
  if (locked) return;
  throw new BandpassError(
    `Cannot push into the schema "${schema}": another push is under way there`,
    "Wait for it to end",
  );
}

/** Makes the schema where there is none, and refuses one that is not ours or holds another kind. */
async function prepareSchema(
  transaction: Transaction,
  schema: string,
  kind: PushKind,
): Promise<void> {
  const other = "Choose another one: --schema NAME";
  const versions = qualified(schema, versionsTable);
  const [state] = await transaction.query<{ mark: string | null; relations: string }>(
    `SELECT obj_description(to_regclass($2), 'pg_class') AS mark,
      (SELECT count(*) FROM pg_class WHERE relnamespace = n.oid) +
      (SELECT count(*) FROM pg_proc WHERE pronamespace = n.oid) AS relations
     FROM pg_namespace AS n WHERE nspname = $1`,
    [schema, versions],
  );
  if (state?.mark !== schemaMark) {
    if (state !== undefined && Number(state.relations) > 0) {
      throw new UsageError(
        `Cannot push into the schema "${schema}": it holds other things than pushes of this version of Bandpass`,
        other,
      );
    }
    if (state === undefined) await transaction.query(`CREATE SCHEMA ${identifier(schema)}`);
    await transaction.query(`CREATE TABLE ${versions} (
      version text PRIMARY KEY, kind text NOT NULL, run text NOT NULL, model text NOT NULL,
      dataset text NOT NULL, is_current boolean NOT NULL DEFAULT false,
      pushed_at timestamptz NOT NULL DEFAULT now())`);
    await transaction.query(`COMMENT ON TABLE ${versions} IS ${literal(schemaMark)}`);
    return;
  }
  const [found] = await transaction.query<{ kind: PushKind }>(
    `SELECT kind FROM ${versions} WHERE kind <> $1 LIMIT 1`,
    [kind],
  );
  if (found === undefined) return;
  throw new UsageError(
    `Cannot push ${kind} into the schema "${schema}": it holds ${found.kind}`,
    other,
  );
}

/** Makes the tables of a version, fills them, and indexes them once they are full. */
async function makeTables(
  transaction: Transaction,
  name: VersionName,
  { dimensions = 0, tables }: VersionContent,
  places: Places,
  { isIndexed, note, onRow }: PushOptions,
): Promise<void> {
  const { version, kind, run, model, dataset } = name;
  if (dimensions > mostStored) {
    throw new UsageError(
      `Cannot push rows of ${dimensions} numbers: pgvector stores at most ${mostStored}`,
      "Push lists: --lists",
    );
  }
  const at = (table: string) => qualified(places.schema, table);
  for (const [n, layout] of layouts[kind].entries()) {
    const { columns, key } = layout;
    const table = at(tableName(layout, version));
    const defined = columns.map((column) => definition(column, places.vector, dimensions));
    await transaction.query(`CREATE TABLE ${table} (${defined.join(", ")})`);
    const names = columns.map((column) => identifier(column.name)).join(", ");
    const types: CopyType[] = columns.map(({ type }) => type);
    const { most, rows } = tables[n];
    await transaction.copy(
      `COPY ${table} (${names}) FROM STDIN WITH (FORMAT binary)`,
      copyBlocks(types, rows(), (done) => onRow(layout.name, done, most)),
    );
    await transaction.query(
      `ALTER TABLE ${table} ADD PRIMARY KEY (${key.map(identifier).join(", ")})`,
    );
    if (isIndexed && layout.name === "items" && dimensions > mostIndexed) {
      note(`No index: pgvector makes none of ${dimensions} numbers, but of ${mostIndexed} at most`);
    } else if (isIndexed && layout.name === "items") {
      note("Making the index of the items");
      const operators = `${identifier(places.vector!)}.vector_ip_ops`;
      await transaction.query(`CREATE INDEX ON ${table} USING hnsw (embedding ${operators})`);
    }
    await transaction.query(`ANALYZE ${table}`);
  }
  await transaction.query(
    `INSERT INTO ${
      at(versionsTable)
    } (version, kind, run, model, dataset) VALUES ($1, $2, $3, $4, $5)`,
    [version, kind, run, model, dataset],
  );
}

function tableName(layout: TableLayout, version: string): string {
  return `${layout.name}_${version}`;
}

function definition(
  { name, type, optional }: Column,
  vector: string | undefined,
  dimensions: number,
): string {
  const sqlType = type === "vector" ? `${identifier(vector!)}.vector(${dimensions})` : type;
  return `${identifier(name)} ${sqlType}${optional ? "" : " NOT NULL"}`;
}

/** A view keeps its columns whatever a version's rows have, so that it can be replaced with all that uses it. */
function viewStatement(layout: TableLayout, version: string, { schema, vector }: Places): string {
  const columns = layout.columns.map(({ name, type }) =>
    type === "vector"
      ? `${identifier(name)}::${identifier(vector!)}.vector AS ${identifier(name)}`
      : identifier(name)
  );
  return `CREATE OR REPLACE VIEW ${qualified(schema, layout.name)} AS ` +
    `SELECT ${columns.join(", ")} FROM ${qualified(schema, tableName(layout, version))}`;
}
