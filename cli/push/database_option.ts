/**
 * The option `--to`: which database, as whom, and whether the connection is encrypted.
 *
 * A password in it is refused: every user of the machine sees the arguments of a process. So nothing here
 * repeats what was typed, which may have one in a place that nobody expects.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import { databaseEndpoint, type Endpoint } from "../common/database_url.ts";
import { addressText, isLoopback } from "../common/listen_address.ts";

/** How a connection is protected. */
export type Protection = "verified" | "none";

/** A database of PostgreSQL. */
export interface DatabaseTarget extends Endpoint {
  /** Its name. */
  readonly database: string;
  /** Who connects; nothing where the URL does not say it. */
  readonly user?: string;
  /** Whether TLS is used, and the server's certificate verified, or neither. */
  readonly protection: Protection;
}

const form = "postgres://USER@HOST:PORT/DATABASE";
const nextStep = `For example: --to postgres://ann@db.example.com/shop`;

/** All but `disable` verify the certificate and the host's name, as `verify-full` does. */
const modes: Readonly<Record<string, Protection>> = {
  disable: "none",
  require: "verified",
  "verify-ca": "verified",
  "verify-full": "verified",
};

/**
 * Reads `--to`.
 *
 * @param text What the user typed.
 * @throws {UsageError} It names no database, has a password, or an unknown parameter.
 * @example
 * ```ts
 * import { databaseOption } from "./database_option.ts";
 * databaseOption("postgres://ann@db.example/shop").protection; // "verified"
 * databaseOption("postgres://ann@localhost/shop").protection; // "none"
 * ```
 */
export function databaseOption(text: string): DatabaseTarget {
  const endpoint = databaseEndpoint(text);
  if (endpoint === undefined) {
    throw new UsageError(`Cannot use --to: expected a URL like ${form}`, nextStep);
  }
  const url = new URL(text);
  if (url.password !== "") throw passwordRefused();
  const [, name] = /^\/([^/@]+)$/.exec(url.pathname) ?? [];
  if (name === undefined || url.hash !== "") {
    throw new UsageError(`Cannot use --to: it names no database, expected ${form}`, nextStep);
  }
  return {
    ...endpoint,
    database: decoded(name),
    ...url.username !== "" && { user: decoded(url.username) },
    protection: protectionOf(url.searchParams, endpoint),
  };
}

function protectionOf(parameters: URLSearchParams, { host }: Endpoint): Protection {
  for (const name of parameters.keys()) {
    if (name === "password") throw passwordRefused();
    if (name === "sslmode") continue;
    throw new UsageError(
      `Cannot use --to: its only parameter is sslmode, and it has another one`,
      "Leave it out; a certificate authority of your own is given with --sslrootcert",
    );
  }
  const mode = parameters.getAll("sslmode").at(-1);
  if (mode === undefined) return isLoopback(host) ? "none" : "verified";
  const protection = Object.hasOwn(modes, mode) ? modes[mode] : undefined;
  if (protection !== undefined) return protection;
  throw new UsageError(
    `Cannot use --to: its sslmode is none of ${Object.keys(modes).join(", ")}`,
    "Leave it out: the connection is encrypted and the server's certificate verified, or local",
  );
}

/**
 * A target for people to read.
 *
 * @param target The target.
 * @example
 * ```ts
 * import { targetText } from "./database_option.ts";
 * targetText({ host: "db", port: 5432, database: "shop", protection: "verified" }); // "db:5432/shop"
 * ```
 */
export function targetText(target: DatabaseTarget): string {
  const { database, user } = target;
  return `${user === undefined ? "" : `${user}@`}${addressText(target)}/${database}`;
}

function passwordRefused(): UsageError {
  return new UsageError(
    "Cannot use --to: it has a password, which other users of this machine can see there",
    "Leave it out of the URL, and give it in the environment as PGPASSWORD or in a file with --passfile",
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageError("Cannot use --to: it has a % that begins no character", nextStep);
  }
}
