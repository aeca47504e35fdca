import { assertEquals } from "@std/assert";
import { interactionMatrix } from "../../../graph/interaction_graph.ts";
import { popularity } from "../../../models/popularity/popularity.ts";

Deno.test("popularity() scores items by their train interactions, alike for all users", () => {
  const pairs = { users: Uint32Array.of(0, 0, 1, 2), items: Uint32Array.of(3, 1, 3, 3) };
  const scorer = popularity(interactionMatrix(pairs, 4, 5));
  assertEquals([scorer.users, scorer.items], [4, 5]);
  assertEquals([...scorer.scoreUsers(2, 4)], [0, 1, 0, 3, 0, 0, 1, 0, 3, 0]);
  assertEquals(scorer.scoreUsers(1, 1).length, 0);
});

Deno.test("popularity() scores a history as it does any user", () => {
  const pairs = { users: Uint32Array.of(0, 1), items: Uint32Array.of(1, 1) };
  const scores = popularity(interactionMatrix(pairs, 2, 3)).scoreHistory(Uint32Array.of(1));
  assertEquals([...scores], [0, 2, 0]);
});
