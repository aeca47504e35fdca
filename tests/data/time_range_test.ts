import { assertEquals } from "@std/assert";
import { readTimeRange } from "../../data/time_range.ts";

async function rangeOf(header: string, ...rows: string[]) {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, [header, ...rows, ""].join("\n"));
    return await readTimeRange(path);
  } finally {
    await Deno.remove(path);
  }
}

const header = "userID\titemID\ttimestamp\tx_label";

Deno.test("readTimeRange() tells the first and the last time, in any unit and form", async () => {
  const expected = { first: 1_400_000_000, last: 1_500_000_000, areDates: true, without: 1 };
  assertEquals(
    await rangeOf(header, "0\t0\t1500000000\t0", "0\t1\t\t0", "1\t0\t1400000000.0\t1"),
    expected,
  );
  assertEquals(
    await rangeOf(header, "0\t0\t1500000000000\t0", "0\t1\t\t0", "1\t0\t1400000000000\t1"),
    expected,
  );
  const dates = await rangeOf("userID\titemID\tx_label\tdate", "0\t0\t0\t2014-05-13", "0\t1\t0\t");
  assertEquals(dates, { first: 1_399_939_200, last: 1_399_939_200, areDates: true, without: 1 });
});

Deno.test("readTimeRange() takes no mere order for dates, and finds none where there are none", async () => {
  const order = await rangeOf(header, "0\t0\t1\t0", "0\t1\t12\t0");
  assertEquals(order, { first: 1, last: 12, areDates: false, without: 0 });
  assertEquals(await rangeOf("userID\titemID\tx_label", "0\t0\t0"), undefined);
  assertEquals(await rangeOf(header, "0\t0\t\t0"), undefined);
});
