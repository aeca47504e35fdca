import { assert, assertEquals } from "@std/assert";
import { listText } from "../../../cli/recommend/list_text.ts";
import type { ReadableItem, ReadableList } from "../../../cli/recommend/readable_list.ts";
import { widest } from "../../../cli/common/text_width.ts";

function item(id: string, more: Partial<ReadableItem> = {}): ReadableItem {
  return { item: id, score: 1 / 3, fields: {}, because: [], ...more };
}

const list = (items: readonly ReadableItem[], more: Partial<ReadableList> = {}): ReadableList => ({
  ...{ user: "ann", owned: 1, basis: "model", items },
  ...more,
});

Deno.test("listText() gives scores and ids where names are not known", () => {
  const because = [{ item: "B7" }, { item: "B8", name: "Cap" }];
  assertEquals(
    listText(list([item("B1", { because }), item("B22")]), 80),
    "For ann, who has 1 item:\n\n" +
      "    item   score  because of\n" +
      " 1  B1    0.3333  B7; Cap\n" +
      " 2  B22   0.3333\n\n",
  );
});

Deno.test("listText() fits the terminal: reasons are cut, and leave before names do", () => {
  const because = [{ item: "1", name: "A very warm scarf of blue wool" }];
  const fields = { Price: "12.50" };
  const long = item("B1", { name: "A red hat for cold days at sea", fields, because });
  assertEquals(
    listText(list([long]), 66),
    "For ann, who has 1 item:\n\n" +
      "    item  name                        price  because of\n" +
      " 1  B1    A red hat for cold days a…  12.50  A very warm scarf of…\n\n",
  );
  assertEquals(
    listText(list([long]), 38),
    "For ann, who has 1 item:\n\n" +
      "    item  name                   price\n" +
      " 1  B1    A red hat for cold d…  12.50\n\n",
  );
  for (let width = 30; width < 130; width++) {
    const lines = listText(
      list([long, item("帽子".repeat(20), { name: "標題".repeat(30) })]),
      width,
    );
    assert(widest(lines.split("\n")) <= Math.max(width, 53), `${width}\n${lines}`);
  }
});

Deno.test("listText() says whom a list is for, and what it comes from", () => {
  const heading = (more: Partial<ReadableList>) => listText(list([], more), 80).split("\n")[0];
  assertEquals(heading({ owned: 1200 }), "For ann, who has 1,200 items:");
  assertEquals(heading({ basis: "unknown" }), "For ann, who is not in the data, popular items:");
  assertEquals(
    heading({ basis: "popular" }),
    "For ann, about whom the model knows nothing, popular items:",
  );
  const history = [{ item: 3 }, { item: 4, name: "Cap" }];
  assertEquals(heading({ history }), "For someone who has 3; Cap:");
  assertEquals(
    heading({ history: [], basis: "popular" }),
    "For someone whose items are all unknown, popular items:",
  );
  assertEquals(
    listText(list([], {}), 80),
    "For ann, who has 1 item:\n\n  (no items left to recommend)\n\n",
  );
});
