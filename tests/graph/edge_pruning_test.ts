import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { rowCounts } from "../../algebra/csr.ts";
import { prunedValues } from "../../graph/edge_pruning.ts";
import { interactionMatrix, normalisedInteractions } from "../../graph/interaction_graph.ts";

const next = uniforms(2);
const pairs = new Set<string>();
while (pairs.size < 600) {
  pairs.add(`${Math.floor(40 * next())},${Math.floor(60 * next() ** 2)}`);
}
const rows = [...pairs].map((pair) => pair.split(",").map(Number));
const interactions = interactionMatrix(
  {
    users: Uint32Array.from(rows, ([user]) => user),
    items: Uint32Array.from(rows, ([, item]) => item),
  },
  40,
  60,
);

Deno.test("prunedValues() keeps the right number of edges, normalised among themselves", () => {
  for (const rate of [0.8, 0.5, 0]) {
    const values = prunedValues(interactions, rate, 1e-7, 3, 0);
    const kept = values.filter((value) => value > 0).length;
    assertEquals(kept, Math.floor(600 * (1 - rate)));
    const users = new Uint32Array(40);
    const items = new Uint32Array(60);
    const each = (use: (user: number, item: number, edge: number) => void) => {
      for (let user = 0; user < 40; user++) {
        for (let n = interactions.rowStart[user]; n < interactions.rowStart[user + 1]; n++) {
          if (values[n] > 0) use(user, interactions.column[n], n);
        }
      }
    };
    each((user, item) => {
      users[user]++;
      items[item]++;
    });
    each((user, item, edge) =>
      assertAlmostEquals(values[edge], 1 / Math.sqrt(users[user] * items[item]), 1e-6)
    );
  }
});

Deno.test("prunedValues() of rate 0 is the normalised graph", () => {
  const whole = normalisedInteractions(interactions, 1e-7);
  prunedValues(interactions, 0, 1e-7, 3, 5).forEach((value, edge) =>
    assertAlmostEquals(value, whole.value[edge], 1e-7)
  );
});

Deno.test("prunedValues() follows seed and epoch, and favours edges of small degrees", () => {
  const first = prunedValues(interactions, 0.8, 0, 3, 0);
  assertEquals(prunedValues(interactions, 0.8, 0, 3, 0), first);
  assert(prunedValues(interactions, 0.8, 0, 3, 1).some((value, n) => value !== first[n]));
  assert(prunedValues(interactions, 0.8, 0, 4, 0).some((value, n) => value !== first[n]));
  const times = new Float64Array(600);
  for (let epoch = 0; epoch < 400; epoch++) {
    prunedValues(interactions, 0.8, 0, 3, epoch).forEach((value, n) =>
      times[n] += value > 0 ? 1 : 0
    );
  }
  const userDegree = rowCounts(interactions);
  const itemDegree = new Uint32Array(60);
  for (const item of interactions.column) itemDegree[item]++;
  const edges = Array.from(
    { length: 40 },
    (_, user) =>
      Array.from(
        interactions.column.slice(...interactions.rowStart.slice(user, user + 2)),
        (item) => userDegree[user] * itemDegree[item],
      ),
  ).flat().map((product, n) => ({ product, kept: times[n] }))
    .sort((a, b) => a.product - b.product);
  const mean = (part: typeof edges) => part.reduce((sum, { kept }) => sum + kept, 0) / part.length;
  // Weights differ by the root of the product of degrees, so the rare edges are kept more often.
  assert(mean(edges.slice(0, 100)) > 1.5 * mean(edges.slice(-100)));
});
