import { assert, assertEquals } from "@std/assert";
import {
  denseRows,
  groupByUser,
  kCore,
  mergeDuplicates,
  type UserRows,
} from "../../../data/ingest/user_rows.ts";
import { uniforms } from "../../../algebra/random_sequence.ts";

function pairs(rows: UserRows): [number, number][] {
  const found: [number, number][] = [];
  for (let user = 0; user + 1 < rows.start.length; user++) {
    for (let n = rows.start[user]; n < rows.start[user + 1]; n++) found.push([user, rows.items[n]]);
  }
  return found;
}

function random(rows: number, users: number, items: number): [Uint32Array, Uint32Array] {
  const uniform = uniforms(5);
  const draw = (count: number) =>
    Uint32Array.from({ length: rows }, () => Math.floor(count * uniform() ** 2));
  return [draw(users), draw(items)];
}

/** The definition, on lists of pairs. */
function plainCore(rows: [number, number][], k: number): [number, number][] {
  const count = (side: 0 | 1, id: number) => rows.filter((row) => row[side] === id).length;
  const bad = rows.find(([user, item]) => count(0, user) < k || count(1, item) < k);
  if (bad === undefined) return rows;
  const side = count(0, bad[0]) < k ? 0 : 1;
  return plainCore(rows.filter((row) => row[side] !== bad[side]), k);
}

Deno.test("groupByUser() keeps the table's order where times are equal or not known", () => {
  const users = new Uint32Array([1, 0, 1, 1, 1]);
  const items = new Uint32Array([9, 8, 7, 6, 5]);
  assertEquals(pairs(groupByUser(users, items, undefined, 3)), [
    [0, 8],
    [1, 9],
    [1, 7],
    [1, 6],
    [1, 5],
  ]);
  const times = new Float64Array([3, 0, Infinity, -2, 3]);
  const byTime = groupByUser(users, items, times, 3);
  assertEquals(pairs(byTime), [[0, 8], [1, 6], [1, 9], [1, 5], [1, 7]]);
  assertEquals(byTime.times, new Float64Array([0, -2, 3, 3, Infinity]));
});

Deno.test("groupByUser() sorts users with few and with many rows by time, stably", () => {
  const [users, items] = random(3000, 20, 1000);
  const times = Float64Array.from(items, (item) => item % 50);
  const rows = groupByUser(users, items, times, 20);
  for (let user = 0; user < 20; user++) {
    const own = [...users.keys()].filter((n) => users[n] === user)
      .sort((a, b) => times[a] - times[b] || a - b);
    assertEquals(
      [...rows.items.subarray(rows.start[user], rows.start[user + 1])],
      own.map((n) => items[n]),
    );
  }
});

Deno.test("mergeDuplicates() keeps the earliest row of each pair", () => {
  const users = new Uint32Array([0, 0, 1, 0]);
  const items = new Uint32Array([4, 5, 4, 4]);
  const rows = mergeDuplicates(groupByUser(users, items, new Float64Array([7, 6, 5, 4]), 2), 6);
  assertEquals(pairs(rows), [[0, 4], [0, 5], [1, 4]]);
  assertEquals(rows.times, new Float64Array([4, 6, 5]));
});

Deno.test("kCore() is the largest set with k rows a user and an item", () => {
  const [users, items] = random(900, 150, 100);
  for (const k of [1, 2, 5, 6]) {
    const rows = () => mergeDuplicates(groupByUser(users, items, undefined, 150), 100);
    const expected = plainCore(pairs(rows()), k);
    assertEquals(pairs(kCore(rows(), 100, k)), expected, `k ${k}`);
    assert(k === 1 || expected.length < pairs(rows()).length);
  }
  const none = kCore(groupByUser(users, items, undefined, 150), 100, 500);
  assertEquals(none.items.length, 0);
});

Deno.test("denseRows() numbers users and items that have rows anew, in order", () => {
  const rows = groupByUser(new Uint32Array([3, 1, 3]), new Uint32Array([8, 2, 2]), undefined, 5);
  const dense = denseRows(rows, 9);
  assertEquals(pairs(dense.rows), [[0, 0], [1, 1], [1, 0]]);
  assertEquals([...dense.users], [1, 3]);
  assertEquals([...dense.items], [2, 8]);
});
