/**
 * PGlite behind a socket: PostgreSQL with pgvector in WebAssembly, for one connection.
 *
 * @module
 */
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

/** A database that is served. */
export interface ServedDatabase {
  /** Where it is. */
  readonly url: string;
  /** What `push` needs in its environment to connect. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs statements, and gives the rows of the last one, cells parted by `|`. */
  readonly query: (statements: string) => Promise<string>;
}

/**
 * Serves a database, and closes it after use.
 *
 * @param use What is done with it.
 */
export async function withPGlite(use: (served: ServedDatabase) => Promise<void>): Promise<void> {
  const db = await PGlite.create({ extensions: { vector } });
  const server = new PGLiteSocketServer({ db: copying(db), port: 0, host: "127.0.0.1" });
  await server.start();
  try {
    await use({
      url: `postgres://postgres@${server.getServerConn()}/postgres`,
      env: {},
      async query(statements) {
        const rows = (await db.exec(statements)).at(-1)?.rows ?? [];
        return rows.map((row) => Object.values(row).map(String).join("|")).join("\n");
      },
    });
  } finally {
    await server.stop();
    await db.close();
  }
}

/** `CopyInResponse`, of a format and of columns that no client looks at. */
const copyInResponse = Uint8Array.of("G".charCodeAt(0), 0, 0, 0, 7, 1, 0, 0);

/**
 * The database with `COPY … FROM STDIN`. It ends where it has to wait for a client's data, so that all of
 * them are gathered, and given to it with the statement.
 */
function copying(db: PGlite): PGlite {
  const execProtocolRawStream: PGlite["execProtocolRawStream"] = async (message, options) => {
    const { onRawData } = options;
    const type = String.fromCharCode(message[0]);
    const text = type === "Q" ? new TextDecoder().decode(message.subarray(5)) : "";
    if (/^COPY .* FROM STDIN/is.test(text)) {
      gathered = [message];
      return onRawData(copyInResponse);
    }
    if (gathered === undefined) return await db.execProtocolRawStream(message, options);
    gathered.push(message);
    // CopyData; CopyDone and CopyFail are the last.
    if (type === "d") return;
    const all = joined(gathered);
    gathered = undefined;
    const answers: Uint8Array[] = [];
    await db.execProtocolRawStream(all, { onRawData: (part) => void answers.push(part.slice()) });
    onRawData(withoutCopyInResponse(joined(answers)));
  };
  let gathered: Uint8Array[] | undefined;
  return new Proxy(db, {
    get(target, name) {
      if (name === "execProtocolRawStream") return execProtocolRawStream;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function withoutCopyInResponse(answer: Uint8Array<ArrayBuffer>): Uint8Array {
  if (answer[0] !== copyInResponse[0]) return answer;
  return answer.subarray(1 + new DataView(answer.buffer).getInt32(1));
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  return all;
}
