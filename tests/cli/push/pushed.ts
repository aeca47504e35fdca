/**
 * What a push into any PostgreSQL with pgvector has to give.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { literal } from "../../../cli/push/layout.ts";
import { withOwnIds } from "../own_ids.ts";
import { runTask, withRun } from "../run_cli.ts";
import type { ServedDatabase } from "./pglite_server.ts";

/**
 * Pushes what can be pushed.
 *
 * @param database Where to.
 * @param args The run and the options.
 */
export async function push(
  { url, env }: ServedDatabase,
  ...args: string[]
): Promise<{ stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await runTask(["push", ...args, "--to", url], env);
  assertEquals(code, 0, stderr);
  return { stdout, stderr };
}

/**
 * Pushes what is refused.
 *
 * @param database Where to.
 * @param message What is told.
 * @param args The run and the options.
 */
export async function pushRefused(
  { url, env }: ServedDatabase,
  message: string,
  ...args: string[]
): Promise<void> {
  const { code, stdout, stderr } = await runTask(["push", ...args, "--to", url], env);
  assertEquals([code, stdout], [2, ""], stderr);
  assertStringIncludes(stderr, message);
}

/** The list of a user. */
export interface UserList {
  readonly user: string | number;
  readonly items: readonly (string | number)[];
  readonly scores: readonly number[];
}

/**
 * The lists of `recommend`.
 *
 * @param args The run and the options.
 */
export async function recommended(...args: string[]): Promise<UserList[]> {
  const { code, stdout, stderr } = await runTask(["recommend", ...args, "--format", "ndjson"]);
  assertEquals(code, 0, stderr);
  return stdout.trim().split("\n").map((line) => JSON.parse(line));
}

/**
 * Compares what the SQL gives with the lists of `recommend`.
 *
 * @param database Where it is asked.
 * @param name The function.
 * @param lists The lists.
 */
export async function assertEqualLists(
  { query }: ServedDatabase,
  name: string,
  lists: readonly UserList[],
): Promise<void> {
  for (const { user, items, scores } of lists) {
    const call = `${name}(${literal(String(user))}, ${items.length})`;
    const rows = (await query(`SELECT item_id, score FROM ${call}`)).split("\n")
      .map((row) => row.split("|"));
    assertEquals(rows.map(([item]) => item), items.map(String), call);
    rows.forEach(([, score], n) => {
      const error = Math.abs(Number(score) - scores[n]);
      assert(error <= 1e-6 * Math.max(1, Math.abs(scores[n])), `${call}: ${score}, ${scores[n]}`);
    });
  }
}

/**
 * Pushes two runs with rows of different lengths, shows one and the other, and asks both.
 *
 * @param database Where to.
 */
export async function assertVersions(database: ServedDatabase): Promise<void> {
  const { query } = database;
  await withOwnIds((_run, dataDirectory) =>
    withRun((first) =>
      withRun(async (second) => {
        for (const [name, dim] of [[first, 64], [second, 16]]) {
          const data = ["--data-dir", dataDirectory, "--dataset", "shop"];
          const { code, stderr } = await runTask([
            ...["train", ...data, "--model", "bpr", "--epochs", "2", "--run", String(name)],
            ...["--set", `dim=${dim}`],
          ]);
          assertEquals(code, 0, stderr);
        }
        const to = ["--schema", 'my "shop"'];
        const schema = '"my ""shop"""';
        const { stdout, stderr } = await push(database, first, ...to);
        assertStringIncludes(stderr, "3 rows in users, 5 rows in items, 8 rows in taken");
        const lists = await recommended(first, "-k", "2");
        // What is printed runs as it is.
        const printed = stdout.slice(stdout.indexOf("SELECT ranked"));
        const own = (await query(`PREPARE ranked AS ${printed}; EXECUTE ranked('ann', 2)`))
          .split("\n").map((row) => row.split("|")[0]);
        assertEquals(own, lists[0].items);
        for (const name of ["recommend", "recommend_approximate"]) {
          await assertEqualLists(database, `${schema}.${name}`, lists);
        }
        // Somebody who is not there has no list, and a view of an app's own stays where the version changes.
        assertEquals(await query(`SELECT count(*) FROM ${schema}.recommend('nobody', 2)`), "0");
        await query(`CREATE VIEW mine AS SELECT user_id FROM ${schema}.users`);

        const again = JSON.parse((await push(database, first, ...to, "--json")).stdout);
        assertEquals([again.was_there, again.rows, again.dropped], [true, {}, []]);
        await push(database, second, ...to, "--no-index");
        const others = await recommended(second, "-k", "2");
        await assertEqualLists(database, `${schema}.recommend`, others);
        const versions = "SELECT count(*) AS made, count(*) FILTER (WHERE is_current) AS shown " +
          `FROM ${schema}.versions`;
        assertEquals(await query(versions), "2|1");
        // Back to the former one, which is still there.
        const back = JSON.parse((await push(database, first, ...to, "--json", "--keep=1")).stdout);
        assertEquals([back.was_there, back.dropped], [true, []]);
        await assertEqualLists(database, `${schema}.recommend`, lists);
        assertEquals(await query(versions), "2|1");
        assertEquals(await query("SELECT count(*) FROM mine"), "3");

        await pushRefused(database, "it holds rows", first, ...to, "--lists");
        await query("CREATE SCHEMA theirs; CREATE VIEW theirs.items AS SELECT 1 AS one");
        await pushRefused(database, "it holds other things", first, "--schema", "theirs");
        assertEquals(await query("SELECT * FROM theirs.items"), "1");
      })
    ), "popularity");
}
