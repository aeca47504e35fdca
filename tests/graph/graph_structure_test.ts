import { assertEquals } from "@std/assert";
import { graphStructure } from "../../graph/graph_structure.ts";
import { graphOf, hypercube, union } from "./graphs.ts";

const plain = (nodes: Uint32Array | undefined) => nodes && Array.from(nodes);

Deno.test("graphStructure() finds components, the largest first, without lonely nodes", () => {
  const { components } = graphStructure(graphOf(8, [[1, 7], [2, 3], [3, 5]]));
  assertEquals(components.map(plain), [[2, 3, 5], [1, 7]]);
});

Deno.test("graphStructure() gives each component's smaller side to the smaller side", () => {
  // Two stars, whose centres are the first and the last node.
  const { sides } = graphStructure(graphOf(7, [[0, 1], [0, 2], [6, 3], [6, 4], [6, 5]]));
  assertEquals([plain(sides?.smaller), plain(sides?.larger)], [[0, 6], [1, 2, 3, 4, 5]]);
});

Deno.test("graphStructure() sees odd cycles and loops", () => {
  const triangle = graphOf(3, [[0, 1], [1, 2], [0, 2]]);
  assertEquals(graphStructure(triangle).sides, undefined);
  assertEquals(graphStructure(union([hypercube(2), triangle])).sides, undefined);
  assertEquals(graphStructure(graphOf(2, [[0, 0], [0, 1]])).sides, undefined);
  assertEquals(graphStructure(hypercube(3)).sides?.smaller.length, 4);
});

Deno.test("graphStructure() takes an entry of 0 for no edge", () => {
  const { components, sides } = graphStructure(graphOf(4, [[0, 1], [1, 2, 0], [2, 3], [0, 2, 0]]));
  assertEquals(components.map(plain), [[0, 1], [2, 3]]);
  assertEquals(plain(sides?.smaller)?.length, 2);
});

Deno.test("graphStructure() of no edges has no components", () => {
  assertEquals(graphStructure(graphOf(3, [])).components, []);
});
