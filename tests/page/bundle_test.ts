import { assert } from "@std/assert";
import { fileURLToPath } from "node:url";

/** The bundler and its output are of this version of Deno. */
const version = "2.9.6";
const skipped = Deno.version.deno === version ? "" : ` (skipped: Deno is not ${version})`;

Deno.test({
  name: `page/page.js is what bundle-page makes of page/browser/${skipped}`,
  ignore: skipped !== "",
  fn: async () => {
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["bundle", "--quiet", "--minify", "--platform", "browser", "page/browser/page.ts"],
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    const kept = await Deno.readTextFile(new URL("../../page/page.js", import.meta.url));
    const isSame = kept.trim() === new TextDecoder().decode(stdout).trim();
    assert(isSame, "page/page.js is old: run ./bandpass bundle-page, and commit it");
  },
});
