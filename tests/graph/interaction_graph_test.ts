import { assertEquals } from "@std/assert";
import { transpose } from "../../algebra/csr.ts";
import {
  bipartiteAdjacency,
  interactionMatrix,
  normalisedInteractions,
} from "../../graph/interaction_graph.ts";

/** Users 0 and 2 of three, items 0 to 2 of four; user 1 and item 3 have no edge. */
const pairs = {
  users: new Uint32Array([2, 0, 0, 2, 0]),
  items: new Uint32Array([1, 2, 0, 0, 1]),
};

Deno.test("interactionMatrix() sorts users and their items, and keeps users without rows", () => {
  assertEquals(interactionMatrix(pairs, 3, 4), {
    rows: 3,
    columns: 4,
    rowStart: new Uint32Array([0, 3, 3, 5]),
    column: new Uint32Array([0, 1, 2, 0, 1]),
    value: new Float32Array(5).fill(1),
  });
});

Deno.test("normalisedInteractions() divides by the root of both degrees plus epsilon", () => {
  const matrix = interactionMatrix(pairs, 3, 4);
  const expected = (epsilon: number) =>
    Float32Array.from(
      [[3, 2], [3, 2], [3, 1], [2, 2], [2, 2]],
      ([user, item]) => 1 / Math.sqrt((user + epsilon) * (item + epsilon)),
    );
  assertEquals(normalisedInteractions(matrix, 0).value, expected(0));
  assertEquals(normalisedInteractions(matrix, 0.5).value, expected(0.5));
  assertEquals(normalisedInteractions(matrix, 0.5).column, matrix.column);
});

Deno.test("bipartiteAdjacency() is symmetric, users first", () => {
  const block = normalisedInteractions(interactionMatrix(pairs, 3, 4), 1e-7);
  const adjacency = bipartiteAdjacency(block);
  assertEquals([adjacency.rows, adjacency.columns], [7, 7]);
  assertEquals(adjacency.rowStart, new Uint32Array([0, 3, 3, 5, 7, 9, 10, 10]));
  assertEquals(adjacency.column, new Uint32Array([3, 4, 5, 3, 4, 0, 2, 0, 2, 0]));
  assertEquals(adjacency.value.subarray(0, 5), block.value);
  assertEquals(transpose(adjacency), adjacency);
});

Deno.test("bipartiteAdjacency() takes a graph without edges", () => {
  const none = { users: new Uint32Array(), items: new Uint32Array() };
  assertEquals(
    bipartiteAdjacency(interactionMatrix(none, 2, 1)).rowStart,
    new Uint32Array(4),
  );
});
