import { assertEquals } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { PairList } from "../../shaders/rank/pair_list.ts";
import { maskScores, unranked } from "../../shaders/rank/rank.ts";
import { candidatesTogether, countWeightedRanks } from "../../shaders/rank/weighted_ranks.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { rankedItems } from "../reference/ranking.ts";

type Pairs = readonly (readonly [number, number])[];

interface Case {
  /** Scores by part, user and item. */
  readonly parts: readonly (readonly (readonly number[])[])[];
  readonly masked: Pairs;
  readonly heldOut: Pairs;
  /** For each candidate the weight of each part. */
  readonly weights: readonly (readonly number[])[];
}

/** The ranks by each candidate. */
async function ranksOf({ parts, masked, heldOut, weights }: Case): Promise<number[][]> {
  const [users, items] = [parts[0].length, parts[0][0].length];
  const stride = Math.ceil(items / 4) * 4;
  const partStride = Math.ceil(users * stride / 64) * 64;
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "rank");
  // Padding that is greater than any score: nobody may count it.
  const data = new Float32Array(parts.length * partStride).fill(3e38);
  parts.forEach((rows, part) =>
    rows.forEach((row, user) => data.set(row, part * partStride + user * stride))
  );
  const scores = program.tensor("scores", parts.length, partStride, { data });
  const first = { ...scores, rows: users, columns: stride };
  const fours = Math.ceil(weights.length / candidatesTogether) + 1;
  const packed = new Float32Array(fours * candidatesTogether * parts.length).fill(NaN);
  weights.forEach((own, candidate) =>
    own.forEach((weight, part) => {
      const four = Math.floor(candidate / candidatesTogether);
      const at = (four * parts.length + part) * candidatesTogether;
      packed[at + candidate % candidatesTogether] = weight;
    })
  );
  const table = program.tensor("weights", fours, candidatesTogether * parts.length, {
    data: packed,
  });
  // Room for more: it counts nothing.
  const [maskedList, heldOutList] = [masked, heldOut].map((pairs) =>
    new PairList(program, "pairs", pairs.length + 3, itemsByUser(users, pairs))
  );
  const rankCount = fours * candidatesTogether * heldOut.length;
  const ranks = program.buffer("ranks", rankCount * 4, new Uint32Array(rankCount));
  const candidates = program.buffer("candidates", 4, Uint32Array.of(weights.length));
  maskScores(program, first, maskedList);
  const sums = {
    ...{ scores: scores.allocation, partStride, parts: parts.length, stride, items },
    ...{ weights: table, candidates },
  };
  countWeightedRanks(program, sums, heldOutList, ranks, heldOut.length);
  await program.compile();
  program.submit();
  const found = new Uint32Array((await readBuffers(memory, [{ allocation: ranks }]))[0]);
  memory.destroy();
  const counted = weights.length * heldOut.length;
  // Of candidates that do not count nothing is written.
  assertEquals([...found.subarray(counted)].filter((rank) => rank !== 0), []);
  return weights.map((_, candidate) => [
    ...found.subarray(candidate * heldOut.length, (candidate + 1) * heldOut.length),
  ]);
}

function itemsByUser(users: number, pairs: Pairs): Uint32Array[] {
  return Array.from(
    { length: users },
    (_, user) =>
      Uint32Array.from(pairs.filter(([other]) => other === user).map(([, item]) => item)),
  );
}

Deno.test("countWeightedRanks() gives the places in a sort of each sum, ties by smaller index", async () => {
  for (const [users, items, count] of [[1, 1, 1], [3, 63, 2], [5, 65, 3], [2, 20_000, 5]]) {
    const next = uniforms(items);
    // Small integers, so that sums are exact and many of them equal.
    const parts = Array.from(
      { length: count },
      () =>
        Array.from(
          { length: users },
          () => Array.from({ length: items }, () => Math.floor(6 * next()) - 3),
        ),
    );
    const weights = Array.from(
      { length: 4 * count - 1 },
      () => parts.map(() => Math.floor(5 * next()) - 1),
    );
    const masked: [number, number][] = [];
    const heldOut: [number, number][] = [];
    for (let user = 0; user < users; user++) {
      for (let item = 0; item < items; item++) {
        const draw = next() * Math.max(1, items / 100);
        if (draw < 0.2 && items > 1) masked.push([user, item]);
        else if (draw < 0.3 || item === items - 1) heldOut.push([user, item]);
      }
    }
    const found = await ranksOf({ parts, masked, heldOut, weights });
    weights.forEach((own, candidate) => {
      const orders = Array.from({ length: users }, (_, user) =>
        rankedItems({
          scores: Float32Array.from(
            { length: items },
            (_, item) =>
              own.reduce((sum, weight, part) => sum + weight * parts[part][user][item], 0),
          ),
          masked: new Set(masked.filter(([other]) => other === user).map(([, item]) => item)),
          heldOut: [],
        }));
      const expected = heldOut.map(([user, item]) => orders[user].indexOf(item));
      assertEquals(found[candidate], expected, `${users}×${items}, candidate ${candidate}`);
    });
  }
});

Deno.test("countWeightedRanks() gives no place to an item whose score is NaN, by that sum alone", async () => {
  const parts = [[[1, 2, 3, 4]], [[0, NaN, 0, 0]]];
  const weights = [[1, 0.5], [2, 1]];
  const heldOut = [[0, 0], [0, 1]] as const;
  const found = await ranksOf({ parts, masked: [], heldOut, weights });
  assertEquals(found, [[2, unranked], [2, unranked]]);
});

Deno.test("countWeightedRanks() puts what is masked behind all others, a held-out item too", async () => {
  const parts = [[[5, 4, 3]], [[9, 9, 9]]];
  const masked = [[0, 0]] as const;
  const heldOut = [[0, 0], [0, 1]] as const;
  const found = await ranksOf({ parts, masked, heldOut, weights: [[1, 0], [0, 1], [-1, 1]] });
  assertEquals(found, [[2, 0], [2, 0], [2, 1]]);
});
