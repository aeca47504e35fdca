import { assertEquals, assertThrows } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { PairList } from "../../shaders/rank/pair_list.ts";
import { countRanks, maskScores, unranked } from "../../shaders/rank/rank.ts";
import { assertAll } from "../assert_each.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { rankedItems } from "../reference/ranking.ts";

/** The score of what a user may not get. */
const least = Math.fround(-3.4028234663852886e38);

interface Tile {
  readonly users: number;
  readonly items: number;
  /** Columns of the scores; those from `items` on are padding. */
  readonly stride: number;
  readonly score: (user: number, item: number) => number;
  /** Pairs of a user and an item, by user. */
  readonly masked: readonly [number, number][];
  readonly heldOut: readonly [number, number][];
}

/** Pairs that blocks before and after have, which nothing may be written for. */
const others = 2;

/** Masks and ranks one block after another that has had more pairs. */
async function ranksOf(tile: Tile): Promise<{ ranks: number[]; scores: Float32Array }> {
  const { users, items, stride, score, masked, heldOut } = tile;
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "rank");
  // Padding that is greater than any score: nobody may count it.
  const data = Float32Array.from(
    { length: users * stride },
    (_, n) => n % stride < items ? score(Math.floor(n / stride), n % stride) : 3e38,
  );
  const scores = program.tensor("scores", users, stride, { data });
  const lists = { masked, heldOut };
  const [maskedList, heldOutList] = Object.entries(lists).map(([label, pairs]) =>
    new PairList(program, label, pairs.length + 3)
  );
  const zeros = new Uint32Array(heldOut.length + 2 * others);
  const ranks = program.buffer("ranks", zeros.byteLength, zeros);
  maskScores(program, scores, maskedList);
  countRanks(program, scores, items, heldOutList, ranks);
  await program.compile();
  for (const list of [maskedList, heldOutList]) list.write([new Uint32Array(list.capacity)]);
  program.submit();
  memory.write(scores.allocation, data);
  memory.write(ranks, zeros);
  maskedList.write(itemsByUser(users, masked));
  heldOutList.write(itemsByUser(users, heldOut), others);
  program.submit();
  const words = Array.from(
    new Uint32Array((await readBuffers(memory, [{ allocation: ranks }]))[0]),
  );
  const left = await readFloats(memory, scores.allocation, users * stride);
  memory.destroy();
  const end = others + heldOut.length;
  assertAll([...words.slice(0, others), ...words.slice(end)], 0, "words around the ranks");
  return { ranks: words.slice(others, end), scores: left };
}

function itemsByUser(users: number, pairs: readonly [number, number][]): Uint32Array[] {
  return Array.from(
    { length: users },
    (_, user) =>
      Uint32Array.from(pairs.filter(([other]) => other === user).map(([, item]) => item)),
  );
}

Deno.test("countRanks() gives the places in a plain sort, ties by smaller index", async () => {
  // The last shape has more items than one invocation compares with.
  for (const [users, items] of [[1, 1], [3, 63], [64, 65], [5, 1029], [2, 20_000]]) {
    const next = uniforms(items);
    const table = Array.from(
      { length: users },
      // Few different values, so that many scores are equal.
      () => Float32Array.from({ length: items }, () => Math.floor(6 * next()) - 3),
    );
    const masked: [number, number][] = [];
    const heldOut: [number, number][] = [];
    for (let user = 0; user < users; user++) {
      for (let item = 0; item < items; item++) {
        const draw = next() * Math.max(1, items / 300);
        if (draw < 0.2 && items > 1) masked.push([user, item]);
        else if (draw < 0.3 || item === items - 1) heldOut.push([user, item]);
      }
    }
    const { ranks, scores } = await ranksOf({
      users,
      items,
      stride: Math.ceil(items / 4) * 4,
      score: (user, item) => table[user][item],
      masked,
      heldOut,
    });
    const orders = table.map((values, user) =>
      rankedItems({
        scores: values,
        masked: new Set(
          masked.filter(([other]) => other === user).map(([, item]) => item),
        ),
        heldOut: [],
      })
    );
    const expected = heldOut.map(([user, item]) => orders[user].indexOf(item));
    assertEquals(ranks, expected, `${users} users, ${items} items`);
    const stride = scores.length / users;
    const isMasked = new Set(masked.map(([user, item]) => user * stride + item));
    scores.forEach((score, n) => {
      const [user, item] = [Math.floor(n / stride), n % stride];
      assertEquals(
        score,
        isMasked.has(n) ? least : item < items ? table[user][item] : Math.fround(3e38),
      );
    });
  }
});

Deno.test("countRanks() puts masked items behind all others, and takes tiny scores apart", async () => {
  const values = [-3e38, 1e-30, 2e-30, 0, 1, -1];
  const { ranks } = await ranksOf({
    users: 1,
    items: 6,
    stride: 8,
    score: (_, item) => values[item],
    masked: [[0, 4]],
    heldOut: [[0, 0], [0, 1], [0, 2], [0, 3], [0, 5]],
  });
  assertEquals(ranks, [4, 1, 0, 2, 3]);
});

Deno.test("countRanks() gives no place to an item whose score is NaN", async () => {
  const values = [NaN, 1, Infinity, -Infinity, -NaN];
  for (const items of [5, 20_000]) {
    const { ranks } = await ranksOf({
      users: 1,
      items,
      stride: items + 3,
      score: (_, item) => item < 5 ? values[item] : -1,
      masked: [],
      heldOut: [[0, 0], [0, 1], [0, 2], [0, 3], [0, 4]],
    });
    assertEquals(ranks, [unranked, 1, 0, items - 3, unranked]);
  }
});

Deno.test("maskScores() and countRanks() take a block that has nothing to mask or to rank", async () => {
  const tile = { users: 2, items: 3, stride: 4, score: () => 1 };
  assertEquals((await ranksOf({ ...tile, masked: [], heldOut: [] })).ranks, []);
  assertEquals((await ranksOf({ ...tile, masked: [], heldOut: [[0, 2], [1, 0]] })).ranks, [2, 0]);
});

Deno.test("a PairList refuses more pairs than are planned", async () => {
  const memory = new Memory(await testGpu());
  const list = new PairList(new Program(memory, "rank"), "masked pairs", 2);
  assertThrows(
    () => list.write([new Uint32Array(2), new Uint32Array(1)]),
    Error,
    'Cannot write 3 pairs to "masked pairs": 2 are planned',
  );
  memory.destroy();
});
