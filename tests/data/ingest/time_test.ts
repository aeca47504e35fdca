import { assertEquals } from "@std/assert";
import { epochsPerSecond } from "../../../data/ingest/epoch_times.ts";
import { type ParsedTime, parseTime } from "../../../data/ingest/time.ts";

function read(text: string): ParsedTime {
  const time: ParsedTime = { kind: undefined, value: 0, rest: 0 };
  const bytes = new TextEncoder().encode(`"${text}"`);
  parseTime(bytes, 1, bytes.length - 1, time);
  return time;
}

Deno.test("parseTime() reads epochs, negative ones and fractions", () => {
  for (
    const [text, value] of [
      ["1400000000", 1_400_000_000],
      ["-86400", -86400],
      ["0", 0],
      ["1400000000.25", 1_400_000_000.25],
      ["1.4e9", 1_400_000_000],
    ] as const
  ) assertEquals(read(text), { kind: "epoch", value, rest: 0 }, text);
});

Deno.test("parseTime() reads ISO 8601, in UTC without a zone", () => {
  for (
    const [text, date] of [
      ["2014-05-31", "2014-05-31T00:00:00Z"],
      ["2014-05-31 12:30", "2014-05-31T12:30:00Z"],
      ["2014-05-31T12:30:15.250Z", "2014-05-31T12:30:15.250Z"],
      ["2014-05-31 12:30:15 UTC", "2014-05-31T12:30:15Z"],
      ["2014-05-31T12:30:15+02:00", "2014-05-31T10:30:15Z"],
      ["2014-05-31T12:30:15-0530", "2014-05-31T18:00:15Z"],
      ["2014-05-31T12:30:15.5+14:00", "2014-05-30T22:30:15.500Z"],
      ["1965-01-01", "1965-01-01T00:00:00Z"],
      ["2012-02-29", "2012-02-29T00:00:00Z"],
    ]
  ) {
    assertEquals(read(text), {
      kind: "ISO 8601",
      value: Date.parse(date) / 1000,
      rest: 0,
      hasZone: /Z|UTC|\d[+-]\d\d:?\d\d$/.test(text),
    }, text);
  }
});

Deno.test("parseTime() takes nothing else for a time", () => {
  for (
    const text of [
      ...["", "-", "yesterday", "09 13, 2009", "2014-02-30", "2014-13-01", "12:30", "nan"],
      ...["2014-05-31T12:30:15+24:00", "2014-05-31T12:30:15-0260", "2014-05-31 12:30+99"],
    ]
  ) {
    assertEquals(read(text).kind, undefined, text);
  }
});

Deno.test("epochsPerSecond() tells the unit from the median, whatever outliers say", () => {
  const around = (unit: number) => Float64Array.from({ length: 999 }, (_, n) => unit * (1.4e9 + n));
  for (const unit of [1, 1e3, 1e6, 1e9]) assertEquals(epochsPerSecond(around(unit)), unit);
  assertEquals(epochsPerSecond(new Float64Array([1.4e9, 1.4e12, 1.5e9, Infinity])), 1);
  assertEquals(epochsPerSecond(new Float64Array([-3e12, -2e12, -1e12])), 1e3);
  assertEquals(epochsPerSecond(new Float64Array(0)), 1);
});
