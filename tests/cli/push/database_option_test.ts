import { assert, assertEquals, assertThrows } from "@std/assert";
import { databaseEndpoint } from "../../../cli/common/database_url.ts";
import { addressText } from "../../../cli/common/listen_address.ts";
import { databaseOption, targetText } from "../../../cli/push/database_option.ts";
import { schemaOption } from "../../../cli/push/layout.ts";
import { UsageError } from "../../../errors.ts";

Deno.test("databaseOption() reads a URL as PostgreSQL's programs do", () => {
  const target = databaseOption("postgresql://ann%40x@db.example:6000/my%20shop");
  assertEquals(target, {
    host: "db.example",
    port: 6000,
    database: "my shop",
    user: "ann@x",
    protection: "verified",
  });
  assertEquals(targetText(target), "ann@x@db.example:6000/my shop");
  const local = databaseOption("postgres://[::1]/shop");
  assertEquals([local.host, local.port, local.user, local.protection], [
    ...["::1", 5432, undefined, "none"],
  ]);
  assertEquals(targetText(local), "[::1]:5432/shop");
});

Deno.test("databaseOption() verifies the server unless it is this machine, or somebody says otherwise", () => {
  const of = (url: string) => databaseOption(`postgres://${url}`).protection;
  for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"]) {
    assertEquals(of(`${host}/a`), "none");
  }
  for (const host of ["db", "10.0.0.1", "localhost.example", "127.0.0.1.example", "[::2]"]) {
    assertEquals(of(`${host}/a`), "verified", host);
    assertEquals(of(`${host}/a?sslmode=disable`), "none", host);
  }
  for (const mode of ["require", "verify-ca", "verify-full"]) {
    assertEquals(of(`localhost/a?sslmode=${mode}`), "verified");
  }
  for (const mode of ["prefer", "allow", "", "toString"]) {
    assertThrows(() => of(`db/a?sslmode=${mode}`), UsageError, "sslmode");
  }
});

Deno.test("databaseOption() takes no password, and repeats nothing that might be one", () => {
  for (
    const url of [
      "postgres://ann:hunter2@db/shop",
      "postgres://ann:hun/ter2@db/shop",
      "postgres://ann:12/hunter2@db/shop",
      "postgres://ann:hunter2#@db/shop",
      "postgres://ann@db/shop?password=hunter2",
      "postgres://ann@db/shop?hunter2",
      "postgres://ann@db/shop?sslmode=hunter2",
      "postgres://ann@db/shop#hunter2",
      "postgres://ann@db/hunter2/shop",
      "hunter2",
      "mysql://ann:hunter2@db/shop",
      "postgres://hunter2%@db/shop",
      "postgres://db",
    ]
  ) {
    const { message, nextStep } = assertThrows(
      () => databaseOption(url),
      UsageError,
      "Cannot use --to",
    );
    assert(!/hun|ter2/.test(message + nextStep), message);
  }
});

Deno.test("databaseEndpoint() names one host, as Deno's permission takes commas and stars for more", () => {
  for (const host of ["a,b", "*.example", "", "a b", "[::1", "a%2Cb", "a:0"]) {
    assertEquals(databaseEndpoint(`postgres://ann@${host}/shop`), undefined, host);
  }
  assertEquals(databaseEndpoint("http://db/shop"), undefined);
  assertEquals(
    addressText(databaseEndpoint("postgres://u@[2001:db8::1]:1/x")!),
    "[2001:db8::1]:1",
  );
});

Deno.test("schemaOption() refuses what PostgreSQL would cut off or keeps for itself", () => {
  assertEquals(schemaOption('a "b"; DROP'), 'a "b"; DROP');
  for (const name of ["", "pg_temp", "x".repeat(64), "ü".repeat(32), "a\u0000b"]) {
    assertThrows(() => schemaOption(name), UsageError, "Cannot use --schema");
  }
});
