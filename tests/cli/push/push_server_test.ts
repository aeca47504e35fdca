import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { projectFolder, runTask, withRun } from "../run_cli.ts";
import {
  named,
  namedVectors,
  password,
  type PostgresServer,
  withPostgres,
} from "./postgres_server.ts";
import { assertVersions } from "./pushed.ts";

/** Trains what is quick, with lists long enough to be caught on their way. */
async function withPopularity(use: (run: string) => Promise<void>): Promise<void> {
  await withRun(async (run) => {
    const { code, stderr } = await runTask(["train", "--model", "popularity", "--run", run]);
    assertEquals(code, 0, stderr);
    await use(run);
  });
}

const lists = (run: string, url: string, ...args: string[]) =>
  runTask(["push", run, "--lists", "--to", url, ...args], { PGPASSWORD: password });

const tables = ({ query }: PostgresServer) =>
  query("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'lists_%'");

/** Waits until the server has taken in so much of what is sent to it. */
async function whileCopying(server: PostgresServer, bytes: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const found = await server.query("SELECT bytes_processed FROM pg_stat_progress_copy");
    if (Number(found) > bytes) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("No copy was seen");
}

Deno.test({
  ...named("push that is killed in the middle leaves nothing half visible, and the next one works"),
  fn: () =>
    withPostgres((server) =>
      withPopularity(async (run) => {
        const url = `postgres://ann@localhost:${server.port}/shop`;
        const { code, stderr } = await lists(run, url, "-k", "1");
        assertEquals(code, 0, stderr);
        const before = await server.query("SELECT * FROM bandpass.recommend('7', 9)");
        for (const signal of ["SIGKILL", "SIGTERM"] as const) {
          // The launcher becomes the command, so that the signal comes to it.
          const process = new Deno.Command("sh", {
            args: ["cli/launch.sh", "push", run, "--lists", "-k", "600", "--to", url],
            cwd: projectFolder,
            env: { PGPASSWORD: password, NO_COLOR: "1", BANDPASS_DENO: Deno.execPath() },
            ...{ stdin: "null", stdout: "piped", stderr: "piped" },
          }).spawn();
          const ended = process.output();
          await whileCopying(server, 1 << 20);
          // In the middle of it, where it waits while it is looked at, others see what was there before.
          process.kill("SIGSTOP");
          assertEquals(await server.query("SELECT * FROM bandpass.recommend('7', 9)"), before);
          assertEquals(await tables(server), "1");
          process.kill(signal);
          if (signal === "SIGTERM") process.kill("SIGCONT");
          const { code, stderr } = await ended;
          assert(code !== 0);
          if (signal === "SIGTERM") {
            assertEquals(code, 130);
            assertStringIncludes(new TextDecoder().decode(stderr), "nothing was changed");
          }
          const gone = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'bandpass'";
          for (let n = 0; n < 100 && await server.query(gone) !== "0"; n++) {
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          assertEquals(await server.query("SELECT * FROM bandpass.recommend('7', 9)"), before);
          assertEquals(await tables(server), "1");
          assertEquals(await server.query("SELECT count(*) FROM bandpass.versions"), "1");
        }
        assertEquals((await lists(run, url, "-k", "3")).code, 0);
        assertEquals(await server.query("SELECT count(*) FROM bandpass.recommend('7', 9)"), "3");
        // A former version that somebody has dropped by hand is in nobody's way.
        const former = "SELECT version FROM bandpass.versions WHERE NOT is_current";
        await server.query(`DROP TABLE bandpass.lists_${await server.query(former)}`);
        const last = await lists(run, url, "-k", "2", "--keep", "1");
        assertEquals(last.code, 0, last.stderr);
        assertEquals(await server.query("SELECT count(*) FROM bandpass.versions"), "1");
      })
    ),
});

Deno.test({
  ...named(
    "push knows whom it speaks to, keeps passwords to itself, and needs no right but on its schema",
  ),
  fn: (t) =>
    withPostgres((server) =>
      withPopularity(async (run) => {
        await t.step("a server that is not who it says it is", () => assertVerified(server, run));
        await t.step("a user with a password in a file", () => assertLetIn(server, run));
      })
    ),
});

async function assertVerified({ port, authority, query }: PostgresServer, run: string) {
  const url = (host: string, mode: string) => `postgres://ann@${host}:${port}/shop?sslmode=${mode}`;
  const trusted = ["--sslrootcert", authority];
  const plain = url("localhost", "disable");
  const wrong = { PGPASSWORD: "hunter2" };
  const attempts = [
    [1, "certificate that can be verified", lists(run, url("localhost", "require"))],
    [1, "does not match", lists(run, url("127.0.0.1", "verify-full"), ...trusted)],
    [2, "would have no effect", lists(run, plain, ...trusted)],
    [1, "Check the password", runTask(["push", run, "--lists", "--to", plain], wrong)],
    [1, 'database "none" does not exist', lists(run, `postgres://ann@localhost:${port}/none`)],
  ] as const;
  for (const [expected, message, attempt] of attempts) {
    const { code, stdout, stderr } = await attempt;
    assertEquals([code, stdout], [expected, ""], stderr);
    assertStringIncludes(stderr, message);
    for (const secret of [password, "hunter2"]) assert(!stderr.includes(secret), stderr);
  }
  const schema = "SELECT count(*) FROM pg_namespace WHERE nspname = 'bandpass'";
  assertEquals(await query(schema), "0");
  const { code, stderr } = await lists(run, url("localhost", "verify-full"), ...trusted);
  assertEquals(code, 0, stderr);
  await query("DROP SCHEMA bandpass CASCADE");
}

async function assertLetIn({ port, query }: PostgresServer, run: string) {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, `localhost:${port}:shop:bob:b\\:b\n`, { mode: 0o600 });
    await query("CREATE ROLE bob LOGIN PASSWORD 'b:b'");
    const to = ["push", run, "--lists", "--to", `postgres://localhost:${port}/shop`];
    const args = [...to, "--passfile", file];
    const refused = await runTask(args, { PGUSER: "bob", PGPASSWORD: "wrong" });
    assertEquals(refused.code, 1);
    assertStringIncludes(refused.stderr, "permission denied for database shop");
    await query("CREATE SCHEMA bandpass AUTHORIZATION bob");
    const { code, stderr } = await runTask(args, { PGUSER: "bob" });
    assertEquals(code, 0, stderr);
    // Those who are let in once see each version.
    await query("CREATE ROLE app; GRANT USAGE ON SCHEMA bandpass TO app");
    await query("GRANT SELECT ON bandpass.lists TO app");
    assertEquals((await runTask([...args, "-k", "2"], { PGUSER: "bob" })).code, 0);
    assertEquals(await query("SET ROLE app; SELECT count(*) FROM bandpass.recommend('7')"), "2");
  } finally {
    await Deno.remove(file);
  }
}

Deno.test({
  ...namedVectors("push makes versions side by side in a PostgreSQL of this machine"),
  fn: () => withPostgres(assertVersions),
});
