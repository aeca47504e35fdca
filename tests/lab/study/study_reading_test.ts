import { assertEquals } from "@std/assert";
import { readingOf, segmentReading } from "../../../lab/study/study_reading.ts";
import type { StudyRow } from "../../../lab/study/study_table.ts";

/** A row; the first one is the baseline. */
const row = (variant: string, mean: number, more: Partial<StudyRow> = {}): StudyRow => ({
  ...{ dataset: "sample", variant, series: null, x: null, model: "bpr", has_chance: true },
  ...{ metric: "recall@20" },
  ...{ runs: 3, failed: 0, improving: 0, mean, deviation: 0.01, baseline: "a", difference: null },
  ...{ test_mean: mean - 0.1, test_deviation: 0.01, seconds_per_epoch: 1 },
  ...more,
});
const baseline = (mean: number, more: Partial<StudyRow> = {}) =>
  row("a", mean, { baseline: null, ...more });

Deno.test("readingOf() says which is best, and by how much beside chance", () =>
  assertEquals(
    readingOf([
      baseline(0.2),
      row("b", 0.25, { difference: 0.05 }),
      row("c", 0.195, { difference: -0.005 }),
    ]),
    [
      "Best on validation recall@20 is b with 0.2500 ± 0.0100 over 3 seeds, 0.0500 above the next, a: more than chance " +
      "between seeds explains (p 0.0051).",
      "Compared with a, beyond chance between seeds: b +0.0500 (25.0 %, p 0.0072); within it: c.",
      "Test, looked at once and choosing nothing: b 0.1500, the best there too.",
    ],
  ));

Deno.test("readingOf() says which variants cannot be told from the best", () => {
  assertEquals(
    readingOf([
      baseline(0.2),
      row("b", 0.201, { difference: 0.001, test_mean: 0 }),
      row("c", 0.1, { difference: -0.1 }),
    ]),
    [
      "Best on validation recall@20 is b with 0.2010 ± 0.0100 over 3 seeds, 0.0010 above the next, a, which " +
      "chance between seeds may give as well (p 0.91). a cannot be told from it.",
      "Compared with a, beyond chance between seeds: c −0.1000 (−50.0 %, p < 0.001); within it: b.",
      "Test, looked at once and choosing nothing: b 0.0000; the best there is a, 0.1000.",
    ],
  );
  const [first, second] = readingOf([baseline(0.2), row("b", 0.201, { difference: 0.001 })]);
  assertEquals(first.endsWith("None of the variants can be told from the best."), true);
  assertEquals(second, "Compared with a, within chance between seeds: b.");
});

Deno.test("readingOf() takes models without training as the same with every seed", () => {
  const fixed = {
    model: "gfcf",
    has_chance: false,
    runs: 1,
    deviation: null,
    test_deviation: null,
  };
  assertEquals(readingOf([baseline(0.2, fixed), row("b", 0.3, { ...fixed, difference: 0.1 })]), [
    "Best on validation recall@20 is b with 0.3000, 0.1000 above the next, a. Neither has chance in it: they are the " +
    "same with every seed.",
    "Compared with a, without chance in any: b +0.1000 (50.0 %).",
    "Test, looked at once and choosing nothing: b 0.2000, the best there too.",
  ]);
  const [best, others] = readingOf([baseline(0.2), row("b", 0.3, { ...fixed, difference: 0.1 })]);
  assertEquals(best.endsWith("a: more than chance between seeds explains (p 0.0033)."), true, best);
  assertEquals(
    others,
    "Compared with a, beyond chance between seeds: b +0.1000 (50.0 %, p 0.0033).",
  );
});

Deno.test("readingOf() says so where there is one seed, and where runs failed or were cut short", () => {
  const one = { runs: 1, deviation: null, test_mean: null, test_deviation: null };
  assertEquals(readingOf([baseline(0.2, one), row("b", 0.3, { ...one, difference: 0.1 })]), [
    "Best on validation recall@20 is b with 0.3000, 0.1000 above the next, a. There is no deviation over seeds to " +
    "hold that against: chance isn't excluded.",
  ]);
  // Seeds that gave the same figure: chance is there, and is not known.
  const same = { deviation: 0, test_mean: null };
  assertEquals(readingOf([baseline(0.2, same), row("b", 0.3, { ...same, difference: 0.1 })]), [
    "Best on validation recall@20 is b with 0.3000 ± 0.0000 over 3 seeds, 0.1000 above the next, a. There is no " +
    "deviation over seeds to hold that against: chance isn't excluded.",
  ]);
  assertEquals(
    readingOf([
      baseline(0.2, { improving: 2, test_mean: null }),
      row("b", 0, { runs: 0, failed: 3, mean: null, deviation: null, test_mean: null }),
    ]),
    [
      "On validation recall@20, a has 0.2000 ± 0.0100 over 3 seeds.",
      "3 of 6 runs failed (b); trials.ndjson says why.",
      "2 of 3 runs were best in their last epoch: longer trainings may rank the variants differently.",
    ],
  );
  assertEquals(
    readingOf([baseline(0, { runs: 0, failed: 1, mean: null })])[0],
    "No run finished, so nothing can be said.",
  );
});

Deno.test("segmentReading() names the column in which parts of the users differ most", () => {
  const weight = (column: string, segment: string, mean: number, difference: number) => ({
    ...{ dataset: "sample", variant: "ssr", table: "gate of users", column, segment, users: 9 },
    ...{ runs: 3, mean, deviation: 0.01, difference, difference_deviation: 0.02 },
  });
  const rows = [
    weight("band 0", "few", 1, 0),
    weight("band 0", "many", 1.01, 0.01),
    weight("band 1", "few", 1, 0),
    weight("band 1", "many", 0.9, -0.1),
  ];
  assertEquals(segmentReading(rows), [
    "ssr, gate of users: most apart in band 1, 1.0000 for few and 0.9000 for many (−0.1000), more than chance " +
    "between seeds explains (p 0.026).",
  ]);
  assertEquals(
    segmentReading(rows.slice(0, 2).map((one) => ({ ...one, difference_deviation: null })))[0]
      .endsWith(", there is no deviation over seeds to hold that against."),
    true,
  );
});
