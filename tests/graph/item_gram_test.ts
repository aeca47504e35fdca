import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Csr } from "../../algebra/csr.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";
import { degreePowers, itemGram } from "../../graph/item_gram.ts";
import { gram, randomInteractions } from "../reference/filters.ts";
import { assertClose } from "../shaders/op_check.ts";

const [users, items] = [40, 30];
const { dense, pairs } = randomInteractions(users, items, 0.2, 1);
const interactions = interactionMatrix(pairs, users, items);

function denseOf({ rows, columns, rowStart, column, value }: Csr): Float64Array {
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let n = rowStart[row]; n < rowStart[row + 1]; n++) {
      values[row * columns + column[n]] = value[n];
      assert(n === rowStart[row] || column[n] > column[n - 1], "columns ascend");
    }
  }
  return values;
}

Deno.test("degreePowers() gives 0 for a degree 0, whatever the power", () => {
  assertEquals([...degreePowers([0, 4, 9], -0.5)], [0, 1 / 2, 1 / 3]);
  assertEquals([...degreePowers([0, 4], 0)], [0, 1]);
});

for (const [exponent, sharpness] of [[0.5, 1], [0.9, 0.6], [0, 2], [1, 0.5]]) {
  Deno.test(`itemGram() is the dense product at exponent ${exponent}, sharpness ${sharpness}`, () => {
    const { matrix, total, cut } = itemGram(interactions, {
      ...{ exponent, sharpness },
      mostEntries: 1e6,
    });
    const expected = gram(dense, exponent, sharpness).values;
    assertClose(denseOf(matrix), expected, 1e-7, "entries");
    assertAlmostEquals(total, expected.reduce((a, b) => a + b, 0), 1e-9);
    assertEquals(cut, undefined);
  });
}

Deno.test("itemGram() cuts its longest rows at their largest entries, and says so", () => {
  const options = { exponent: 0.9, sharpness: 0.6 };
  const whole = itemGram(interactions, { ...options, mostEntries: 1e6 });
  const count = whole.matrix.column.length;
  const { matrix, total, cut } = itemGram(interactions, { ...options, mostEntries: count - 40 });
  if (cut === undefined) throw new Error("Nothing was cut");
  assert(matrix.column.length <= count - 40 && matrix.column.length > count - 40 - items);
  assertEquals([cut.uncut, total], [count, whole.total]);
  const kept = denseOf(matrix);
  assertAlmostEquals(cut.share, kept.reduce((a, b) => a + b, 0) / total, 1e-6);
  const all = denseOf(whole.matrix);
  let longer = 0;
  for (let row = 0; row < items; row++) {
    const [before, after] = [all, kept].map((
      values,
    ) => [...values.subarray(row * items, (row + 1) * items)]);
    const largest = before.toSorted((a, b) => b - a).slice(0, cut.entries);
    assertEquals(
      after.filter((value) => value > 0).toSorted((a, b) => b - a),
      largest.filter((value) => value > 0),
    );
    if (before.filter((value) => value > 0).length > cut.entries) longer++;
  }
  assertEquals(cut.rows, longer);
});

Deno.test("itemGram() gives ties of a cut to the smaller item, and keeps an entry of each row", () => {
  const one = { users: Uint32Array.of(0, 0, 0), items: Uint32Array.of(0, 1, 2) };
  const options = { exponent: 0.5, sharpness: 1 };
  const graph = (mostEntries: number) =>
    itemGram(interactionMatrix(one, 1, 4), { ...options, mostEntries }).matrix;
  assertEquals([...graph(6).column], [0, 1, 0, 1, 0, 1]);
  assertEquals([...graph(1).column], [0, 0, 0]);
  assertEquals([...graph(100).column], [0, 1, 2, 0, 1, 2, 0, 1, 2]);
});

Deno.test("itemGram() of no interactions is empty", () => {
  const none = { users: new Uint32Array(), items: new Uint32Array() };
  const { matrix, total } = itemGram(interactionMatrix(none, 2, 3), {
    ...{ exponent: 0.5, sharpness: 1, mostEntries: 10 },
  });
  assertEquals([[...matrix.rowStart], total], [[0, 0, 0, 0], 0]);
});
