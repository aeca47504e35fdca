import { assertEquals } from "@std/assert";
import { leakageOf } from "../../../lab/quality/leakage.ts";

const rows = (...pairs: [number, number][]) => ({
  users: Uint32Array.from(pairs, ([user]) => user),
  items: Uint32Array.from(pairs, ([, item]) => item),
});

const dataset = {
  ...{ users: 4, items: 5 },
  train: rows([0, 0], [0, 1], [1, 2]),
  // Of user 2 nothing is known, and of item 3; (0, 1) is a train row too.
  valid: rows([0, 1], [2, 3], [1, 0]),
  // Of user 2 and 3 nothing is known, and of item 4; (1, 0) is a validation row too.
  test: rows([1, 0], [2, 4], [3, 1], [0, 4]),
};

const known = {
  valid: {
    ...{ rows: 3, untrainedUsers: 1, rowsOfUntrainedUsers: 1 },
    ...{ untrainedItems: 1, rowsOfUntrainedItems: 1, repeated: 1 },
  },
  test: {
    ...{ rows: 4, untrainedUsers: 2, rowsOfUntrainedUsers: 2 },
    ...{ untrainedItems: 1, rowsOfUntrainedItems: 2, repeated: 1 },
  },
};

Deno.test("leakageOf() counts unknown users and items, and pairs of two splits", () => {
  assertEquals(leakageOf(dataset), known);
});

Deno.test("leakageOf() counts rows that are earlier than train rows, of the user and of anybody", () => {
  const at = (...seconds: number[]) => Float64Array.from(seconds, (second) => 1e9 + second);
  const times = {
    train: at(10, 20, 30),
    valid: at(15, 29, 31),
    // User 1's last train row is at 30; a row at 20 is not earlier than one at 20; one has no time.
    test: at(29, Infinity, 40, 20),
  };
  assertEquals(leakageOf(dataset, times), {
    valid: { ...known.valid, beforeOwnTrain: 1, beforeAnyTrain: 2 },
    test: { ...known.test, beforeOwnTrain: 1, beforeAnyTrain: 2 },
  });
  // Positions of rows say nothing of the rows of others.
  const [train, valid, test] = [times.train, times.valid, times.test]
    .map((seconds) => seconds.map((second) => second - 1e9));
  assertEquals(leakageOf(dataset, { train, valid, test }), {
    valid: { ...known.valid, beforeOwnTrain: 1 },
    test: { ...known.test, beforeOwnTrain: 1 },
  });
});
