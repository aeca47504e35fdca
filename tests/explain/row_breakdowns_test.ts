import { assertEquals, assertThrows } from "@std/assert";
import { BandpassError } from "../../errors.ts";
import { assertSum, sumOfScores } from "../../explain/parted_score.ts";
import { type PartedRow, rowBreakdowns } from "../../explain/row_breakdowns.ts";

const row = (...parts: [string, number[]][]): PartedRow => ({
  whole: Float64Array.from(parts[0][1], (_, c) => parts.reduce((sum, [, row]) => sum + row[c], 0)),
  parts: parts.map(([name, values]) => ({ name, row: Float64Array.from(values) })),
});

const user = row(["low", [1, 2, 0]], ["high", [0, 1, 4]]);
const item = row(["low", [3, 1, 1]], ["high", [1, 0, 2]]);
const blocks = [{ name: "id", columns: 1 }, { name: "image", columns: 2 }];

Deno.test("rowBreakdowns() gives the products of parts and of blocks, as by hand", () => {
  // (1, 3, 4)·(4, 1, 3) = 4 + 3 + 12, of which columns 1 and 2 are the image's.
  assertEquals(rowBreakdowns({ by: "band", blocks }, user, item), [
    { by: "modality", parts: [{ name: "id", value: 4 }, { name: "image", value: 15 }] },
    {
      by: "band",
      parts: [
        { name: "low × low", user: "low", item: "low", value: 3 + 2 },
        { name: "low × high", user: "low", item: "high", value: 1 },
        { name: "high × low", user: "high", item: "low", value: 1 + 4 },
        { name: "high × high", user: "high", item: "high", value: 8 },
      ],
    },
    {
      by: "band and modality",
      parts: [
        { name: "id low × low", user: "low", item: "low", modality: "id", value: 3 },
        { name: "image low × low", user: "low", item: "low", modality: "image", value: 2 },
        { name: "id low × high", user: "low", item: "high", modality: "id", value: 1 },
        { name: "image low × high", user: "low", item: "high", modality: "image", value: 0 },
        { name: "id high × low", user: "high", item: "low", modality: "id", value: 0 },
        { name: "image high × low", user: "high", item: "low", modality: "image", value: 5 },
        { name: "id high × high", user: "high", item: "high", modality: "id", value: 0 },
        { name: "image high × high", user: "high", item: "high", modality: "image", value: 8 },
      ],
    },
  ]);
});

Deno.test("rowBreakdowns() adds up blocks of one modality, and names the side that has parts", () => {
  const repeated = [0, 1, 2].map((n) => ({ name: n === 1 ? "image" : "id", columns: 1 }));
  const [modality] = rowBreakdowns({ by: "band", blocks: repeated }, user, item);
  assertEquals(modality.parts, [{ name: "id", value: 4 + 12 }, { name: "image", value: 3 }]);
  const whole = row(["whole", [1, 1, 1]]);
  const [byItem] = rowBreakdowns({ by: "view" }, whole, item);
  assertEquals(byItem.parts, [
    { name: "low", item: "low", value: 5 },
    { name: "high", item: "high", value: 3 },
  ]);
  const [byUser] = rowBreakdowns({ by: "view" }, user, whole, 2);
  assertEquals(byUser.parts.map(({ name, value }) => [name, value]), [["low", 6], ["high", 10]]);
  assertEquals(rowBreakdowns({ by: "view" }, whole, whole), []);
});

Deno.test("rowBreakdowns() refuses parts that do not sum to their row", () => {
  const wrong = { ...user, whole: Float64Array.of(1, 3, 4.001) };
  assertThrows(
    () => rowBreakdowns({ by: "band", blocks }, wrong, item),
    BandpassError,
    "its parts sum to 19",
  );
});

Deno.test("assertSum() takes what 10⁻⁵ of the magnitudes and rounding leave, and no more", () => {
  assertSum("parts", 1.9e-5, [1, -1]);
  assertSum("parts", 1, [0], 1);
  for (const [score, parts] of [[2.1e-5, [1, -1]], [NaN, [1]], [1, [NaN]]] as const) {
    assertThrows(() => assertSum("parts", score, parts), BandpassError, "Cannot explain");
  }
});

Deno.test("sumOfScores() adds up scores part by part, and those of members", () => {
  const score = (value: number) => ({
    score: value,
    breakdowns: [{ by: "filter", parts: [{ name: "a", value }] }] as const,
    own: { rule: "history", isExact: true, base: value, values: Float64Array.of(value) } as const,
    members: [{
      ...{ member: "m", model: "gfcf", weight: 1, score: value, mean: 5, deviation: 2 },
      breakdowns: [{ by: "filter", parts: [{ name: "b", value: 2 * value }] }] as const,
    }],
  });
  const { own, members, ...rest } = sumOfScores([score(1), score(3)], 0.5);
  assertEquals(rest, {
    score: 2,
    breakdowns: [{ by: "filter", parts: [{ name: "a", value: 2 }] }],
  });
  assertEquals([own.base, [...own.values]], [2, [2]]);
  assertEquals(members?.[0].score, 2);
  assertEquals(members?.[0].mean, 5);
  assertEquals(members?.[0].breakdowns[0].parts, [{ name: "b", value: 4 }]);
});
