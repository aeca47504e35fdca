/**
 * Runs the tests of ops and of the device in Chromium: all of them, or those whose file has a given word in its path.
 *
 * @module
 */
import { chromiumPath } from "./chromium.ts";
import { filesOfTests, runInBrowser } from "./op_tests.ts";

const words = Deno.args;
if (chromiumPath === undefined) {
  console.error("error: Cannot test in a browser: no Chromium is installed");
  console.error("  next: Install it; on Debian: apt-get install --no-install-recommends chromium");
  Deno.exit(1);
}
const files = (await filesOfTests()).filter((path) =>
  words.length === 0 || words.some((word) => path.includes(word))
);
if (files.length === 0) {
  console.error(
    `error: Cannot test "${words.join(" ")}" in a browser: no file of tests is called so`,
  );
  console.error("  next: Name a word of a path in tests/shaders or tests/gpu, or leave it out");
  Deno.exit(2);
}
const counts = { passed: 0, failed: 0, skipped: 0 };
await runInBrowser(files, { isQuick: false }, ({ name, failure, isIgnored, milliseconds }) => {
  const what = isIgnored ? "skipped" : failure === undefined ? "passed" : "failed";
  counts[what]++;
  console.log(`${what} (${(milliseconds / 1000).toFixed(1)} s) ${name}`);
  if (failure !== undefined) console.log(failure.replaceAll(/^/gm, "  "));
});
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
Deno.exit(counts.failed === 0 ? 0 : 1);
