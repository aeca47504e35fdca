import fc from "fast-check";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { metricsFromRanks } from "../../evaluation/metrics.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { topK } from "../../shaders/top_k/top_k.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { rankedItems, rankingMetrics } from "../reference/ranking.ts";
import { holds } from "./seeded.ts";

/** Users with the ranks of their held-out items; one has some. */
const heldOut = fc.array(fc.uniqueArray(fc.nat(40), { maxLength: 6 }), {
  minLength: 1,
  maxLength: 9,
})
  .filter((users) => users.some((ranks) => ranks.length > 0));

function metricsOf(users: readonly (readonly number[])[]) {
  const start = new Uint32Array(users.length + 1);
  users.forEach((ranks, user) => start[user + 1] = start[user] + ranks.length);
  return metricsFromRanks({ start, ranks: Uint32Array.from(users.flat()) }, [1, 5, 20]);
}

Deno.test("metrics are the same for users, and for held-out items, in any order", () =>
  holds(
    100,
    fc.property(heldOut, fc.nat(1000), (users, turn) => {
      const metrics = metricsOf(users);
      const other = users.map((_, user) => users[(user + turn) % users.length].toReversed());
      for (const [name, value] of Object.entries(metricsOf(other.toReversed()))) {
        assertAlmostEquals(value, metrics[name], 1e-12);
      }
    }),
  ));

Deno.test("metrics lie from 0 to 1, and no better rank makes one worse", () =>
  holds(
    100,
    fc.property(heldOut, fc.nat(100), (users, pick) => {
      const metrics = metricsOf(users);
      assert(Object.values(metrics).every((value) => value >= 0 && value <= 1));
      // The best rank that is free goes to one item.
      const places = users.flatMap((ranks, user) => ranks.map((_, n) => [user, n]));
      const [user, n] = places[pick % places.length];
      const free = Array.from({ length: 41 }, (_, rank) => rank)
        .find((rank) => !users[user].includes(rank))!;
      if (free > users[user][n]) return;
      const better = users.map((ranks, u) => u === user ? ranks.with(n, free) : ranks);
      for (const [name, value] of Object.entries(metricsOf(better))) {
        assert(value >= metrics[name] - 1e-12, name);
      }
    }),
  ));

/** Scores of few values, so that most are equal. */
const tied = fc.array(fc.constantFrom(-1, -0, 0, 0.5), { minLength: 12, maxLength: 12 });

Deno.test("metrics of ranks under ties are those of a plain sort, ties by item", () =>
  holds(
    100,
    fc.property(
      fc.array(fc.tuple(tied, fc.subarray([0, 3, 4, 7, 11])), { minLength: 1 }),
      (cases) => {
        if (cases.every(([, held]) => held.length === 0)) return;
        const users = cases.map(([scores, heldOut]) => ({
          scores,
          heldOut,
          masked: new Set<number>(),
        }));
        const ranks = users.map((user) => {
          const order = rankedItems(user);
          return user.heldOut.map((item) => order.indexOf(item));
        });
        const expected = rankingMetrics(users, [1, 5, 20]);
        for (const [name, value] of Object.entries(metricsOf(ranks))) {
          assertAlmostEquals(value, expected[name], 1e-12);
        }
      },
    ),
  ));

Deno.test("topK() ranks scores with ties as a plain sort does", async () => {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "top k");
  const [users, items, k] = [3, 12, 5];
  const scores = program.tensor("scores", users, items, { data: new Float32Array(users * items) });
  const best = topK(program, scores, { users, items, k });
  await program.compile();
  await holds(
    20,
    fc.asyncProperty(fc.tuple(tied, tied, tied), async (rows) => {
      memory.write(scores.allocation, new Float32Array(rows.flat()));
      program.submit();
      const [found] = await readBuffers(memory, [{ allocation: best.items, bytes: users * k * 4 }]);
      const expected = rows.map((row) =>
        rankedItems({ scores: row, masked: new Set(), heldOut: [] }).slice(0, k)
      );
      assertEquals(Array.from(new Uint32Array(found)), expected.flat());
    }),
  );
  memory.destroy();
});
