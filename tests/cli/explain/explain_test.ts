import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { writeItemMeta } from "../../../data/item_meta.ts";
import { itemIds, withOwnIds } from "../own_ids.ts";
import { type Outcome, runTask } from "../run_cli.ts";

const explain = (...args: string[]) => runTask(["explain", ...args]);

function found({ code, stdout, stderr }: Outcome): string {
  assertEquals(code, 0, stderr);
  return stdout;
}

// By itemknn with a shrinkage of 50: the fox has no train row, ann took B001 and "a,b", which bob took
// with the best.
const similarity = 1 / (Math.sqrt(2 * 1) + 50);

Deno.test("explain says in words and numbers why a user gets an item", () =>
  withOwnIds(async (run, folder) => {
    const rows = [["B001", "Red hat"], ["a,b", "Blue\x1b[2J scarf"], [
      itemIds[2],
      "Best <b>tie</b>",
    ]];
    await writeItemMeta(`${folder}/shop/items_meta.csv`, ["id", "title"], rows);
    const args = ["--run", run, "--user", "ann", "--item", itemIds[2]];
    const text = found(await explain(...args));
    assertEquals(
      text.split("\n").slice(0, 5),
      [
        "For ann:",
        "",
        `Best <b>tie</b> (${itemIds[2]})  score 0.01945, taken by 1 user`,
        "  Of what ann took, Blue\\u001b[2J scarf (a,b) (100 %) speaks for it most.",
        "",
      ],
    );
    assertStringIncludes(text, "By what ann took (exact: the score is this sum)\n");
    assertStringIncludes(text, "a,b  Blue\\u001b[2J scarf  +0.0194  ████████████████\n");
    assertStringIncludes(text, "B001  Red hat");

    const json = JSON.parse(found(await explain(...args, "--json")));
    assertEquals([json.run.endsWith("/run"), json.model, json.dataset], [true, "itemknn", "shop"]);
    const [{ own, score, sentences, ...why }] = json.explanations;
    assertEquals(why, {
      ...{ user: "ann", item: itemIds[2], basis: "model", taken: 1, breakdowns: [] },
      name: "Best <b>tie</b>",
    });
    assertAlmostEquals(score, similarity, 1e-6);
    assertEquals([own.isExact, own.rule, own.base], [true, "history", 0]);
    assertEquals(own.parts.map(({ item }: { item: string }) => item), ["a,b", "B001"]);
    assertEquals(sentences.length, 1);
  }, "itemknn"));

Deno.test("explain takes the items that recommend gives, where none is named", () =>
  withOwnIds(async (run) => {
    const items = async (...args: string[]) => {
      const json = JSON.parse(found(await explain("--run", run, "--json", ...args)));
      return json.explanations.map(({ item }: { item: string }) => item);
    };
    assertEquals(await items("--user", "bob, the 2nd"), ["B001", "🎧 left"]);
    assertEquals(await items("--user", "bob, the 2nd", "-k", "1"), ["B001"]);
    assertEquals(await items("--history", '"a,b"', "-k", "2"), ["B001", itemIds[2]]);
  }, "itemknn"));

Deno.test("explain says which of the items that are named somebody has already", () =>
  withOwnIds(async (run) => {
    const notes = async (...args: string[]) => (await explain("--run", run, ...args)).stderr;
    const named = ["--item", "B001", "--item", itemIds[2], "--item", "100%"];
    assertEquals(
      await notes("--user", "ann", ...named),
      "B001 is theirs already (train split), so recommend leaves it out\n" +
        `${itemIds[2]} is theirs already (valid split), so recommend leaves it out\n`,
    );
    assertEquals(
      await notes("--history", "B001", ...named),
      "B001 is theirs already (history), so recommend leaves it out\n",
    );
    assertEquals(await notes("--user", "ann", "-k", "1"), "");
  }, "itemknn"));

Deno.test("explain says so where a model knows nothing of a user", () =>
  withOwnIds(async (run) => {
    const text = found(await explain("--run", run, "--user", "🦊 fox", "-k", "1"));
    assertStringIncludes(text, "The model knows nothing of 🦊 fox");
    assert(!text.includes("By what"));
  }, "itemknn"));

Deno.test("explain --similar lists items, and --plot writes a picture", () =>
  withOwnIds(async (run, folder) => {
    const plot = `${folder}/why.svg`;
    const { stdout, stderr } = await explain("--run", run, "--similar", "B001", "--plot", plot);
    assertStringIncludes(stdout, "Similar to B001, by the scores of somebody who took it alone:");
    assertStringIncludes(stderr, "Wrote ");
    assert((await Deno.readTextFile(plot)).startsWith("<svg "));
    const json = JSON.parse(found(await explain("--run", run, "--similar", "B001", "--json")));
    assertEquals([json.item, json.measure, json.items[0].item], ["B001", "history", "a,b"]);
  }, "itemknn"));

Deno.test("explain says what is wrong with ids and options", () =>
  withOwnIds(async (run) => {
    const cases: [string[], number, string][] = [
      [[], 2, "Cannot explain without a user"],
      [["--user", "anm"], 3, 'next: Did you mean "ann"?'],
      [["--user", "ann", "--item", "B002"], 3, 'Cannot use --item "B002": expected an id of'],
      [["--similar", "100%"], 3, "has no train row"],
      [["--user", "ann", "--history", "B001"], 2, "Cannot use --user with --history"],
      [["--user", "ann", "--item", "B001", "-k", "2"], 2, "Cannot use --top-k with --item"],
      [["--similar", "B001", "--item", "B001"], 2, "Cannot use --item with --similar"],
      [["--user", "ann", "-k", "0"], 2, 'Cannot use --top-k "0"'],
    ];
    for (const [args, code, said] of cases) {
      const outcome = await explain("--run", run, ...args);
      assertEquals([outcome.code, outcome.stdout], [code, ""], outcome.stderr);
      // Lines are cut at the width of a terminal.
      assertStringIncludes(outcome.stderr.replaceAll(/\s+/g, " "), said);
    }
    const unknown = await explain("--run", `${run}x`, "--user", "ann");
    assertEquals(unknown.code, 3, unknown.stderr);
    assertStringIncludes(unknown.stderr, "Cannot open the run");
  }, "itemknn"));
