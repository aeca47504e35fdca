/**
 * What a server's refusals, and connections that fail, mean to the user.
 *
 * @module
 */
import { BandpassError, UsageError } from "../../errors.ts";
import { type DatabaseTarget, targetText } from "./database_option.ts";

/** What the library and the system say of a failure. */
interface Failure {
  readonly code?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly severity?: string;
}

/** What to do about the failures of a connection, by their codes. */
const remedies: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Check the host and the port, and that the server runs",
  ENOTFOUND: "Check the host's name",
  EAI_AGAIN: "Check the host's name and the network",
  CONNECT_TIMEOUT: "Check the host, the port, and firewalls between",
  CONNECTION_CLOSED:
    "Check the server's log, and that it speaks PostgreSQL's protocol at that port",
};

/** What to do about a server's refusals, by their SQLSTATE or its class. */
const refusals: Readonly<Record<string, string>> = {
  "28P01": "Check the password: it comes from PGPASSWORD, or from the file of --passfile",
  "28000": "Check the user, and what the server's pg_hba.conf asks of connections",
  "3D000": "Create the database first, or correct its name",
  "42501": "Let its owner grant that right, or connect as somebody who has it",
  "22021":
    "One of the ids has a character U+0000, which PostgreSQL's texts cannot hold: train with other ids",
  "25006":
    "Push to the server that takes changes (a replica takes none), as somebody who may make them",
  "42P01":
    "Somebody dropped a table of an earlier push: push with another --schema, or drop this schema",
  "55P03": "Others use the views of the former version all the time: push when they rest",
  "53": "Give the server more room, and push again: nothing was changed",
  "57": "Push again once the server is up: nothing was changed",
  "08": "Push again: nothing was changed",
};

/** What to do about all others. */
const otherwise = "Nothing was changed there: mend what the server says, and push again";

/**
 * What to tell where no connection came about.
 *
 * @param target The database.
 * @param error What was thrown.
 */
export function connectionFailure(target: DatabaseTarget, error: unknown): BandpassError {
  const { code = "", message, severity } = error as Failure;
  // The server has spoken.
  if (severity !== undefined) return refusal(target, error);
  const place = `Cannot connect to ${targetText(target)}`;
  if (/SASL|password/i.test(message ?? "")) {
    return new UsageError(
      `${place}: the server asks for a password`,
      "Give it in the environment as PGPASSWORD, or in a file with --passfile",
    );
  }
  if (Object.hasOwn(remedies, code)) {
    const what = { CONNECT_TIMEOUT: "it does not answer", CONNECTION_CLOSED: "it hung up" }[code];
    return new BandpassError(`${place}: ${what ?? code}`, remedies[code]);
  }
  if (target.protection === "verified") {
    return new BandpassError(
      `${place}: no connection by TLS with a certificate that can be verified (${
        firstLine(error)
      })`,
      "Give the authority that signed it with --sslrootcert, or, on a network that nobody else is on, " +
        "add ?sslmode=disable to the URL",
    );
  }
  return new BandpassError(
    `${place}: ${firstLine(error)}`,
    "Check the host, the port and the server",
  );
}

/**
 * What to tell of a statement that failed.
 *
 * @param target The database.
 * @param error What was thrown.
 */
export function refusal(target: DatabaseTarget, error: unknown): BandpassError {
  const { code = "", message, detail, hint, severity } = error as Failure;
  if (severity === undefined) {
    const lost = /^CONNECTION_/.test(code) || /^E[A-Z]+$/.test(code);
    if (!lost) throw error;
    return new BandpassError(
      `The connection to ${targetText(target)} was lost (${code}); nothing was changed there`,
      "Push again",
    );
  }
  const more = [detail, hint].filter((text) => text !== undefined && text !== "");
  return new BandpassError(
    `${targetText(target)} refused: ${[message, ...more].join("; ")} (SQLSTATE ${code})`,
    refusals[code] ?? refusals[code.slice(0, 2)] ?? otherwise,
  );
}

/**
 * What to tell where everything was done but the end of the transaction: only a server that has answered has
 * undone it.
 *
 * @param target The database.
 * @param error What was thrown.
 */
export function commitFailure(target: DatabaseTarget, error: unknown): BandpassError {
  if ((error as Failure).severity !== undefined) return refusal(target, error);
  return new BandpassError(
    `The connection to ${
      targetText(target)
    } was lost as the push was committed: all of it is there, or nothing`,
    "Push again, which tells whether it was there",
  );
}

const firstLine = (error: unknown) => String((error as Error).message ?? error).split("\n")[0];
