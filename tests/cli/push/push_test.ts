import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Connection } from "../../../cli/push/connection.ts";
import { copyBlocks } from "../../../cli/push/copy_format.ts";
import { databaseOption } from "../../../cli/push/database_option.ts";
import { BandpassError } from "../../../errors.ts";
import { withOwnIds } from "../own_ids.ts";
import { runTask, withRun } from "../run_cli.ts";
import { type ServedDatabase, withPGlite } from "./pglite_server.ts";

async function push(args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await runTask(["push", ...args]);
  assertEquals(code, 0, stderr);
  return { stdout, stderr };
}

async function refused(args: readonly string[], code: number, message: string): Promise<void> {
  const outcome = await runTask(["push", ...args]);
  assertEquals([outcome.code, outcome.stdout], [code, ""], outcome.stderr);
  assertStringIncludes(outcome.stderr, message);
}

/** The lists of `recommend`, by user. */
async function recommended(args: readonly string[]): Promise<[string, string[], number[]][]> {
  const { code, stdout, stderr } = await runTask(["recommend", ...args, "--format", "ndjson"]);
  assertEquals(code, 0, stderr);
  return stdout.trim().split("\n").map((line) => {
    const { user, items, scores } = JSON.parse(line);
    return [String(user), items.map(String), scores];
  });
}

/** Compares what the SQL gives with the lists of `recommend`. */
async function assertEqualLists(
  { db }: ServedDatabase,
  call: string,
  lists: readonly [string, string[], number[]][],
): Promise<void> {
  for (const [user, items, scores] of lists) {
    const { rows } = await db.query<{ item_id: string; score: number }>(
      `SELECT item_id, score FROM ${call}`,
      [user],
    );
    assertEquals(rows.map(({ item_id }) => item_id), items, `${call} of ${user}`);
    rows.forEach(({ score }, n) => {
      const error = Math.abs(score - scores[n]);
      assertEquals(
        error <= 1e-5 * Math.max(1e-3, Math.abs(scores[n])),
        true,
        `${score} ${scores[n]}`,
      );
    });
  }
}

const countOf = async ({ db }: ServedDatabase, query: string) =>
  (await db.query<{ count: number }>(`SELECT count(*) AS count FROM ${query}`)).rows[0].count;

Deno.test("push makes versions side by side, whose SQL gives the lists of recommend", () =>
  withPGlite((served) =>
    withOwnIds((_run, dataDirectory) =>
      withRun(async (first) => {
        await withRun(async (second) => {
          const { db, url } = served;
          for (const [name, dim] of [[first, "64"], [second, "16"]]) {
            const data = ["--data-dir", dataDirectory, "--dataset", "shop"];
            const { code, stderr } = await runTask([
              ...["train", ...data, "--model", "bpr", "--epochs", "2", "--run", name],
              ...["--set", `dim=${dim}`],
            ]);
            assertEquals(code, 0, stderr);
          }
          const to = ["--to", url, "--schema", 'my "shop"'];
          const schema = '"my ""shop"""';
          const { stdout, stderr } = await push([first, ...to]);
          assertStringIncludes(stderr, "3 rows in users, 5 rows in items, 8 rows in taken");
          // What is printed runs as it is.
          const query = stdout.slice(stdout.indexOf("SELECT ranked"));
          const printed = await db.query<{ item_id: string }>(query.replace(/;\s*$/, ""), [
            "ann",
            2,
          ]);
          const lists = await recommended([first, "-k", "2"]);
          assertEquals(printed.rows.map(({ item_id }) => item_id), lists[0][1]);
          for (const name of ["recommend", "recommend_approximate"]) {
            await assertEqualLists(served, `${schema}.${name}($1, 2)`, lists);
          }
          // Somebody who is not there has no list, and a view of the app's own stays where a version changes.
          assertEquals(await countOf(served, `${schema}.recommend('nobody', 2)`), 0);
          await db.exec(`CREATE VIEW mine AS SELECT user_id FROM ${schema}.users`);

          const again = JSON.parse((await push([first, ...to, "--json"])).stdout);
          assertEquals([again.was_there, again.rows, again.dropped], [true, {}, []]);
          await push([second, ...to, "--no-index"]);
          await assertEqualLists(
            served,
            `${schema}.recommend($1, 2)`,
            await recommended([second, "-k", "2"]),
          );
          const isCurrent = `${schema}.versions WHERE is_current`;
          assertEquals(await countOf(served, `${schema}.versions`), 2);
          assertEquals(await countOf(served, isCurrent), 1);
          // Back to the former one, which is still there.
          const back = JSON.parse((await push([first, ...to, "--json", "--keep", "1"])).stdout);
          assertEquals([back.was_there, back.dropped], [true, []]);
          await assertEqualLists(served, `${schema}.recommend($1, 2)`, lists);
          assertEquals(await countOf(served, isCurrent), 1);
          assertEquals(await countOf(served, "mine"), 3);

          await refused([first, ...to, "--lists"], 2, "it holds rows");
          await db.exec("CREATE SCHEMA theirs; CREATE VIEW theirs.items AS SELECT 1 AS one");
          await refused([first, "--to", url, "--schema", "theirs"], 2, "it holds other things");
          assertEquals(await countOf(served, "theirs.items"), 1);
        });
      }), "popularity")
  ));

Deno.test("push --keep drops the versions that are too many, and lists need no vectors", () =>
  withPGlite((served) =>
    withOwnIds(async (run) => {
      const { url } = served;
      await refused([run, "--to", url], 2, "its scores are not products of rows");
      assertEquals(await countOf(served, "pg_namespace WHERE nspname = 'bandpass'"), 0);
      const lists = await recommended([run, "-k", "3"]);
      for (const k of ["1", "2", "3"]) await push([run, "--to", url, "--lists", "-k", k]);
      await assertEqualLists(served, "bandpass.recommend($1)", lists);
      const names = `bandpass.versions WHERE kind = 'lists'`;
      assertEquals(await countOf(served, names), 2);
      const tables = `pg_class WHERE relkind = 'r' AND relname LIKE 'lists_%'`;
      assertEquals(await countOf(served, tables), 2);
    }, "itemknn")
  ));

Deno.test("Connection tells of a refusal wherever it comes, and leaves nothing of the transaction", () =>
  withPGlite(async (served) => {
    const target = databaseOption(served.url);
    const { signal } = new AbortController();
    await using connection = await Connection.open(target, { user: "postgres" }, signal, () => {});
    const copied = (rows: string[][]) =>
      connection.transaction(async (transaction) => {
        await transaction.query("CREATE TABLE t (a text PRIMARY KEY)");
        const blocks = copyBlocks(
          ["text"],
          async function* () {
            yield* rows;
          }(),
        );
        await transaction.copy("COPY t (a) FROM STDIN WITH (FORMAT binary)", blocks);
      });
    // The server finds the second one once everything is sent.
    await assertRejects(() => copied([["x"], ["x"]]), BandpassError, "duplicate key");
    const failing = () =>
      connection.transaction((transaction) =>
        transaction.copy(
          "COPY pg_temp.t FROM STDIN",
          async function* (): AsyncGenerator<Uint8Array> {
            yield new Uint8Array(1);
          }(),
        )
      );
    await assertRejects(failing, BandpassError, "does not exist");
    await copied([["x"]]);
    assertEquals(await countOf(served, "t"), 1);
  }));
