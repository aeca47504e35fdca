import { assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { writeIds } from "../../../data/id_file.ts";
import { withOwnIds } from "../own_ids.ts";
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
      ["🦊 fox", "a,b", "1", "2"],
      ["🦊 fox", "B001", "2", "1"],
      ["ann", 'the "best"', "1", "1"],
      ["ann", "🎧 left", "2", "0"],
      ["bob, the 2nd", "B001", "1", "1"],
      ["bob, the 2nd", "🎧 left", "2", "0"],
    ]);
  }));

Deno.test("recommend leaves out what users took in the splits that --exclude-seen names", () =>
  withOwnIds(async (run) => {
    const args = ["--run", run, "--format", "ndjson", "--top-k", "9"];
    const [B001, ab, best, left, percent] = ["B001", "a,b", 'the "best"', "🎧 left", "100%"];
    const cases: [string[], string[]][] = [
      [[], [best, left, percent]],
      [["--exclude-seen"], [best, left, percent]],
      [["--exclude-seen", "train+valid"], [left, percent]],
      [["--exclude-seen", "all"], [percent]],
      [["--no-exclude-seen"], [ab, B001, best, left, percent]],
    ];
    for (const [seen, items] of cases) {
      const [ann] = lists(found(await recommend([...args, ...seen])));
      assertEquals(ann, ["ann", items], seen.join(" "));
    }
  }));

Deno.test("recommend gives the items of --items alone", () =>
  withOwnIds(async (run) => {
    const args = ["--run", run, "--format", "ndjson", "--items", "-"];
    assertEquals(lists(found(await recommend(args, "100%\na,b\n"))), [
      ["ann", ["100%"]],
      ["bob, the 2nd", ["100%"]],
      ["🦊 fox", ["a,b", "100%"]],
    ]);
    const unknown = await recommend([...args, "--unknown", "skip"], "100%\nB002\nB003\n");
    assertEquals(lists(found(unknown))[2], ["🦊 fox", ["100%"]]);
    assertStringIncludes(
      unknown.stderr,
      '2 unknown ids in "stdin", left out: "B002", "B003"\n',
    );
    const none = await recommend([...args, "--unknown", "skip"], "B002\n");
    assertEquals([none.code, none.stdout], [3, ""]);
    assertStringIncludes(none.stderr, 'Cannot use "stdin": the dataset has none of its 1 items');
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
    const ann = ["ann", ['the "best"', "🎧 left"]];
    const fox = ["🦊 fox", ["a,b", "B001"]];
    const skipped = await recommend([...args, "--unknown", "skip"], input);
    assertEquals(lists(found(skipped)), [ann, fox]);
    assertEquals(
      skipped.stderr,
      '1 unknown id in "stdin", left out: "zoë"\n' +
        '1 user without a train row ("🦊 fox"): popular items are given\n',
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
