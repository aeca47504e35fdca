import { assertEquals } from "@std/assert";
import { connectedParts } from "../../graph/connected_parts.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";

Deno.test("connectedParts() takes interactions apart, the largest part first, without what has none", () => {
  // User 1 and item 3 have nothing.
  const pairs = {
    users: Uint32Array.of(0, 2, 2, 3, 4, 4),
    items: Uint32Array.of(5, 0, 4, 4, 1, 2),
  };
  const parts = connectedParts(interactionMatrix(pairs, 5, 6));
  assertEquals(parts.map(({ items }) => [...items]), [[0, 4], [1, 2], [5]]);
  const [{ interactions }] = parts;
  assertEquals([interactions.rows, interactions.columns], [2, 2]);
  assertEquals([...interactions.rowStart], [0, 2, 3]);
  assertEquals([...interactions.column], [0, 1, 1]);
});

Deno.test("connectedParts() leaves connected interactions as they are", () => {
  const pairs = { users: Uint32Array.of(0, 0, 1), items: Uint32Array.of(0, 1, 1) };
  const interactions = interactionMatrix(pairs, 2, 2);
  assertEquals(connectedParts(interactions)[0].interactions, interactions);
});
