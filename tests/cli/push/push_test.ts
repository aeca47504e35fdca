import { assertEquals, assertRejects } from "@std/assert";
import { Connection } from "../../../cli/push/connection.ts";
import { copyBlocks } from "../../../cli/push/copy_format.ts";
import { databaseOption } from "../../../cli/push/database_option.ts";
import { BandpassError } from "../../../errors.ts";
import { withOwnIds } from "../own_ids.ts";
import { withPGlite } from "./pglite_server.ts";
import { assertEqualLists, assertVersions, push, pushRefused, recommended } from "./pushed.ts";

Deno.test("push makes versions side by side, whose SQL gives the lists of recommend", () =>
  withPGlite(assertVersions));

Deno.test("push --keep drops the versions that are too many, and lists need no vectors", () =>
  withPGlite((database) =>
    withOwnIds(async (run) => {
      const { query } = database;
      await pushRefused(database, "its scores are not products of rows", run);
      const schema = "SELECT count(*) FROM pg_namespace WHERE nspname = 'bandpass'";
      assertEquals(await query(schema), "0");
      const lists = await recommended(run, "-k", "3");
      for (const k of ["1", "2", "3"]) await push(database, run, "--lists", "-k", k);
      await assertEqualLists(database, "bandpass.recommend", lists);
      assertEquals(await query("SELECT count(*) FROM bandpass.versions"), "2");
      // What was shown before stays, whenever it was pushed.
      await push(database, run, "--lists", "-k", "2");
      await push(database, run, "--lists", "-k", "1");
      const former = await push(database, run, "--lists", "-k", "2", "--json");
      assertEquals(JSON.parse(former.stdout).was_there, true);
      const tables = "FROM pg_class WHERE relkind = 'r' AND relname LIKE 'lists_%'";
      assertEquals(await query(`SELECT count(*) ${tables}`), "2");
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
    assertEquals(await served.query("SELECT count(*) FROM t"), "1");
  }));
