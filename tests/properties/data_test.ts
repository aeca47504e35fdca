import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { readIds, writeIds } from "../../data/id_file.ts";
import { parseIdLines, parseIdRow } from "../../data/id_list.ts";
import { ownIdentifiers } from "../../data/identifiers.ts";
import { type Ratios, splitRows, type SplitRule } from "../../data/ingest/split.ts";
import {
  denseRows,
  groupByUser,
  kCore,
  mergeDuplicates,
  type UserRows,
} from "../../data/ingest/user_rows.ts";
import { DataError } from "../../errors.ts";
import { holds } from "./seeded.ts";

const [users, items] = [8, 6];

/** Rows of a few users and items, so that many meet. */
const pairs = fc.array(fc.tuple(fc.nat(users - 1), fc.nat(items - 1), fc.nat(4)), {
  maxLength: 60,
});

function rowsOf(found: readonly (readonly [number, number, number])[]): UserRows {
  const column = (n: 0 | 1) => Uint32Array.from(found, (row) => row[n]);
  const times = Float64Array.from(found, (row) => row[2]);
  return groupByUser(column(0), column(1), times, users);
}

/** Each row as user and item, in order. */
function listed({ start, items }: UserRows): [number, number][] {
  const user = Array.from(
    { length: start.length - 1 },
    (_, u) => Array<number>(start[u + 1] - start[u]).fill(u),
  );
  return user.flat().map((u, n) => [u, items[n]]);
}

const copy = ({ start, items, times }: UserRows): UserRows => ({
  start: start.slice(),
  items: items.slice(),
  times: times?.slice(),
});

Deno.test("kCore() is a fixed point with k rows each, and no larger set of rows has them", () =>
  holds(
    200,
    fc.property(pairs, fc.integer({ min: 1, max: 4 }), (found, k) => {
      const all = mergeDuplicates(rowsOf(found), items);
      const core = kCore(copy(all), items, k);
      const rows = listed(core);
      const counts = (side: 0 | 1) => Map.groupBy(rows, (row) => row[side]);
      for (const side of [0, 1] as const) {
        for (const [, own] of counts(side)) assert(own.length >= k);
      }
      assertEquals(listed(kCore(copy(core), items, k)), rows);
      // The core by its definition: leaving out one row after the other, in another order.
      let left = listed(all);
      for (let before = -1; before !== left.length;) {
        before = left.length;
        const weak = left.findLast(([user, item]) =>
          left.filter((row) => row[0] === user).length < k ||
          left.filter((row) => row[1] === item).length < k
        );
        left = left.filter((row) => row !== weak);
      }
      assertEquals(rows, left);
    }),
  ));

Deno.test("denseRows() leaves each row's user and item what they were", () =>
  holds(
    100,
    fc.property(pairs, (found) => {
      const rows = mergeDuplicates(rowsOf(found), items);
      const before = listed(rows);
      const dense = denseRows(copy(rows), items);
      const after = listed(dense.rows).map((
        [user, item],
      ) => [dense.users[user], dense.items[item]]);
      assertEquals(after, before);
    }),
  ));

Deno.test("splitRows() gives each row one split, and keeps a train row of each user", () => {
  const rules: SplitRule[] = ["random", "user-time", "leave-last", "global-time"];
  const ratios = fc.constantFrom<Ratios>([0.8, 0.1, 0.1], [0.7, 0.1, 0.2], [0.5, 0, 0.5]);
  return holds(
    200,
    fc.property(
      pairs,
      fc.constantFrom(...rules),
      ratios,
      fc.nat(9),
      (found, rule, ratios, seed) => {
        const rows = rowsOf(found);
        let labels: Uint8Array;
        try {
          labels = splitRows(rows, { rule, ratios, seed }).labels;
        } catch (error) {
          // Times that are all the same cannot be parted.
          assert(error instanceof DataError && rule === "global-time");
          return;
        }
        assertEquals(labels.length, found.length);
        assert(labels.every((label) => label <= 2));
        if (rule === "global-time") {
          const ofTime = Map.groupBy(labels.keys(), (row) => rows.times![row]);
          for (const [, same] of ofTime) assertEquals(new Set(same.map((n) => labels[n])).size, 1);
          return;
        }
        for (let user = 0; user < users; user++) {
          const own = labels.subarray(rows.start[user], rows.start[user + 1]);
          assert(own.length === 0 || own.includes(0), `user ${user} has no train row`);
          if (rule !== "random") assertEquals(own, own.toSorted());
        }
      },
    ),
  );
});

/** Ids of any kind: with commas, quotes, line ends and spaces, and in any script. */
const ids = fc.uniqueArray(
  fc.oneof(
    fc.string({ minLength: 1, maxLength: 9, unit: "binary" }),
    fc.string({
      minLength: 1,
      maxLength: 6,
      unit: fc.constantFrom(...Array.from(',"\r\n\t;| a1é')),
    }),
  ),
  { minLength: 1, maxLength: 12 },
);

Deno.test("ids of any kind survive users.csv and items.csv, and find their index", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/items.csv`;
  await holds(
    100,
    fc.asyncProperty(ids, async (own) => {
      await writeIds(path, "itemID", own);
      const found = await readIds(path, "itemID");
      assertEquals(found, own);
      const identifiers = ownIdentifiers(found, path);
      own.forEach((id, index) => assertEquals(identifiers.indexOf(id), index));
    }),
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("ids in quotes survive lists of lines and of commas", () =>
  holds(
    100,
    fc.property(ids, (own) => {
      const quoted = own.map((id) => `"${id.replaceAll('"', '""')}"`);
      // Lines with nothing on them are no ids.
      const visible = own.filter((id) => id.trim() !== "");
      if (visible.length > 0) {
        assertEquals(parseIdLines(`${quoted.join("\n")}\n`, "a").map(({ id }) => id), visible);
      }
      assertEquals(parseIdRow(quoted.join(","), "a").map(({ id }) => id), own);
    }),
  ));
