import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { resolveEpochs } from "../../../data/ingest/epoch_times.ts";
import { TimeColumn } from "../../../data/ingest/time_column.ts";

function read(texts: readonly string[]) {
  const times = new TimeColumn();
  const encoder = new TextEncoder();
  texts.forEach((text, n) => {
    const bytes = encoder.encode(text);
    const [start, end] = [new Int32Array([0]), new Int32Array([bytes.length])];
    assertEquals(times.read({ bytes, start, end, line: n + 2 }, 0), undefined, text);
    times.keep(n);
  });
  return times.finish(texts.length);
}

Deno.test("TimeColumn keeps the order of times that differ by less than a number can hold", () => {
  for (
    const times of [
      ["1700000000000000300", "1700000000000000200", "1700000000000000100", "1700000000000000200"],
      ["1700000000.0000003", "1700000000.0000002", "1700000000.0000001", "1700000000.0000002"],
      ["3", "2", "1", "2"].map((digit) => `2023-11-14T22:13:20.000000${digit}00Z`),
      ["-1.00000000000000001", "-1.00000000000000002", "-1.00000000000000003"],
    ]
  ) {
    const { seconds: [third, second, first, again = second] } = read(times);
    assert(first < second && second < third, times.join());
    assertEquals(again, second);
    assert(Math.abs(third - first) < 1e-5);
  }
});

Deno.test("TimeColumn says where some times have a zone and others have none", () => {
  const times = [
    "2017-05-01T12:00:00+02:00",
    "2017-05-01T12:00:00",
    "2017-05-01T12:00:00Z",
    "2017-05-02",
  ];
  const { remarks } = read(times);
  assertStringIncludes(String(remarks[0]), "2 rows without, the first on line 3, read as UTC");
  for (const alike of [times.slice(0, 1), times.slice(1, 2), ["2017-05-01 12:00 UTC", times[0]]]) {
    assertEquals(read(alike).remarks, []);
  }
});

Deno.test("TimeColumn gives fractions of seconds as they are", () => {
  assertEquals([...read(["1700000000.25", "1700000000.125000000001"]).seconds], [
    1_700_000_000.25,
    1_700_000_000.125,
  ]);
});

Deno.test("resolveEpochs() reads rows in another unit by that unit, and says so", () => {
  for (const [most, few] of [[1e3, 1], [1, 1e3], [1e9, 1e6]]) {
    const seconds = Array.from({ length: 50 }, (_, n) => 1.7e9 + n);
    const times = Float64Array.from(seconds, (time, n) => time * (n % 10 === 3 ? few : most));
    const { remarks } = resolveEpochs(times);
    assertEquals([...times], seconds);
    assertStringIncludes(remarks.join(), "but 5 rows are in");
  }
});

Deno.test("resolveEpochs() reads dates of eight digits as dates, and says so", () => {
  const times = new Float64Array([20240229, 19991231, Infinity, 20240301]);
  const { kind, remarks } = resolveEpochs(times);
  assertEquals(kind, "dates of eight digits");
  assertEquals(remarks, [
    "Times such as 20240229 are read as dates (2024-02-29), and not as Unix time",
  ]);
  const days = ["2024-02-29", "1999-12-31", "2024-03-01"].map((day) => Date.parse(day) / 1000);
  assertEquals([...times], [days[0], days[1], Infinity, days[2]]);
});

Deno.test("resolveEpochs() reads times of twelve and fourteen digits as such", () => {
  const seconds = new Float64Array([20240229235959, 20240229, Infinity, 20240301000000]);
  const { kind, remarks } = resolveEpochs(seconds);
  assertEquals(kind, "times of fourteen digits");
  assertEquals(remarks, [
    "Times such as 20240229235959 are read as dates (2024-02-29T23:59:59Z), and not as Unix time",
  ]);
  const start = Date.parse("2024-02-29") / 1000;
  assertEquals([...seconds], [start + 86_399, start, Infinity, start + 86_400]);
  const minutes = new Float64Array([202402291230, 198001010000]);
  assertEquals(resolveEpochs(minutes).kind, "times of twelve digits");
  assertEquals([...minutes], [start + 45_000, Date.parse("1980-01-01") / 1000]);
  // No clock has these.
  for (const value of [20240229240000, 20240229126000, 202402301200, 20240229.5]) {
    assertEquals(resolveEpochs(new Float64Array([value])).remarks, [], `${value}`);
  }
});

Deno.test("resolveEpochs() says that it reads dates of eight digits as seconds where some are none", () => {
  const times = new Float64Array([20240229, 20230229, 20240301]);
  const { kind, remarks } = resolveEpochs(times);
  assertEquals(kind, "epoch seconds");
  assertEquals([...times], [20240229, 20230229, 20240301]);
  assertEquals(remarks, [
    "Times such as 20240229 are read as Unix time, and not as dates (2024-02-29): 1 row cannot be " +
    "read as one, such as 20230229. Correct it if they are dates",
  ]);
  // Milliseconds, and numbers that only stand in order.
  assertEquals(
    resolveEpochs(new Float64Array([20240229, 1.7e12, 1.7e12])).kind,
    "epoch milliseconds",
  );
  assertEquals(resolveEpochs(new Float64Array([20241301, 19, 20240101])).remarks, []);
});

Deno.test("resolveEpochs() reads rows of before 1970 in another unit", () => {
  const times = new Float64Array([-1e9, -1.1e9, -1.2e9, -1.3e12]);
  assertStringIncludes(resolveEpochs(times).remarks.join(), "but 1 row is in milliseconds");
  assertEquals([...times], [-1e9, -1.1e9, -1.2e9, -1.3e9]);
});

Deno.test("resolveEpochs() leaves small numbers, absent times and years long past alone", () => {
  const small = new Float64Array([5e5, 500, 4e5, 6e5, Infinity]);
  assertEquals(resolveEpochs(small).remarks, []);
  assertEquals([...small], [5e5, 500, 4e5, 6e5, Infinity]);
  const past = new Float64Array([1.7e9, 1.6e9, 1.5e9, -1e9, 0, 86_400]);
  assertEquals(resolveEpochs(past).remarks, []);
  assertEquals([...past].slice(3), [-1e9, 0, 86_400]);
});
