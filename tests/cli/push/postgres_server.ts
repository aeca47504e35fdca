/**
 * A PostgreSQL of this machine's: its own folder and port, by TLS and without, with a password.
 *
 * @module
 */

import { dirname } from "node:path";
import type { ServedDatabase } from "./pglite_server.ts";

/** Where distributions put the programs of the server, which are on nobody's path. */
function serverPrograms(): string | undefined {
  const folders = Deno.env.get("PATH")!.split(":");
  try {
    const versions = Array.from(Deno.readDirSync("/usr/lib/postgresql"), ({ name }) => name);
    folders.push(
      ...versions.sort((a, b) => Number(b) - Number(a))
        .map((name) => `/usr/lib/postgresql/${name}/bin`),
    );
  } catch {
    // They are elsewhere, or there are none.
  }
  const found = folders.find((name) => isFile(`${name}/initdb`) && isFile(`${name}/postgres`));
  // Links to them may lie where the others do not.
  return found && dirname(Deno.realPathSync(`${found}/initdb`));
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

const programs = serverPrograms();

/** Root may not run a server; the user that distributions make for it does. */
const owner: { uid?: number; gid?: number } | undefined = programs !== undefined && Deno.uid() === 0
  ? await ownerIds()
  : {};

async function ownerIds(): Promise<{ uid: number; gid: number } | undefined> {
  const entry = (await Deno.readTextFile("/etc/passwd")).split("\n")
    .find((line) => line.startsWith("postgres:"));
  const [, , uid, gid] = entry?.split(":") ?? [];
  return entry === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

const missing = programs === undefined
  ? "no PostgreSQL; install postgresql"
  : owner === undefined
  ? "root runs no PostgreSQL, and there is no user postgres"
  : undefined;

/** What a test is called that cannot be run where there is no server. */
export function named(name: string, lacking = missing): { name: string; ignore: boolean } {
  return lacking === undefined
    ? { name, ignore: false }
    : { name: `${name} (skipped: ${lacking})`, ignore: true };
}

/** What one of vectors is called, which cannot be run where the server has no pgvector either. */
export function namedVectors(name: string): { name: string; ignore: boolean } {
  return named(name, missing ?? (hasVectors() ? undefined : "this PostgreSQL has no pgvector"));
}

function hasVectors(): boolean {
  try {
    const { stdout } = new Deno.Command(`${programs}/pg_config`, { args: ["--sharedir"] })
      .outputSync();
    return isFile(`${new TextDecoder().decode(stdout).trim()}/extension/vector.control`);
  } catch {
    return false;
  }
}

/** The password of the user `ann`, with what would have to be escaped elsewhere. */
export const password = "it's :own\\";

/** A server. */
export interface PostgresServer extends ServedDatabase {
  /** Its port. */
  readonly port: number;
  /** The certificate of the authority that signed the server's, which is of `localhost`. */
  readonly authority: string;
}

/**
 * Starts a server with an empty database `shop` of `ann`, and stops it after use.
 *
 * @param use What is done with it.
 */
export async function withPostgres(use: (server: PostgresServer) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const run = async (program: string, args: string[], env: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await new Deno.Command(program, {
      ...{ args, env, cwd: folder, stdin: "null", ...owner },
    }).output();
    const text = new TextDecoder();
    if (code !== 0) throw new Error(`${program} ${args.join(" ")}: ${text.decode(stderr)}`);
    return text.decode(stdout).trim();
  };
  const { uid = null, gid = null } = owner ?? {};
  await Deno.chown(folder, uid, gid);
  const data = `${folder}/data`;
  const control = (...args: string[]) => run(`${programs}/pg_ctl`, ["-D", data, "-w", ...args]);
  try {
    await Deno.writeTextFile(`${folder}/password`, `${password}\n`, { mode: 0o644 });
    await run(`${programs}/initdb`, [
      ...["-D", data, "-U", "ann", "-A", "scram-sha-256", "-N", "--locale=C", "--encoding=UTF8"],
      ...["--pwfile", `${folder}/password`],
    ]);
    await makeCertificates(folder, run);
    const { port } = freePort();
    const settings = { listen_addresses: "127.0.0.1", port, ssl: "on", fsync: "off" };
    const files = { ssl_cert_file: `${folder}/server.pem`, ssl_key_file: `${folder}/server.key` };
    await Deno.writeTextFile(
      `${data}/postgresql.conf`,
      Object.entries({ ...settings, ...files, unix_socket_directories: "" })
        .map(([name, value]) => `${name} = '${value}'\n`).join(""),
    );
    await control("-l", `${folder}/log`, "start");
    const ask = (database: string, statements: string) =>
      run("psql", [
        ...["-h", "127.0.0.1", "-p", String(port), "-U", "ann", "-d", database],
        ...["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-c", statements],
      ], { PGPASSWORD: password });
    await ask("postgres", "CREATE DATABASE shop");
    await use({
      port,
      url: `postgres://ann@localhost:${port}/shop`,
      env: { PGPASSWORD: password },
      authority: `${folder}/authority.pem`,
      query: (statements) => ask("shop", statements),
    });
  } finally {
    await control("-m", "immediate", "stop").catch(() => {});
    await Deno.remove(folder, { recursive: true });
  }
}

/** A certificate of `localhost`, and that of the authority that signed it. */
async function makeCertificates(
  folder: string,
  run: (program: string, args: string[]) => Promise<string>,
): Promise<void> {
  const key = (name: string) => ["-newkey", "rsa:2048", "-nodes", "-keyout", `${name}.key`];
  const days = ["-days", "2"];
  await run("openssl", [
    ...["req", "-x509", ...key("authority"), ...days, "-out", "authority.pem"],
    ...["-subj", "/CN=authority", "-addext", "basicConstraints=critical,CA:TRUE"],
  ]);
  await run("openssl", [
    ...["req", ...key("server"), "-out", "server.csr", "-subj", "/CN=localhost"],
  ]);
  await Deno.writeTextFile(`${folder}/names`, "subjectAltName=DNS:localhost\n", { mode: 0o644 });
  await run("openssl", [
    ...["x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key"],
    ...["-CAcreateserial", ...days, "-extfile", "names", "-out", "server.pem"],
  ]);
  await Deno.chmod(`${folder}/authority.pem`, 0o644);
  await Deno.chmod(folder, 0o755);
}

function freePort(): { port: number } {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return { port: (listener.addr as Deno.NetAddr).port };
}
