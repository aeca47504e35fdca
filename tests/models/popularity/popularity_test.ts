import { assertEquals } from "@std/assert";
import { popularity } from "../../../models/popularity/popularity.ts";
import { blockScores, trainOnly } from "../block_scores.ts";

const pairs = { users: Uint32Array.of(0, 0, 1, 2), items: Uint32Array.of(3, 1, 3, 3) };

Deno.test("popularity scores items by their train interactions, alike for all users", async () => {
  const scores = await blockScores(popularity, trainOnly(pairs, 4, 5), {}, { users: [2, 3] });
  assertEquals(scores, [[0, 1, 0, 3, 0], [0, 1, 0, 3, 0]]);
});

Deno.test("popularity scores a history as it does any user", async () => {
  const scores = await blockScores(popularity, trainOnly(pairs, 4, 5), {}, { history: [1] });
  assertEquals(scores, [[0, 1, 0, 3, 0]]);
});
