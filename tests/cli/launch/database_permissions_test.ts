import { assertEquals } from "@std/assert";
import { flagsOf, permissionsOf } from "../../../cli/launch/permissions.ts";
import type { Place } from "../../../cli/launch/uses.ts";

const place: Place = {
  folder: "/home/ann",
  project: "/opt/bandpass",
  realPath: (path) => path,
  dataDirectory: () => undefined,
  runs: { exists: () => false, isRun: () => false, newestRun: () => undefined },
};

const of = (command: string, ...args: string[]) => permissionsOf(command, args, place);

/** What is read beside the project and the folder that the user stands in. */
const readBeside = (command: string, ...args: string[]) =>
  of(command, ...args).read.filter((path) => path !== "/home/ann" && path !== "/opt/bandpass");

Deno.test("permissionsOf() lets push speak to the host and the port of its database, and to no other", () => {
  const to = (...urls: string[]) =>
    of("push", "last", ...urls.flatMap((url) => ["--to", url])).database;
  assertEquals(to("postgres://ann@db.example:6000/shop"), "db.example:6000");
  assertEquals(to("postgresql://ann@[::1]/shop?sslmode=disable"), "[::1]:5432");
  assertEquals(to("postgres://a@one/shop", "postgres://a@two/shop"), "two:5432");
  for (const url of ["postgres://a@one,two/shop", "postgres://a@*/shop", "http://one/", "one"]) {
    assertEquals(to(url), undefined, url);
  }
  assertEquals(to(), undefined);
  assertEquals(of("push", "--", "--to=postgres://ann@db/shop").database, undefined);
  assertEquals(of("export", "--to", "postgres://ann@db/shop").database, undefined);
  const flags = flagsOf(of("push", "--to=postgres://ann@db/shop", "--passfile", "/p/pass"));
  const variables = "PGUSER,PGPASSWORD,PGOPTIONS,PGAPPNAME,PGTARGETSESSIONATTRS";
  assertEquals(flags[0], `--allow-env=INIT_CWD,LP_NUM_THREADS,TERM,${variables}`);
  assertEquals(flags.at(-1), "--allow-net=db:5432");
  assertEquals(readBeside("push", "/tmp/run", "--passfile=/p/pass", "--sslrootcert", "/c/ca.pem"), [
    ...["/p/pass", "/c/ca.pem", "/tmp/run"],
  ]);
});
