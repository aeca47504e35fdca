import { assertEquals, assertThrows } from "@std/assert";
import { IdTable } from "../../../data/ingest/id_table.ts";
import type { InteractionLog } from "../../../data/ingest/interaction_log.ts";
import { prepareInteractions } from "../../../data/ingest/prepare.ts";
import { DataError } from "../../../errors.ts";

function logOf(pairs: readonly string[], times?: readonly number[]): InteractionLog {
  const [userIds, itemIds] = [new IdTable(), new IdTable()];
  const intern = (table: IdTable, id: string) => {
    const bytes = new TextEncoder().encode(id);
    return table.intern(bytes, 0, bytes.length);
  };
  return {
    format: "CSV",
    columns: {},
    userIds,
    itemIds,
    users: Uint32Array.from(pairs, (pair) => intern(userIds, pair[0])),
    items: Uint32Array.from(pairs, (pair) => intern(itemIds, pair[1])),
    times: times && Float64Array.from(times),
    rows: pairs.length,
    blankLines: 0,
    lastLineEnds: true,
    incomplete: 0,
    belowRating: 0,
    remarks: [],
  };
}

const random = { rule: "random", ratios: [0.8, 0.1, 0.1], seed: 0 } as const;
const leaveLast = { ...random, rule: "leave-last" } as const;

Deno.test("prepareInteractions() merges duplicates before the k-core, and counts each step", () => {
  // Without the merging c would have two rows, and z two.
  const log = logOf(["ax", "ay", "bx", "by", "cz", "cz"]);
  const { steps, users, items, rows } = prepareInteractions(log, {
    kCore: 2,
    coreRows: "all",
    split: random,
  });
  assertEquals(steps, [
    { step: "read", rows: 6, users: 3, items: 3 },
    { step: "merge duplicates", rows: 5, users: 3, items: 3 },
    { step: "2-core", rows: 4, users: 2, items: 2 },
  ]);
  assertEquals([[...users], [...items]], [[0, 1], [0, 1]]);
  assertEquals([[...rows.start], [...rows.items]], [[0, 2, 4], [0, 1, 0, 1]]);
});

Deno.test("prepareInteractions() splits by time, and counts what training does not see", () => {
  const log = logOf(["ax", "ay", "az", "bz"], [3, 1, 2, 9]);
  const { labels, rows, splits, cold } = prepareInteractions(log, {
    kCore: 1,
    coreRows: "all",
    split: leaveLast,
  });
  assertEquals([...rows.items], [1, 2, 0, 2]);
  assertEquals([...labels], [0, 1, 2, 0]);
  assertEquals(splits, { train: 2, valid: 1, test: 1 });
  assertEquals(cold, { users: 0, items: 1 });
});

Deno.test("prepareInteractions() says why nothing is left", () => {
  assertThrows(
    () => prepareInteractions(logOf(["ax", "ay"]), { kCore: 2, coreRows: "all", split: random }),
    DataError,
    "the 2-core of 2 rows (1 users, 2 items) is empty",
  );
  assertThrows(
    () =>
      prepareInteractions({ ...logOf([]), belowRating: 7 }, {
        kCore: 1,
        coreRows: "all",
        split: random,
      }),
    DataError,
    "7 have too low a rating, which leaves none",
  );
});

const byTime = { ...random, rule: "global-time", points: { validFrom: 20, testFrom: 30 } } as const;
// z has one row before the points, and c and w have none.
const early = ["ax", "ay", "az", "bx", "by", "bv", "dx", "dv"];
const later = ["dy", "bz", "cx", "bw", "av"];
const log = logOf([...early, ...later], [...early.keys(), 22, 25, 26, 30, 31]);

Deno.test("prepareInteractions() counts train rows alone for a core, so that no later row decides", () => {
  const all = prepareInteractions(log, { kCore: 2, coreRows: "all", split: byTime });
  assertEquals(all.steps.at(-1), { step: "2-core", rows: 11, users: 3, items: 4 });
  const train = prepareInteractions(log, { kCore: 2, coreRows: "train", split: byTime });
  assertEquals(train.steps.at(-1), { step: "2-core of train rows", rows: 9, users: 3, items: 3 });
  assertEquals(train.splits, { train: 7, valid: 1, test: 1 });
  assertEquals(train.beforeCore?.splits, { train: 8, valid: 3, test: 2 });
  assertEquals(train.beforeCore?.cold, { users: 1, items: 1 });
  assertEquals(train.cold, { users: 0, items: 0 });
});

Deno.test("prepareInteractions() gives the same train rows whatever comes later", () => {
  const trainRows = (log: InteractionLog) => {
    const { rows, labels, users, items } = prepareInteractions(log, {
      ...{ kCore: 2, coreRows: "train", split: byTime },
    });
    return Array.from(users, (user, n) =>
      Array.from(rows.items.keys())
        .filter((at) => at >= rows.start[n] && at < rows.start[n + 1] && labels[at] === 0)
        .map((at) => `${user} ${items[rows.items[at]]} ${rows.times![at]}`)).flat();
  };
  const expected = trainRows(log);
  assertEquals(expected.length, 7);
  const others = ["bz", "cz", "dz", "cx", "cy", "cv", "dy", "av"];
  const times = [21, 22, 23, 24, 25, 26, 29, 33];
  assertEquals(trainRows(logOf([...early, ...others], [...early.keys(), ...times])), expected);
});

Deno.test("prepareInteractions() leaves a gap before validation, and says when nothing is left to test", () => {
  const split = { ...byTime, gap: 15 };
  const { steps, splits } = prepareInteractions(log, { kCore: 1, coreRows: "all", split });
  assertEquals(steps.at(-1), { step: "gap", rows: 10, users: 4, items: 5 });
  assertEquals(splits, { train: 5, valid: 3, test: 2 });
  const late = logOf(["ax", "ay", "bx", "by", "cx", "cw"], [1, 2, 3, 4, 22, 31]);
  assertThrows(
    () => prepareInteractions(late, { kCore: 2, coreRows: "train", split: byTime }),
    DataError,
    "every test row is of a user or item with fewer than 2 train rows",
  );
  assertThrows(
    () => prepareInteractions(late, { kCore: 3, coreRows: "train", split: byTime }),
    DataError,
    "the 3-core of 4 train rows is empty",
  );
});
