import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { userPath } from "../../../cli/common/paths.ts";
import { UsageError } from "../../../errors.ts";

Deno.test("userPath() keeps what needs no folder, and refuses an empty path", () => {
  assertEquals(["-", "/tmp/a"].map(userPath), ["-", "/tmp/a"]);
  const { message } = assertThrows(() => userPath(""), UsageError);
  assertStringIncludes(message, "it is empty");
});
