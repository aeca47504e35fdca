import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InterruptedError, UsageError } from "../../errors.ts";
import type { ComputeProgress } from "../../gpu/compute_observers.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";
import {
  endOfCut,
  firstEigenvectors,
  knownEigenpairs,
  searchedEigenpairs,
} from "../../graph/item_eigenvectors.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { projector, randomInteractions } from "../reference/filters.ts";
import { product } from "../reference/dense.ts";
import { assertClose } from "../shaders/op_check.ts";

for (const [users, items] of [[40, 30], [20, 50]]) {
  Deno.test(`firstEigenvectors() project as those of the dense graph of ${users}×${items}`, async () => {
    const { dense, pairs } = randomInteractions(users, items, 0.3, 1);
    const interactions = interactionMatrix(pairs, users, items);
    const known = await knownEigenpairs(await testGpu(), interactions, 7);
    for (const eigenpairs of [1, 7, 12]) {
      assertEquals(endOfCut(known, eigenpairs), eigenpairs);
      const v = firstEigenvectors(known, eigenpairs);
      const projection = product(v, v, items, items, eigenpairs, false, true);
      assertClose(projection, projector(dense, eigenpairs).values, 1e-6, `${eigenpairs}`);
    }
  });
}

/** Copies of the same graph side by side: each eigenvalue is there as often. */
function copies(count: number) {
  const { pairs } = randomInteractions(12, 9, 0.4, 2);
  const each = (part: Uint32Array, step: number) =>
    Uint32Array.from(
      { length: count * part.length },
      (_, n) => part[n % part.length] + step * Math.floor(n / part.length),
    );
  return interactionMatrix(
    { users: each(pairs.users, 12), items: each(pairs.items, 9) },
    12 * count,
    9 * count,
  );
}

Deno.test("endOfCut() moves a cut to the end of a repeated eigenvalue", async () => {
  const known = await knownEigenpairs(await testGpu(), copies(5), 3);
  assertEquals([1, 5, 6, 11].map((wanted) => endOfCut(known, wanted)), [5, 5, 10, 15]);
});

Deno.test("endOfCut() takes all where the cut is among eigenvalues 0", async () => {
  const known = await knownEigenpairs(await testGpu(), copies(2), 3);
  const count = known.values.length;
  assert(known.isAll && count < 18);
  assertEquals([count + 1, count, 100].map((wanted) => endOfCut(known, wanted)), [
    Infinity,
    count,
    Infinity,
  ]);
});

Deno.test("endOfCut() refuses to guess where a cut ends", () => {
  const vectors = new Float32Array(8);
  const known = { values: new Float64Array([1, 1]), vectors, isAll: false, tolerance: 1e-6 };
  assertThrows(() => endOfCut(known, 1), Error, "do not show where the cut ends");
});

Deno.test("knownEigenpairs() of a larger graph go on to the end of the eigenvalue of its components", async () => {
  // 650 components of a user and two items each, too many for the first search.
  const count = 650;
  const pairs = {
    users: Uint32Array.from({ length: 2 * count }, (_, n) => n >> 1),
    items: Uint32Array.from({ length: 2 * count }, (_, n) => n),
  };
  const interactions = interactionMatrix(pairs, count, 2 * count);
  const known = await knownEigenpairs(await testGpu(), interactions, 5);
  assertEquals([endOfCut(known, 5), known.isAll, searchedEigenpairs(5)], [count, true, 256]);
  const vectors = firstEigenvectors(known, count);
  const row = (item: number) => vectors.subarray(item * count, (item + 1) * count);
  for (const [i, j, expected] of [[0, 0, 0.5], [0, 1, 0.5], [0, 2, 0], [1299, 1298, 0.5]]) {
    const inner = row(i).reduce((sum, value, k) => sum + value * row(j)[k], 0);
    assertAlmostEquals(inner, expected, 1e-6);
  }
});

Deno.test("knownEigenpairs() solves many parts that are alike one by one", async () => {
  // On their smaller side too large for a dense solver, and each eigenvalue is there 250 times.
  const count = 250;
  const known = await knownEigenpairs(await testGpu(), copies(count), count + 3);
  const one = await knownEigenpairs(await testGpu(), copies(1), 9);
  assertEquals(endOfCut(known, count + 3), 2 * count);
  assertAlmostEquals(known.values[count], one.values[1], 1e-9);
  const ofAll = firstEigenvectors(known, 2 * count);
  const ofOne = firstEigenvectors(one, 2);
  const expected = product(ofOne, ofOne, 9, 9, 2, false, true);
  const row = (item: number) => ofAll.subarray(item * 2 * count, (item + 1) * 2 * count);
  for (const [i, j] of [[0, 0], [3, 7]]) {
    const inner = row(9 * 17 + i).reduce((sum, value, k) => sum + value * row(9 * 17 + j)[k], 0);
    assertAlmostEquals(inner, expected[i * 9 + j], 1e-6);
  }
});

Deno.test("knownEigenpairs() tells how its search stands", async () => {
  const { pairs } = randomInteractions(1500, 1400, 0.01, 3);
  const interactions = interactionMatrix(pairs, 1500, 1400);
  const interruption = new AbortController();
  const seen: ComputeProgress[] = [];
  const onProgress = (progress: ComputeProgress) => {
    seen.push(progress);
    interruption.abort();
  };
  const gpu = await testGpu();
  const search = () =>
    knownEigenpairs(gpu, interactions, 40, { onProgress, signal: interruption.signal });
  await assertRejects(search, InterruptedError);
  const [{ what, share, secondsLeft }] = seen;
  assert(/^Finding \d+ eigenpairs of the interactions$/.test(what), what);
  assert(share >= 0 && share < 1, `${share}`);
  assertEquals(secondsLeft, undefined);
});

Deno.test("knownEigenpairs() refuses eigenvectors of so many parts that they have no room", async () => {
  const count = 24_000;
  const one = Uint32Array.from({ length: count }, (_, n) => n);
  const interactions = interactionMatrix({ users: one, items: one }, count, count);
  const gpu = await testGpu();
  const refused = await assertRejects(() => knownEigenpairs(gpu, interactions, 5), UsageError);
  assert(refused.message.includes("24,000 parts"), refused.message);
});

Deno.test("knownEigenpairs() puts eigenpairs of parts in one order", async () => {
  const users = 40;
  const { dense, pairs } = randomInteractions(users, 30, 0.3, 1);
  const small = randomInteractions(12, 9, 0.4, 2).pairs;
  const beside = (a: Uint32Array, b: Uint32Array, first: number) =>
    Uint32Array.from([...a, ...b.map((place) => place + first)]);
  const both = interactionMatrix(
    { users: beside(pairs.users, small.users, users), items: beside(pairs.items, small.items, 30) },
    users + 12,
    39,
  );
  const known = await knownEigenpairs(await testGpu(), both, 7);
  const columns = users + 12;
  const values = new Float64Array(columns * 39);
  dense.values.forEach((value, n) => values[Math.floor(n / 30) * 39 + n % 30] = value);
  small.users.forEach((user, n) => values[(user + users) * 39 + small.items[n] + 30] = 1);
  const joined = { rows: columns, columns: 39, values };
  for (const eigenpairs of [2, 7, 12]) {
    assertEquals(endOfCut(known, eigenpairs), eigenpairs);
    const v = firstEigenvectors(known, eigenpairs);
    const projection = product(v, v, 39, 39, eigenpairs, false, true);
    assertClose(projection, projector(joined, eigenpairs).values, 1e-6, `${eigenpairs}`);
  }
});

Deno.test("knownEigenpairs() ends where it is aborted", async () => {
  const { pairs } = randomInteractions(620, 620, 0.02, 5);
  const interactions = interactionMatrix(pairs, 620, 620);
  const gpu = await testGpu();
  const signal = AbortSignal.abort();
  await assertRejects(() => knownEigenpairs(gpu, interactions, 20, { signal }), InterruptedError);
});
