import { assertEquals, assertThrows } from "@std/assert";
import { recommendationHeader, recommendationLines } from "../../cli/recommendation_format.ts";
import { parseUserList } from "../../cli/user_list.ts";
import { DataError } from "../../errors.ts";

const best = { user: 3, items: Uint32Array.of(14, 2), scores: Float32Array.of(1.5, -0.25) };

Deno.test("recommendationLines() writes each form", () => {
  assertEquals(recommendationHeader("csv"), "user,item,rank,score\n");
  assertEquals(recommendationLines("csv", best), "3,14,1,1.5\n3,2,2,-0.25\n");
  assertEquals(recommendationHeader("ndjson"), "");
  assertEquals(JSON.parse(recommendationLines("ndjson", best)), {
    user: 3,
    items: [14, 2],
    scores: [1.5, -0.25],
  });
  assertEquals(recommendationHeader("trec"), "");
  assertEquals(
    recommendationLines("trec", best),
    "3 Q0 14 1 1.5 bandpass\n3 Q0 2 2 -0.25 bandpass\n",
  );
});

Deno.test("parseUserList() reads a user a line, in their order and each once", () => {
  assertEquals([...parseUserList("7\r\n\n 0 \n7\n4", "users.txt", 8)], [7, 0, 4]);
});

Deno.test("parseUserList() names the line that is no user of the dataset", () => {
  for (const word of ["8", "-1", "1.0", "anna", "99999999999999999999"]) {
    assertThrows(
      () => parseUserList(`1\n${word}\n`, "users.txt", 8),
      DataError,
      `Cannot read "users.txt": line 2 is "${word}", expected a user from 0 to 7`,
    );
  }
  assertThrows(() => parseUserList("\n\n", "stdin", 8), DataError, '"stdin": it names no user');
});
