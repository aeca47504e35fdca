import { assertEquals } from "@std/assert";
import { readPoint, readSpan } from "../../../data/ingest/given_time.ts";
import { dateText } from "../../../data/ingest/date_text.ts";

Deno.test("readPoint() reads dates, times and epochs in any unit", () => {
  assertEquals(readPoint("2024-05-01"), 1_714_521_600);
  assertEquals(readPoint(" 2024-05-01T02:00:00+02:00 "), 1_714_521_600);
  for (const zeros of [0, 3, 6, 9]) {
    assertEquals(readPoint(`1714521600${"0".repeat(zeros)}`), 1_714_521_600);
  }
  assertEquals(readPoint("20240501"), 1_714_521_600);
  assertEquals(readPoint("12"), 12);
  for (const text of ["", "May", "2024-02-30", "1e999"]) {
    assertEquals(readPoint(text), undefined, text);
  }
});

Deno.test("readSpan() reads a number and a unit", () => {
  assertEquals(
    ["90s", "5m", "1.5h", "7d", "2w"].map(readSpan),
    [90, 300, 5400, 604_800, 1_209_600],
  );
  for (const text of ["", "7", "d", "0d", "-1d", "7 days", "1e3d"]) {
    assertEquals(readSpan(text), undefined, text);
  }
});

Deno.test("dateText() gives dates, times of day, and numbers that are neither", () => {
  assertEquals(
    [1_714_521_600, 1_714_521_601, 1_714_521_600.5, 12, -5].map(dateText),
    ["2024-05-01", "2024-05-01T00:00:01Z", "2024-05-01T00:00:00.500Z", "12", "-5"],
  );
});
