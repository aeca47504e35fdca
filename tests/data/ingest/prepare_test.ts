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
  const { steps, users, items, rows } = prepareInteractions(log, { kCore: 2, split: random });
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
  const { labels, rows, splits, cold } = prepareInteractions(log, { kCore: 1, split: leaveLast });
  assertEquals([...rows.items], [1, 2, 0, 2]);
  assertEquals([...labels], [0, 1, 2, 0]);
  assertEquals(splits, { train: 2, valid: 1, test: 1 });
  assertEquals(cold, { users: 0, items: 1 });
});

Deno.test("prepareInteractions() says why nothing is left", () => {
  assertThrows(
    () => prepareInteractions(logOf(["ax", "ay"]), { kCore: 2, split: random }),
    DataError,
    "the 2-core of 2 rows (1 users, 2 items) is empty",
  );
  assertThrows(
    () => prepareInteractions({ ...logOf([]), belowRating: 7 }, { kCore: 1, split: random }),
    DataError,
    "7 have too low a rating, which leaves none",
  );
});
