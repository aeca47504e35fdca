import { assertEquals, assertThrows } from "@std/assert";
import { divideByTime } from "../../../data/ingest/time_split.ts";
import { DataError } from "../../../errors.ts";

const times = new Float64Array([40, 10, 30, 29, 25, 24, 39]);

Deno.test("divideByTime() gives what is at a point to what comes after it, and leaves out the gap", () => {
  const at = { validFrom: 30, testFrom: 40 };
  assertEquals([...divideByTime(times, { at, gap: 0 }).labels], [2, 0, 1, 0, 0, 0, 1]);
  const { labels, points } = divideByTime(times, { at, gap: 5 });
  assertEquals([...labels], [2, 0, 1, 3, 3, 0, 1]);
  assertEquals(points, at);
});

Deno.test("divideByTime() takes points from shares of rows, and leaves the gap before the first", () => {
  const { labels, points } = divideByTime(times, { at: [4 / 7, 2 / 7, 1 / 7], gap: 1 });
  assertEquals(points, { validFrom: 30, testFrom: 40 });
  assertEquals([...labels], [2, 0, 1, 3, 0, 0, 1]);
  assertEquals(
    [...divideByTime(times, { at: [5 / 7, 0, 2 / 7], gap: 6 }).labels],
    [
      ...[2, 0, 0, 0, 0, 0, 2],
    ].map((label, n) => n === 2 ? 0 : label),
  );
});

Deno.test("divideByTime() names the rows of each split where one is empty", () => {
  const refuses = (validFrom: number, testFrom: number, gap: number, message: string) =>
    assertThrows(
      () => divideByTime(times, { at: { validFrom, testFrom }, gap }),
      DataError,
      message,
    );
  refuses(10, 30, 0, "found 0 rows before 10 for train, 4 from 10 on for validation and 3 from 30");
  refuses(31, 32, 0, "5 rows before 31 for train, 0 from 31 on for validation");
  refuses(30, 41, 0, "0 from 41 on for test; rows are of 10 to 40");
  refuses(30, 40, 20, "found 0 rows before 10 for train");
});
