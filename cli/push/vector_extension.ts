/**
 * pgvector in a database.
 *
 * @module
 */
import { BandpassError } from "../../errors.ts";
import type { Transaction } from "./connection.ts";

/** The first version whose indexes go on where what they found is left out. */
const leastVersion = [0, 8];

/**
 * Makes the extension where it is not there.
 *
 * @param transaction The transaction.
 * @returns The schema that it is in.
 * @throws {BandpassError} The server does not have it, or a version that is too old.
 */
export async function requireVectors(transaction: Transaction): Promise<string> {
  const found = await installed(transaction);
  if (found === undefined) {
    const [offered] = await transaction.query(
      "SELECT FROM pg_available_extensions WHERE name = 'vector'",
    );
    if (offered === undefined) {
      throw new BandpassError(
        "Cannot push rows: the server does not have pgvector",
        "Install pgvector on it, or push lists, which need none: --lists",
      );
    }
    await transaction.query("CREATE EXTENSION vector");
  }
  const { version, schema } = found ?? (await installed(transaction))!;
  const [major, minor] = version.split(".").map(Number);
  if (major > leastVersion[0] || minor >= leastVersion[1]) return schema;
  throw new BandpassError(
    `Cannot push rows: the database has pgvector ${version}, expected ${
      leastVersion.join(".")
    } or later`,
    "Update it: ALTER EXTENSION vector UPDATE; or push lists, which need none: --lists",
  );
}

async function installed(
  transaction: Transaction,
): Promise<{ version: string; schema: string } | undefined> {
  const [found] = await transaction.query<{ version: string; schema: string }>(
    `SELECT extversion AS version, nspname AS schema
     FROM pg_extension JOIN pg_namespace AS n ON n.oid = extnamespace WHERE extname = 'vector'`,
  );
  return found;
}
