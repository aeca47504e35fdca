import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { chooseColumn, namedColumn, requireColumn } from "../../../data/ingest/column_choice.ts";
import { requireIdColumn } from "../../../data/ingest/id_column.ts";
import { DataError, UsageError } from "../../../errors.ts";

Deno.test("chooseColumn() guesses the names of well-known tables", () => {
  const guess = (header: string) =>
    (["user", "item", "rating", "time"] as const).map((role) =>
      chooseColumn(header.split(","), role, undefined, "a.csv")?.name
    );
  for (
    const [header, expected] of [
      ["userId,movieId,rating,timestamp", "userId,movieId,rating,timestamp"],
      ["reviewerID,asin,overall,unixReviewTime", "reviewerID,asin,overall,unixReviewTime"],
      ["user_id:token,item_id:token,rating:float,timestamp:float", undefined],
      ["timestamp,visitorid,event,itemid", "visitorid,itemid,,timestamp"],
      ["user_id,book_id,is_read", "user_id,book_id,,"],
      ["rating,user_id,parent_asin,asin,timestamp", "user_id,asin,rating,timestamp"],
      ["USER_İD,İtem,a,b", "USER_İD,İtem,,"],
      ["a,b", ",,,"],
    ]
  ) assertEquals(guess(header!).map((name) => name ?? "").join(), expected ?? header);
});

Deno.test("chooseColumn() takes the named column, and names the nearest for another", () => {
  const names = ["user_id", "client", "item_id:token"];
  assertEquals(chooseColumn(names, "user", "client", "a.csv"), {
    index: 1,
    name: "client",
    guessed: false,
  });
  assertEquals(chooseColumn(names, "item", "item_id", "a.csv")?.index, 2);
  const error = assertThrows(() => chooseColumn(names, "user", "clint", "a.csv"), UsageError);
  assertEquals((error as UsageError).nextStep, 'Did you mean "client"?');
});

Deno.test("requireColumn() says which names it found, and refuses a name that two columns have", () => {
  const missing = assertThrows(
    () => requireColumn(["A3X", "B001", "5.0"], "item", undefined, "a.csv"),
    DataError,
  ) as DataError;
  assertStringIncludes(missing.message, 'holds the item: line 1 names "A3X", "B001", "5.0"');
  assertStringIncludes(missing.nextStep!, "item=NAME");
  const twice = assertThrows(
    () => requireColumn(["item", "user", "item"], "item", undefined, "a.csv"),
    DataError,
  ) as DataError;
  assertStringIncludes(twice.message, 'two columns are named "item"');
});

Deno.test("namedColumn() and requireIdColumn() refuse a name that two columns have", () => {
  const names = ["sku", "title", "sku", "title"];
  const refusals = [
    () => namedColumn(names, "title", "text", "a.csv"),
    () => requireIdColumn(names, { itemColumn: "sku", option: "text", form: "F#C" }, "a.csv"),
    () => chooseColumn(names, "item", "sku", "a.csv"),
  ];
  for (const refused of refusals) assertThrows(refused, DataError, "two columns are named");
  // But for the type, or the case.
  const typed = ["sku", "title:token", "title:token_seq"];
  assertThrows(() => namedColumn(typed, "title", "text", "a.csv"), DataError, "may be meant");
  assertEquals(namedColumn(typed, "title:token", "text", "a.csv"), 1);
  const error = assertThrows(
    () => requireColumn(["user_id", "userId", "item"], "user", undefined, "a.csv"),
    DataError,
    'either of the columns "user_id" and "userId" may be meant',
  ) as DataError;
  assertStringIncludes(error.nextStep!, "Name one of them: user=NAME");
  // What nobody asks for may be there twice.
  assertEquals(namedColumn(["sku", "x", "title", "x"], "title", "text", "a.csv"), 2);
});
