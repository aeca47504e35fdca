import { assert, assertEquals } from "@std/assert";
import { chromiumPath, skipped } from "./chromium.ts";
import { filesOfTests, runInBrowser } from "./op_tests.ts";

Deno.test({
  name: `the ops are right in Chromium, each in one shape${skipped}`,
  ignore: chromiumPath === undefined,
  fn: async () => {
    const failures: string[] = [];
    const seen = new Set<string>();
    await runInBrowser(await filesOfTests(), { isQuick: true }, ({ name, failure }) => {
      seen.add(name);
      if (failure !== undefined) failures.push(`${name}: ${failure}`);
    });
    assertEquals(failures, []);
    assert(seen.has("unary() hides no NaN") && seen.size > 120, `${seen.size} tests`);
  },
});
