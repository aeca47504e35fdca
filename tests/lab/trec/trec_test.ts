import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { ownIdentifiers } from "../../../data/identifiers.ts";
import { DataError } from "../../../errors.ts";
import { userRankMetrics } from "../../../evaluation/metrics.ts";
import { notListed } from "../../../lab/measures/user_measures.ts";
import { readJudgements } from "../../../lab/trec/judgements.ts";
import { readTrecLists } from "../../../lab/trec/trec_lists.ts";
import { trecMeasures } from "../../../lab/trec/trec_measures.ts";
import { anyWords, wordsOfDataset } from "../../../lab/trec/vocabulary.ts";

const rows = (...pairs: [number, number][]) => ({
  users: Uint32Array.from(pairs, ([user]) => user),
  items: Uint32Array.from(pairs, ([, item]) => item),
});
const dataset = {
  ...{ name: "shop", users: 3, items: 5, modalities: [] },
  train: rows([0, 4], [1, 4]),
  valid: rows([0, 3]),
  test: rows([0, 0], [0, 1], [2, 2]),
  userIds: ownIdentifiers(["ann", "bob b", "cy"], "users.csv"),
  itemIds: ownIdentifiers(["v", "w", "x", "y", "z 1"], "items.csv"),
};
const words = wordsOfDataset(dataset);
const qrels = "ann 0 v 1\nann 0 w 2\n\ncy\t0\tx  1\nann 0 y 0\n";

async function withFile<Result>(text: string, use: (path: string) => Promise<Result>) {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, text);
    return await use(path);
  } finally {
    await Deno.remove(path);
  }
}

const lists = (text: string, masked = ["train" as const]) =>
  withFile(text, (path) => readTrecLists(path, words, masked));

Deno.test("readTrecLists() sorts by score, then by rank, whatever the order of lines", async () => {
  const found = await lists(
    "ann Q0 x 1 0.5 me\nann Q0 v 9 2e1 me\nbob%20b Q0 v 1 1 me\nann Q0 w 2 .5 me\nann Q0 y 0 .5 me\n" +
      "dan Q0 v 1 1 me\n",
  );
  assertEquals(found.lists.get(0), Uint32Array.of(0, 3, 2, 1));
  assertEquals([found.lists.get(1), found.depth, found.strangers], [Uint32Array.of(0), 4, 1]);
  assertEquals([0, 1, 2].map((user) => found.candidates(user)), [4, 4, 5]);
  // The list of ann, where the greatest score has the last rank; those of equal scores and ranks are none.
  assertEquals([found.contrary, (await lists("ann Q0 x 0 1 me\nann Q0 v 0 1 me\n")).contrary], [
    1,
    0,
  ]);
});

Deno.test("readTrecLists() refuses what is no list of the dataset and protocol", async () => {
  const refusals = {
    "ann Q0 x 1 0.5\n": 'line 1 has 5 words, expected 6 ("USER Q0 ITEM RANK SCORE TAG")',
    "ann Q0 x 1 0.5 me\nann Q0 q 2 0.4 me\n": 'line 2 has the item "q", which "shop" does not have',
    "ann Q0 x 1 high me\n": 'line 1 has the score "high", expected a finite number',
    "ann Q0 x 1 NaN me\n": 'has the score "NaN"',
    "ann Q0 x 1 0x10 me\n": 'has the score "0x10"',
    "ann Q0 x 1 1 me\nann Q0 x 2 0 me\n": 'line 2 lists the item "x" of the user "ann" again',
    "bob%20b Q0 z%201 1 1 me\n": 'to the user "bob%20b", who has it in train: the protocol masks',
  };
  for (const [text, message] of Object.entries(refusals)) {
    await assertRejects(() => lists(text), DataError, message);
  }
  const valid = "ann Q0 y 1 1 me\n";
  assertEquals((await lists(valid)).depth, 1);
  const masked = withFile(valid, (path) => readTrecLists(path, words, ["train", "valid"]));
  await assertRejects(() => masked, DataError, "who has it in valid");
});

Deno.test("readJudgements() takes the qrels of the split, and refuses all others", async () => {
  const judged = (text: string, of = words) =>
    withFile(text, (path) => readJudgements(path, of, "test"));
  assertEquals(await judged(qrels), rows([0, 0], [0, 1], [2, 2]));
  const refusals = {
    [`${qrels}bob%20b 0 v 1\n`]: 'line 6 has the item "v" of the user "bob%20b", which is not in',
    "ann 0 v 1\n": 'they lack 2 of the 3 held-out items of the test split of "shop"',
    [`${qrels}ann 0 v 1\n`]: "line 6 repeats an earlier one",
    // Which of two judgements holds is not known.
    [`${qrels}ann 0 v 0\n`]: "line 6 repeats an earlier one",
    "ann 0 v yes\n": 'line 1 has the relevance "yes", expected an integer',
    "ann v 1\n": "line 1 has 3 words, expected 4",
    "ann,v,1\n": "line 1 has 1 word, expected 4",
  };
  for (const [text, message] of Object.entries(refusals)) {
    await assertRejects(() => judged(text), DataError, message);
  }
  await assertRejects(() => judged("a 0 b 0\n", anyWords()), DataError, "they name no item");
  assertEquals(await judged("a 0 b 1\na 0 c 1\n", anyWords()), rows([0, 0], [0, 1]));
});

Deno.test("readJudgements() says that degrees of relevance make no difference", async () => {
  const notes: string[] = [];
  const judged = (text: string) =>
    withFile(text, async (path) => {
      notes.length = 0;
      const found = await readJudgements(path, anyWords(), "test", (note) => notes.push(note));
      return [...found.items];
    });
  assertEquals(await judged("a 0 v 3\na 0 w 1\na 0 x 0\na 0 y -1\n"), [0, 1]);
  assertEquals(notes.length, 1);
  assertStringIncludes(
    notes[0],
    "has degrees of relevance from 1 to 3: each of these items counts the same, in NDCG too",
  );
  for (const text of ["a 0 v 1\na 0 w 0\n", "a 0 v 2\nb 0 w 2\n"]) {
    await judged(text);
    assertEquals(notes, []);
  }
});

Deno.test("trecMeasures() gives ranks in lists, and nothing to users without one", async () => {
  const found = await lists("ann Q0 y 1 9 me\nann Q0 w 2 8 me\ndan Q0 v 1 1 me\n");
  const subject = { ...{ path: "peer.run", found, heldOut: dataset.test }, vocabulary: words };
  const notes: string[] = [];
  const { ranked, lists: values } = trecMeasures(
    { ...subject, cutoff: 2 },
    (text) => notes.push(text),
  );
  assertEquals([[...ranked.users], [...ranked.ranks]], [[0, 2], [notListed, 1, notListed]]);
  assertEquals(notes, [
    '"peer.run" has no list of 1 user: they count as having found nothing',
    '"peer.run" has lists of 1 user whom "shop" lacks',
  ]);
  notes.length = 0;
  const short = await lists("ann Q0 y 1 7 me\nann Q0 w 2 8 me\ncy Q0 v 1 1 me\n");
  trecMeasures({ ...subject, found: short, cutoff: 2 }, (text) => notes.push(text));
  assertEquals(notes, [
    '"peer.run" has lists of fewer than 2 items for 1 user: what they leave out counts as not found',
    '"peer.run" has 1 list whose ranks go against the scores: the greater score comes first, as in trec_eval',
  ]);
  // No list is as long as the first cutoff of the protocol.
  assertEquals(values, {});
  const measure = userRankMetrics([2]);
  assertEquals(measure(ranked.ranks.subarray(0, 2))[0], 1 / 2);
  assertThrows(
    () => trecMeasures({ ...subject, cutoff: 5 }, () => {}),
    DataError,
    "for metrics at 5: its longest list has 2 items",
  );
  const others = { ...found, lists: new Map([[1, Uint32Array.of(0)]]) };
  assertThrows(
    () => trecMeasures({ ...subject, found: others, cutoff: 1 }, () => {}),
    DataError,
    "it has no list of any of the 2 users",
  );
});

Deno.test("trecMeasures() refuses lists whose items are called otherwise than those of the qrels", async () => {
  const vocabulary = anyWords();
  const heldOut = await withFile("a 0 v 1\n", (path) => readJudgements(path, vocabulary, "test"));
  const measured = (text: string) =>
    withFile(text, async (path) => {
      const found = await readTrecLists(path, vocabulary, []);
      return trecMeasures({ path: "peer.run", found, heldOut, vocabulary, cutoff: 1 }, () => {});
    });
  await assertRejects(
    () => measured("a Q0 item-v 1 1 me\n"),
    DataError,
    'Cannot use the TREC run "peer.run": none of its items is in the qrels',
  );
  // Who finds nothing for one user, and has the item for another, has the same ids.
  assertEquals([...(await measured("a Q0 w 1 1 me\nb Q0 v 1 1 me\n")).ranked.ranks], [notListed]);
});
