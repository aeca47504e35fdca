import { assertEquals, assertNotEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type Ratios, splitRows, type SplitRule } from "../../../data/ingest/split.ts";
import type { UserRows } from "../../../data/ingest/user_rows.ts";
import { splitOfRows } from "../../../data/sample.ts";
import { DataError } from "../../../errors.ts";

const mmrec: Ratios = [0.8, 0.1, 0.1];

function userWith(rows: number): UserRows {
  const times = Float64Array.from({ length: rows }, (_, n) => n);
  return { start: new Uint32Array([0, rows]), items: new Uint32Array(rows), times };
}

function split(rows: UserRows, rule: SplitRule, ratios: Ratios = mmrec, seed = 0): number[] {
  return [...splitRows(rows, { rule, ratios, seed }).labels];
}

function counts(labels: readonly number[]): number[] {
  return [0, 1, 2].map((label) => labels.filter((found) => found === label).length);
}

Deno.test("splitRows() holds out by MMRec's rule for every number of rows", () => {
  const names = { train: 0, valid: 1, test: 2 };
  for (let rows = 3; rows < 500; rows++) {
    const expected = counts(splitOfRows(rows).map((name) => names[name]));
    assertEquals(counts(split(userWith(rows), "random")), expected, `${rows} rows`);
    assertEquals(counts(split(userWith(rows), "user-time")), expected, `${rows} rows`);
  }
});

Deno.test("splitRows() keeps a train row of users with one row, and tests those with two", () => {
  for (const rule of ["random", "user-time", "leave-last"] as const) {
    assertEquals(counts(split(userWith(1), rule)), [1, 0, 0]);
    assertEquals(counts(split(userWith(2), rule)), [1, 0, 1]);
  }
});

Deno.test("splitRows() takes other shares, without validation too", () => {
  assertEquals(counts(split(userWith(20), "random", [0.7, 0.1, 0.2])), [14, 2, 4]);
  assertEquals(counts(split(userWith(10), "random", [0.7, 0.1, 0.2])), [7, 1, 2]);
  assertEquals(counts(split(userWith(20), "random", [0.8, 0, 0.2])), [16, 0, 4]);
  assertEquals(counts(split(userWith(3), "random", [0.8, 0, 0.2])), [2, 0, 1]);
  assertEquals(counts(split(userWith(2), "random", [0.8, 0.2, 0])), [1, 1, 0]);
});

Deno.test("splitRows() by random order follows from the seed alone, and reaches all places", () => {
  const rows = userWith(40);
  assertEquals(split(rows, "random"), split(rows, "random"));
  assertNotEquals(split(rows, "random"), split(rows, "random", mmrec, 1));
  const held = new Set<number>();
  for (let seed = 0; seed < 200; seed++) {
    split(userWith(5), "random", mmrec, seed).forEach((label, n) => label === 2 && held.add(n));
  }
  assertEquals(held.size, 5);
});

Deno.test("splitRows() by time gives the last rows of each user to test", () => {
  const rows = { start: new Uint32Array([0, 4, 14]), items: new Uint32Array(14) };
  assertEquals(split(rows, "user-time"), [0, 0, 1, 2, ...Array(8).fill(0), 1, 2]);
  assertEquals(split(rows, "leave-last"), [0, 0, 1, 2, ...Array(8).fill(0), 1, 2]);
  assertEquals(split(userWith(20), "leave-last"), [...Array(18).fill(0), 1, 2]);
});

Deno.test("splitRows() leaves the last N rows of each user for test, and N for validation", () => {
  const last = (rows: number) =>
    counts([
      ...splitRows(userWith(rows), { rule: "leave-last", ratios: mmrec, seed: 0, last: 3 }).labels,
    ]);
  assertEquals([1, 2, 4, 6, 7, 20].map(last), [
    [1, 0, 0],
    [1, 0, 1],
    [1, 0, 3],
    [1, 2, 3],
    [1, 3, 3],
    [14, 3, 3],
  ]);
});

Deno.test("splitRows() by global time keeps rows of the same time together", () => {
  const at = (...times: number[]): UserRows => ({
    start: new Uint32Array([0, times.length]),
    items: new Uint32Array(times.length),
    times: new Float64Array(times),
  });
  assertEquals(split(at(9, 0, 1, 2, 3, 8, 4, 5, 6, 7), "global-time"), [
    2,
    0,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    0,
  ]);
  assertEquals(split(at(0, 1, 2, 3, 4, 5, 6, 8, 8, 9), "global-time"), [
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    1,
    1,
    2,
  ]);
  const error = assertThrows(() => split(at(5, 5, 5), "global-time"), DataError) as DataError;
  assertStringIncludes(error.message, "found 0 rows before 5 for train");
});
