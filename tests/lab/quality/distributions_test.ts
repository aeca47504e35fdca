import { assertEquals } from "@std/assert";
import { degreeBins, timeBins } from "../../../lab/quality/distributions.ts";

Deno.test("degreeBins() counts by powers of two, from the first that there is", () => {
  assertEquals(degreeBins(Uint32Array.of(2, 3, 9, 0)), [
    { from: 0, to: 0, count: 1 },
    { from: 1, to: 1, count: 0 },
    { from: 2, to: 3, count: 2 },
    { from: 4, to: 7, count: 0 },
    { from: 8, to: 15, count: 1 },
  ]);
  assertEquals(degreeBins(Uint32Array.of(4)), [{ from: 4, to: 7, count: 1 }]);
});

Deno.test("timeBins() counts the rows of each split, the last time in the last interval", () => {
  const [train, valid, test] = [[0, 0.5, Infinity], [1], [40]].map((times) =>
    Float64Array.from(times)
  );
  const { ends, rows, areDates } = timeBins({ train, valid, test })!;
  assertEquals([ends.length, ends[0], ends.at(-1), areDates], [41, 0, 40, false]);
  assertEquals([rows.train[0], rows.valid[1], rows.test[39]], [2, 1, 1]);
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  assertEquals([rows.train, rows.valid, rows.test].map(sum), [2, 1, 1]);
});

Deno.test("timeBins() has none where there are no times, or one alone", () => {
  const none = new Float64Array();
  assertEquals(timeBins({ train: Float64Array.of(Infinity), valid: none, test: none }), undefined);
  assertEquals(timeBins({ train: Float64Array.of(7, 7), valid: none, test: none }), undefined);
});
