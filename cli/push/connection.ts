/**
 * A connection to PostgreSQL, and what its failures mean to the user.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { finished } from "node:stream/promises";
import type { Writable } from "node:stream";
import type { Sql, TransactionSql } from "postgres";
import { BandpassError, InterruptedError } from "../../errors.ts";
import type { DatabaseTarget } from "./database_option.ts";
import { commitFailure, connectionFailure, refusal } from "./database_failure.ts";

/** Whom a connection is of, and how it is made. */
export interface Credentials {
  /** Who connects. */
  readonly user: string;
  /** Their password (default: none). */
  readonly password?: string;
  /** Certificates of authorities in PEM, in place of those that Deno knows. */
  readonly authorities?: string;
}

/** Seconds in which a server must have answered. */
const connectSeconds = 20;

/** A connection to a database. */
export class Connection implements AsyncDisposable {
  readonly #sql: Sql;
  readonly #signal: AbortSignal;
  readonly #target: DatabaseTarget;

  private constructor(sql: Sql, target: DatabaseTarget, signal: AbortSignal) {
    this.#sql = sql;
    this.#target = target;
    this.#signal = signal;
    signal.addEventListener("abort", () => void this[Symbol.asyncDispose]());
  }

  /**
   * Connects.
   *
   * @param target The database.
   * @param credentials Who connects.
   * @param signal Ends the connection, and with it what is under way.
   * @param onNotice Told what the server remarks.
   * @throws {BandpassError} The server cannot be reached, or refuses.
   */
  static async open(
    target: DatabaseTarget,
    credentials: Credentials,
    signal: AbortSignal,
    onNotice: (text: string) => void,
  ): Promise<Connection> {
    const { default: postgres } = await import("postgres");
    const { host, port, database, protection } = target;
    const { user, password, authorities } = credentials;
    const sql = postgres({
      // In lists, which its types leave out: the library would part an address of IPv6 at its colons.
      ...{ host: [host] as unknown as string, port: [port] as unknown as number },
      database,
      user,
      ...password !== undefined && { password },
      // A server that offers no TLS is refused, and one that is not who it says it is.
      ssl: protection === "none" ? false : { host, ca: authorities, rejectUnauthorized: true },
      // What is given here is not looked for in the environment.
      ...{ sslnegotiation: null, max_pipeline: 1, publications: "alltables", debug: false },
      ...{ target_session_attrs: undefined, backoff: () => 1 },
      max: 1,
      connect_timeout: connectSeconds,
      idle_timeout: 0,
      max_lifetime: null,
      keep_alive: 60,
      // Named statements would fail behind a pool of connections.
      prepare: false,
      fetch_types: false,
      connection: { application_name: "bandpass", ...serverOptions() },
      onnotice: ({ severity, message }) => {
        if (severity !== "NOTICE") onNotice(`${severity}: ${message}`);
        else if (!/already exists|does not exist/.test(message)) onNotice(message);
      },
    });
    const connection = new Connection(sql, target, signal);
    await connection.#reach();
    return connection;
  }

  /** Asks once; the library would go on for ever with a server that hangs up. */
  async #reach(): Promise<void> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(Object.assign(new Error("late"), { code: "CONNECT_TIMEOUT" })),
      1000 * connectSeconds,
    );
    try {
      await Promise.race([this.#sql`SELECT 1`, late.promise]);
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw this.#signal.aborted ? interrupted() : connectionFailure(this.#target, error);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Does something in one transaction: all of it, or nothing.
   *
   * @param action What is done.
   * @throws {BandpassError} The server refuses, or the connection is lost.
   * @throws {InterruptedError} The signal has ended it.
   */
  async transaction<T>(action: (transaction: Transaction) => Promise<T>): Promise<T> {
    let isCommitting = false;
    try {
      return await this.#sql.begin(async (sql) => {
        const result = await action(new Transaction(sql, this.#signal));
        // Ending the connection leaves it a second, in which much can be sent.
        if (this.#signal.aborted) throw interrupted();
        isCommitting = true;
        return result;
      }) as T;
    } catch (error) {
      if (isCommitting) throw commitFailure(this.#target, error);
      if (this.#signal.aborted) throw interrupted();
      throw error instanceof BandpassError ? error : refusal(this.#target, error);
    }
  }

  /** Ends the connection; the server undoes what was not committed. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sql.end({ timeout: 1 }).catch(() => {});
  }
}

/** A transaction. */
export class Transaction {
  readonly #sql: TransactionSql;
  readonly #signal: AbortSignal;

  /**
   * Takes over one of the library's.
   *
   * @param sql It.
   * @param signal Ends the sending of rows.
   */
  constructor(sql: TransactionSql, signal: AbortSignal) {
    this.#sql = sql;
    this.#signal = signal;
  }

  /**
   * Runs a statement.
   *
   * @param statement SQL, with `$1`, `$2` … for the values.
   * @param values The values.
   * @returns The rows.
   */
  async query<Row>(statement: string, values: readonly (string | number)[] = []): Promise<Row[]> {
    return [...await this.#sql.unsafe(statement, [...values])] as Row[];
  }

  /**
   * Sends rows.
   *
   * @param statement `COPY … FROM STDIN`.
   * @param blocks The rows in the statement's format.
   * @throws {InterruptedError} The signal has ended it.
   */
  async copy(statement: string, blocks: AsyncIterable<Uint8Array>): Promise<void> {
    const query = this.#sql.unsafe(statement);
    // The library answers its promise where the transfer begins, and tells nobody of a refusal that comes
    // once all is sent (postgres 3.4.9, `CopyInResponse`): so it is caught where the library reports it.
    const refused = Promise.withResolvers<never>();
    refused.promise.catch(() => {});
    const reporting = query as unknown as { reject: (error: unknown) => void };
    const { reject } = reporting;
    reporting.reject = (error) => {
      refused.reject(error);
      reject(error);
    };
    const writable: Writable = await query.writable();
    const done = finished(writable);
    done.catch(() => {});
    const sent = async () => {
      for await (const block of blocks) {
        if (this.#signal.aborted) throw interrupted();
        if (!writable.write(Buffer.from(block.buffer))) await drained(writable);
      }
      writable.end();
      await done;
    };
    try {
      await Promise.race([sent(), refused.promise]);
    } catch (error) {
      writable.destroy(error as Error);
      throw error;
    }
  }
}

/** Waits until a stream takes more, or fails. */
function drained(writable: Writable): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const settle = (error?: Error | null) => {
    writable.off("drain", settle).off("error", settle).off("close", settle);
    if (error) reject(error);
    else resolve();
  };
  writable.on("drain", settle).on("error", settle).on("close", settle);
  return promise;
}

function interrupted(): InterruptedError {
  return new InterruptedError("Interrupted: nothing was changed in the database", "Push again");
}

/** What the server is to be told for this connection, as PostgreSQL's own programs take it. */
function serverOptions(): { options?: string } {
  const options = Deno.env.get("PGOPTIONS");
  return options === undefined || options === "" ? {} : { options };
}
