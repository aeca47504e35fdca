/**
 * Where the database is that a URL names.
 *
 * The launcher, which lets a command speak to that host and port and to no other, and the command go by the
 * same rules, so that this knows no library.
 *
 * @module
 */

/** The port of PostgreSQL where a URL names none. */
const standardPort = 5432;

/** A host and a port of it. */
export interface Endpoint {
  /** The host's name or address; one of IPv6 without brackets. */
  readonly host: string;
  /** The port. */
  readonly port: number;
}

/**
 * The host and the port of `postgres://USER@HOST:PORT/DATABASE`.
 *
 * @param text What the user typed.
 * @returns Nothing where it is no such URL, or does not name one host.
 * @example
 * ```ts
 * import { databaseEndpoint } from "./database_url.ts";
 * databaseEndpoint("postgres://ann@db.example/shop"); // { host: "db.example", port: 5432 }
 * databaseEndpoint("postgres://ann@one,two/shop"); // undefined
 * ```
 */
export function databaseEndpoint(text: string): Endpoint | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port } = new URL(text);
  if (!/^postgres(?:ql)?:$/.test(protocol)) return undefined;
  // Deno takes a comma and a star for more hosts than one.
  const [, address, name] = /^(?:\[([\da-f:.]+)\]|([a-z\d_.-]+))$/i.exec(hostname) ?? [];
  const host = address ?? name;
  return host && port !== "0" ? { host, port: Number(port || standardPort) } : undefined;
}
