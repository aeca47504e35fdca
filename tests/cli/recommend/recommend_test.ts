import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { writeIds } from "../../../data/id_file.ts";
import { writeItemMeta } from "../../../data/item_meta.ts";
import { ownRows, withOwnIds } from "../own_ids.ts";
import { type Outcome, runTask } from "../run_cli.ts";

const recommend = (args: string[], input?: string) => runTask(["recommend", ...args], {}, input);

function found({ code, stdout, stderr }: Outcome): string {
  assertEquals(code, 0, stderr);
  return stdout;
}

/** User and items of each line of NDJSON. */
function lists(text: string): [unknown, unknown[]][] {
  return text.trim().split("\n").map((line) => JSON.parse(line)).map((
    { user, items },
  ) => [user, items]);
}

Deno.test("recommend gives own ids for own ids from stdin, in the order that they were asked in", () =>
  withOwnIds(async (run) => {
    const args = ["--run", run, "--users", "-", "--top-k", "2"];
    const csv = found(await recommend(args, '🦊 fox\n"ann"\r\nbob, the 2nd\n'));
    assertEquals(parse(csv), [
      ["user", "item", "rank", "score"],
      ["🦊 fox", "B001", "1", "1"],
      ["🦊 fox", 'the "best"', "2", "1"],
      ["ann", "100%", "1", "0"],
      ["bob, the 2nd", "B001", "1", "1"],
      ["bob, the 2nd", "🎧 left", "2", "0"],
    ]);
  }));

Deno.test("recommend leaves out what users took in the splits that --exclude-seen names", () =>
  withOwnIds(async (run) => {
    const args = ["--run", run, "--format", "ndjson", "--top-k", "9"];
    const [B001, ab, best, left, percent] = ["B001", "a,b", 'the "best"', "🎧 left", "100%"];
    const cases: [string[], string[]][] = [
      [[], [percent]],
      [["--exclude-seen"], [percent]],
      [["--exclude-seen", "train"], [best, left, percent]],
      [["--exclude-seen", "train+valid"], [left, percent]],
      [["--exclude-seen", "all"], [percent]],
      [["--no-exclude-seen"], [ab, B001, best, left, percent]],
    ];
    for (const [seen, items] of cases) {
      const [ann] = lists(found(await recommend([...args, ...seen])));
      assertEquals(ann, ["ann", items], seen.join(" "));
    }
  }));

Deno.test("recommend gives held-out items to a user who has every item, unless it is told what to leave out", () => {
  // Bob has them all.
  const rows = [...ownRows, [1, 0, 1], [1, 3, 0]];
  return withOwnIds(
    async (run) => {
      const args = ["--run", run, "--format", "ndjson", "--top-k", "9"];
      const { stdout, stderr } = await recommend(args);
      assertEquals(lists(stdout), [
        ["ann", ["100%"]],
        ["bob, the 2nd", ["B001", "100%"]],
        ["🦊 fox", ["B001", 'the "best"', "🎧 left", "100%"]],
      ]);
      assertStringIncludes(stderr, "1 user has every item of the dataset: recommending");
      const told = await recommend([...args, "--exclude-seen", "all"]);
      assertEquals(lists(told.stdout)[1], ["bob, the 2nd", []]);
    },
    "popularity",
    rows,
  );
});

Deno.test("recommend gives the items of --items alone, and skips those that it does not know", () =>
  withOwnIds(async (run, folder) => {
    const args = ["--run", run, "--format", "ndjson", "--items", "-"];
    assertEquals(lists(found(await recommend(args, "100%\na,b\n"))), [
      ["ann", ["100%"]],
      ["bob, the 2nd", []],
      ["🦊 fox", ["100%"]],
    ]);
    const unknown = await recommend(args, "100%\nB002\nB003\n");
    assertEquals(lists(found(unknown))[2], ["🦊 fox", ["100%"]]);
    assertStringIncludes(
      unknown.stderr,
      'Skipped 2 of 3 items in stdin that are not in the dataset, such as "B002" ' +
        "(--unknown error refuses them)\n",
    );
    const refused = await recommend([...args, "--unknown", "error"], "100%\nB002\n");
    assertEquals([refused.code, refused.stdout], [3, ""]);
    assertStringIncludes(refused.stderr, 'Cannot use "stdin": line 2 is "B002", expected an id of');
    const none = await recommend(args, "B002\n");
    assertEquals([none.code, none.stdout], [3, ""]);
    assertStringIncludes(
      none.stderr,
      'Cannot use "stdin": the dataset has none of its 1 item, such as "B002"',
    );
    const stock = `${folder}/stock.csv`;
    await Deno.writeTextFile(stock, "item,stock\nB001,4\n🎧 left,0\n100%,\nB009,3\n");
    const table = await recommend([...args.slice(0, -1), stock, "--filter", "stock > 0"]);
    assertEquals(lists(found(table)).map(([, items]) => items), [[], ["B001"], ["B001"]]);
    assertStringIncludes(table.stderr, `2 of 4 rows of ${stock} pass stock > 0\n`);
  }));

Deno.test("recommend --user names users, and a value of --users that is no file says so", () =>
  withOwnIds(async (run) => {
    const args = ["--run", run, "--format", "ndjson", "-k", "1"];
    const two = found(await recommend([...args, "--user", "🦊 fox", "--user", "bob, the 2nd"]));
    assertEquals(lists(two), [["🦊 fox", ["B001"]], ["bob, the 2nd", ["B001"]]]);
    const noFile = await recommend([...args, "--users", "ann"]);
    assertEquals([noFile.code, noFile.stdout], [3, ""]);
    assertStringIncludes(noFile.stderr, 'ann": no such file\n  next: ');
    assertStringIncludes(noFile.stderr, "for a single id use --user ann\n");
    const unknown = await recommend([...args, "--user", "ann", "--user", "zoë"]);
    assertEquals(unknown.code, 3);
    assertStringIncludes(unknown.stderr, 'Cannot use "--user": user 2 is "zoë", expected an id of');
  }));

Deno.test("recommend names items and gives reasons, as text and as JSON", () =>
  withOwnIds(async (run, folder) => {
    await writeItemMeta(`${folder}/shop/items_meta.csv`, ["sku", "title", "price"], [
      ["B001", "Red hat", "12.50"],
      ["a,b", "Blue\u001b[31m scarf", "8"],
      ['the "best"', "帽子", ""],
    ]);
    const args = ["--run", run, "--exclude-seen", "train", "--user", "ann", "-k", "3"];
    assertEquals(
      found(await recommend([...args, "--format", "text"])),
      "For ann, who has 4 items:\n\n" +
        "    item        name  because of\n" +
        ' 1  the "best"  帽子  Blue [31m scarf\n' +
        " 2  🎧 left\n" +
        " 3  100%\n\n",
    );
    const { users: [ann], ...rest } = JSON.parse(found(await recommend([...args, "--json"])));
    assertEquals(rest, {
      ...{ run, model: "itemknn", dataset: "shop" },
      exclude_seen: ["train"],
    });
    assertEquals([ann.user, ann.owned, ann.basis], ["ann", 4, "model"]);
    const { score, ...best } = ann.items[0];
    assert(score > 0, score);
    assertEquals(best, {
      ...{ rank: 1, item: 'the "best"', name: "帽子" },
      meta: { title: "帽子", price: "" },
      because: [{ item: "a,b", name: "Blue\u001b[31m scarf" }],
    });
    assertEquals(ann.items[1], { rank: 2, item: "🎧 left", score: 0, because: [] });
    const history = ["--run", run, "--history", "B001", "-k", "1"];
    assertEquals(
      found(await recommend([...history, "--format", "text"])),
      "For someone who has Red hat:\n\n" +
        "    item  name             price  because of\n" +
        " 1  a,b   Blue [31m scarf      8  Red hat\n\n",
    );
    const given = ["--run", run, "--users", "-", "--unknown", "popular", "-k", "1", "--json"];
    const { users } = JSON.parse(found(await recommend(given, "zoë\n🦊 fox\n")));
    assertEquals(
      users.map(({ user, owned, basis }: Record<string, unknown>) => [user, owned, basis]),
      [["zoë", 0, "unknown"], ["🦊 fox", 1, "popular"]],
    );
    const cheap = ["--run", run, "--user", "🦊 fox", "--filter", "price < 20 && price > 9"];
    assertEquals(
      found(await recommend([...cheap, "--format", "csv"])),
      "user,item,rank,score\n🦊 fox,B001,1,1\n",
    );
  }, "itemknn"));

Deno.test("recommend --filter needs a table", () =>
  withOwnIds(async (run) => {
    const { code, stderr } = await recommend(["--run", run, "--filter", "stock > 0"]);
    assertEquals(code, 2);
    assertStringIncludes(stderr, "the dataset has no items_meta.csv");
  }));

Deno.test("recommend refuses, skips or gives popular items to users that it does not know", () =>
  withOwnIds(async (run, folder) => {
    const args = ["--run", run, "--users", "-", "--format", "ndjson", "--top-k", "2"];
    const input = "ann\n\nzoë\n🦊 fox\n";
    const refused = await recommend(args, input);
    assertEquals([refused.code, refused.stdout], [3, ""]);
    assertEquals(
      refused.stderr,
      `error: Cannot use "stdin": line 3 is "zoë", expected an id of "${folder}/shop/users.csv"\n` +
        "  next: Correct it, or say what to do with unknown ids: --unknown skip or --unknown " +
        "popular\n",
    );
    const ann = ["ann", ["100%"]];
    const fox = ["🦊 fox", ["B001", 'the "best"']];
    const skipped = await recommend([...args, "--unknown", "skip"], input);
    assertEquals(lists(found(skipped)), [ann, fox]);
    assertEquals(
      skipped.stderr,
      '1 unknown id in "stdin", left out: "zoë"\n' +
        '1 user without a train row ("🦊 fox"): popular items are recommended\n',
    );
    const popular = await recommend([...args, "--unknown", "popular"], input);
    assertEquals(lists(found(popular)), [ann, ["zoë", ["a,b", "B001"]], fox]);
    assertStringIncludes(popular.stderr, "given popular items");
    const all = await recommend([...args, "--unknown", "skip", "--format", "csv"], "zoë\n");
    assertEquals(found(all), "user,item,rank,score\n");
  }));

Deno.test("recommend --history gives the items near to those of a list", () =>
  withOwnIds(async (run) => {
    const args = ["--run", run, "--format", "ndjson"];
    const near = found(await recommend([...args, "--history", 'B001,"a,b"']));
    assertEquals(lists(near), [["history", ['the "best"', "🎧 left", "100%"]]]);
    const again = found(await recommend([...args, "--history", "B001", "--no-exclude-seen"]));
    // Item a,b was taken with B001, and nothing else was.
    assertEquals(lists(again)[0][1], ["a,b", "B001", 'the "best"', "🎧 left", "100%"]);
    const unknown = await recommend([...args, "--history", "B001,B002"]);
    assertEquals(unknown.code, 3);
    assertStringIncludes(unknown.stderr, 'Cannot use "--history": item 2 is "B002", expected');
    const skip = await recommend([...args, "--history", "B002", "--unknown", "skip"]);
    assertEquals(skip.code, 3);
    assertStringIncludes(skip.stderr, 'Cannot use "--history": the dataset has none of its 1 item');
    const popular = await recommend([...args, "--history", "B002", "--unknown", "popular"]);
    assertEquals(lists(found(popular))[0][1][0], "a,b");
  }, "itemknn"));

Deno.test("recommend writes words in TREC form, whose scores fall", () =>
  withOwnIds(async (run) => {
    const text = found(await recommend(["--run", run, "--format", "trec", "--no-exclude-seen"]));
    const fox = text.trim().split("\n").slice(-5).map((line) => line.split(" "));
    assertEquals(
      fox.map((words) => words.slice(0, 4)),
      ["a,b", "B001", 'the%20"best"', "🎧%20left", "100%25"].map((item, n) => [
        "🦊%20fox",
        "Q0",
        item,
        String(n + 1),
      ]),
    );
    const scores = fox.map((words) => Number(words[4]));
    scores.slice(1).forEach((score, n) => assertEquals(score < scores[n], true));
    assertEquals(scores.map((score) => Math.round(score)).map(Math.abs), [2, 1, 1, 0, 0]);
  }));

Deno.test("recommend says that id files are of another dataset", () =>
  withOwnIds(async (run, folder) => {
    await writeIds(`${folder}/shop/items.csv`, "itemID", ["a"]);
    const { code, stderr } = await recommend(["--run", run]);
    assertEquals(code, 3);
    assertStringIncludes(stderr, 'items.csv": found 1 ids, expected 5 as in the .inter file');
  }));

Deno.test("recommend writes the form that the ending of --out names, unless another is asked for", () =>
  withOwnIds(async (run, folder) => {
    const written = async (name: string, ...args: string[]) => {
      const out = `${folder}/${name}`;
      const { code, stderr } = await recommend(["--run", run, "-k", "1", "--out", out, ...args]);
      assertEquals(code, 0, stderr);
      return await Deno.readTextFile(out);
    };
    const csv = await written("lists.csv");
    assertEquals(csv.split("\n")[0], "user,item,rank,score");
    assertEquals([await written("lists"), await written("a.ndjson", "--format", "csv")], [
      csv,
      csv,
    ]);
    assertEquals(lists(await written("lists.ndjson")).length, 3);
    assertEquals(await written("lists.JSON"), await written("json", "--json"));
    const refused = await recommend(["--run", run, "--out", `${folder}/lists.parquet`]);
    assertEquals(refused.code, 2);
    assertStringIncludes(refused.stderr, 'lists.parquet": expected .csv, .ndjson or .json');
  }));
