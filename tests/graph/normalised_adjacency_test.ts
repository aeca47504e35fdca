import { assertAlmostEquals, assertEquals } from "@std/assert";
import { normalisedAdjacency, symmetrised } from "../../graph/normalised_adjacency.ts";
import { graphOf } from "./graphs.ts";

Deno.test("normalisedAdjacency() divides by the roots of both degrees", () => {
  const { matrix, degrees } = normalisedAdjacency(graphOf(4, [[0, 1, 2], [1, 2, 6]]), "a test");
  assertEquals(Array.from(degrees), [2, 8, 6, 0]);
  const expected = [2 / Math.sqrt(16), 2 / Math.sqrt(16), 6 / Math.sqrt(48), 6 / Math.sqrt(48)];
  matrix.value.forEach((value, n) => assertAlmostEquals(value, expected[n], 1e-7));
});

Deno.test("normalisedAdjacency() gives nodes whose edges weigh nothing zeros", () => {
  const { matrix } = normalisedAdjacency(graphOf(3, [[0, 1, 1], [0, 2, 0]]), "a test");
  assertEquals(Array.from(matrix.value), [1, 0, 1, 0]);
});

Deno.test("symmetrised() takes the mean of both directions", () => {
  const directed = {
    rows: 3,
    columns: 3,
    rowStart: Uint32Array.of(0, 2, 3, 3),
    column: Uint32Array.of(1, 2, 0),
    value: Float32Array.of(1, 4, 3),
  };
  const graph = symmetrised(directed);
  assertEquals(Array.from(graph.rowStart), [0, 2, 3, 4]);
  assertEquals(Array.from(graph.column), [1, 2, 0, 0]);
  assertEquals(Array.from(graph.value), [2, 2, 2, 2]);
});
