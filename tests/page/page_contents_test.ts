import { assert, assertEquals } from "@std/assert";
import { pageFiles } from "../../page/page_contents.ts";
import type { PageIndex, PageItems } from "../../page/page_index.ts";
import { hostileId, withShownRuns } from "./shown_runs.ts";

/** Paths without the numbers in them. */
const kinds = (paths: readonly string[]) =>
  [...new Set(paths.map((path) => path.replaceAll(/\d+/g, "N")))].sort();

Deno.test("pageFiles() has users where they are asked for alone, and pictures of the dataset alone", () =>
  withShownRuns(async (runs) => {
    const content = { runs, listLength: 10, isServed: false };
    const files = await pageFiles({ ...content, withUsers: false });
    const fixed = ["icon.svg", "index.html", "items.json", "page.css", "page.js", "page.json"];
    const ofItems = ["images/N.png", "runs/N/item-parts/N.bin", "runs/N/item-rows/N.bin"];
    assertEquals(
      kinds(files.map(({ path }) => path)),
      [...fixed, ...ofItems, "runs/N/similar/N.bin"].sort(),
    );
    assertEquals(files.at(-1)!.path, "page.json");
    const read = async (path: string) =>
      new TextDecoder().decode(await files.find((file) => file.path === path)!.bytes());
    for (const { path, bytes } of files) {
      if (!path.endsWith(".json")) continue;
      assert(!new TextDecoder().decode(await bytes()).includes('"u7"'), path);
    }
    const items: PageItems = JSON.parse(await read("items.json"));
    assertEquals(items.pictures?.slice(0, 4), ["png", "", "", ""]);
    assertEquals(items.ids[3], hostileId);
    const index: PageIndex = JSON.parse(await read("page.json"));
    assertEquals([index.users, index.runs.map(({ name }) => name)], [undefined, [
      "bands",
      "filter",
    ]]);
    assertEquals(index.runs[0].rows?.itemParts, ["low", "middle", "high"]);
    assertEquals(index.runs[1].rows, undefined);
    assert(Object.keys(index.runs[0].tables).includes("energy of users"));

    const withUsers = await pageFiles({ ...content, withUsers: true });
    const added = kinds(withUsers.map(({ path }) => path))
      .filter((kind) => !files.some(({ path }) => kinds([path])[0] === kind));
    const rows = ["runs/N/user-parts/N.bin", "runs/N/user-rows/N.bin"];
    assertEquals(added, ["histories/N.json", "runs/N/lists/N.bin", ...rows, "users.json"]);
    const served = await pageFiles({ ...content, withUsers: true, isServed: true });
    const more = served.filter(({ path }) => !withUsers.some((file) => file.path === path));
    assertEquals(kinds(more.map(({ path }) => path)), ["runs/N/reasons/N.json"]);
  }));
