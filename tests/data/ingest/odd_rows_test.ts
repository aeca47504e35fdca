import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { farTimes } from "../../../data/ingest/far_times.ts";
import { readInteractionLog } from "../../../data/ingest/interaction_log.ts";
import { isNullWord } from "../../../data/ingest/null_words.ts";
import { TableFiles } from "../../../data/table/table_files.ts";
import { DataError, inWords, UsageError, type Wording } from "../../../errors.ts";

const words: Wording = {
  setting: (name, value = "") => `${name} ${value}`.trim(),
  command: (name) => name,
};

/** The ids of a table's users, one a row that is kept, and what is said of it. */
async function read(table: string, minRating?: number) {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, table);
    const options = { columns: {}, needsTime: false, skipIncomplete: false, minRating };
    const log = await readInteractionLog(new TableFiles(path), options, () => {});
    return {
      users: Array.from(log.users, (user) => log.userIds.id(user)),
      items: log.itemIds.size,
      said: log.remarks.map((remark) => inWords(remark, words)).join("\n"),
    };
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("readInteractionLog() leaves out names of columns that are spelt differently", async () => {
  for (const header of ["User_ID,Item", "userId, item ", "USER ID,ITEM", '"user_id:token",item']) {
    const { users, items, said } = await read(`user_id,item\nu1,a\n${header}\nu2,user\n`);
    assertEquals([users, items], [["u1", "u2"], 2], header);
    assertStringIncludes(said, "1 row repeating the column names in another spelling");
    assertStringIncludes(said, "line 3");
  }
  const typed = "user_id:token,item_id:token\nu1,a\nuser_id,item_id\nu2,a\n";
  assertEquals((await read(typed)).users, ["u1", "u2"]);
  // The columns that are read are in their place, and others are of no concern.
  assertEquals((await read("user,item,n\nu1,a,1\nuser,item,time\nu2,a,1\n")).users, ["u1", "u2"]);
});

Deno.test("readInteractionLog() refuses a table whose columns continue in a different order", async () => {
  for (const header of ["Item,User", "item,user", "user,rating"]) {
    await assertRejects(
      () => read(`user,item,rating\nu1,a,1\n${header},n\na,u1,2\n`),
      DataError,
      "line 3 has",
    );
  }
  // A user called as a column is, and a JSON object, are no header.
  assertEquals((await read("user,item\nitem,a\nuser,b\n")).users, ["item", "user"]);
  assertEquals((await read('{"user":"user","item":"item"}\n')).users, ["user"]);
});

Deno.test("readInteractionLog() says where ids look the same and are written in two forms of Unicode", async () => {
  const [composed, apart] = ["caf\u00e9", "cafe\u0301"];
  const { items, said } = await read(`user,item\nu1,${composed}\nu2,${apart}\nu3,${apart}\n`);
  assertEquals(items, 2);
  assertStringIncludes(
    said,
    `1 item with accents that are characters of their own, such as "${apart}"`,
  );
  assertStringIncludes(
    said,
    "in 2 rows: kept as they are, so not the same item as the one that looks",
  );
  // Either form alone is as good as the other.
  for (const only of [composed, apart, "\u65e5\u672c"]) {
    assertEquals((await read(`user,item\nu1,${only}\nu2,cafe\n`)).said, "");
  }
});

Deno.test("readInteractionLog() refuses one column for both users and items", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, "user,item\nu,i\n");
  const options = { columns: { user: "item" }, needsTime: false, skipIncomplete: false };
  const read = () => readInteractionLog(new TableFiles(path), options, () => {});
  await assertRejects(read, UsageError, "they are one column");
  await Deno.remove(path);
});

Deno.test("readInteractionLog() refuses a list of JSON as an id", async () => {
  const error = () => read('{"user":"u","item":["a","b"]}\n');
  const { nextStep } = await assertRejects(error, DataError, 'line 1 has "item" with a list');
  assertStringIncludes(inWords(nextStep!, words), `jq -c '."item" = ."item"[]' FILE > FILE.ndjson`);
});

Deno.test("readInteractionLog() refuses an object and an infinite number of JSON as an id", async () => {
  const object = () => read('{"user":{"id":3},"item":"a"}\n');
  const { nextStep } = await assertRejects(object, DataError, 'line 1 has "user" with an object');
  assertStringIncludes(inWords(nextStep!, words), `jq -c '."user" |= .KEY' FILE`);
  // JSON.parse() makes Infinity of it.
  const infinite = () => read('{"user":"u","item":1e400}\n');
  await assertRejects(infinite, DataError, 'line 1 has "item" with a number too large for JSON');
});

Deno.test("readInteractionLog() says what is no liking, however it is written", async () => {
  for (
    const [name, no, found] of [
      ["rating", " -1", "below 0"],
      ["rating", "−1", "below 0"],
      ["rating", '"-1,5"', "below 0"],
      ["rating", "0e0", "of 0"],
      ["rating", '"0,0"', "of 0"],
      ["liked", "false", "that say no"],
      ["action", "Dislike", "that say no"],
      ["thumb", "down", "that say no"],
    ]
  ) {
    const { said } = await read(`user,item,${name}\nu1,a,1\nu1,b,${no}\n`);
    assertStringIncludes(said, `has 1 row ${found}, such as `, no);
  }
  for (const yes of ["+1", "0.5", "true", "view", "1e-3", '"0,5"', "00012"]) {
    assertEquals((await read(`user,item,rating\nu1,a,${yes}\n`)).said, "", yes);
  }
  const comma = await assertRejects(() => read('user,item,rating\nu,a,"4,5"\n', 4), DataError);
  assertStringIncludes((comma as DataError).nextStep!, "12.99 and not 12,99");
});

Deno.test("isNullWord() knows words for nothing in any spelling, and no numbers and names", () => {
  for (const word of ["NULL", "nULL", " none ", "\\N", "<NA>", "N.A.", "(not set)", "-1"]) {
    assertEquals(isNullWord(word), true, word);
  }
  for (const id of ["0", "nullah", "annan", "Nancy", "N1", ""]) {
    assertEquals(isNullWord(id), false, id);
  }
});

Deno.test("readInteractionLog() says which ids may be none, whatever is around them", async () => {
  const { said } = await read("user,item\nnULL,a\n none,a\n[deleted],a\nu1,a\nnancy,a\nB0,a\n");
  for (const id of ["nULL", " none", "[deleted]"]) {
    assertStringIncludes(said, `The user "${id}" has 1 row of 6`);
    assertStringIncludes(said, `null ${id}`);
  }
  assertEquals(said.match(/is kept/g)!.length, 3);
  for (const id of ["a\u00a0", "\u200ba", "a\u2028\u200b"]) {
    assertStringIncludes((await read(`item,user\ni,${id}\n`)).said, "1 user with a space or an");
  }
  for (const id of ["a\u00a0b", "\u00a1", "ab\u200bc"]) {
    assertEquals((await read(`item,user\ni,${id}\n`)).said, "", id);
  }
});

Deno.test("farTimes() says which times stand for none, and where only their order counts", () => {
  const today = [1.6e9, 1.7e9, 1.5e9];
  assertEquals(farTimes(Float64Array.from([...today, Infinity]), true), []);
  const [zero] = farTimes(Float64Array.from([...today, 0]), false);
  assertStringIncludes(zero, "1 row with times before 1979 or after 2103, such as 1970-01-01");
  const [numbers] = farTimes(new Float64Array([20_170_101, 20_170_102]), true);
  assertStringIncludes(numbers, "2 rows with times outside of 1979 to 2103 in any unit");
  // Dates that are written as such mean it.
  assertEquals(farTimes(new Float64Array([-3e9, -2e9]), false), []);
  assertStringIncludes(farTimes(Float64Array.from([...today, 1e300]), true)[0], "1e+300 s");
});
