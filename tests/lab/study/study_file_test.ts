import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../../errors.ts";
import { parseStudyFile } from "../../../lab/study/study_file.ts";
import type { Grid, Study } from "../../../lab/study/study.ts";
import type { Dataset } from "../../../data/dataset.ts";

/** Variants of a file, which depend on no dataset. */
const gridOf = (study: Study): Grid => study.gridOf({} as Dataset, {});

Deno.test("parseStudyFile() makes all combinations of the values that settings take", () => {
  const study = parseStudyFile(
    '{"model": "bpr", "vary": {"dim": [8, 16], "reg": [0, 0.1]}, "seeds": 2}',
    "mine/width.json",
  );
  assertEquals([study.name, study.model, study.seeds, study.epochs], ["width", "bpr", 2, 8]);
  assertEquals(study.axes, { x: "dim", y: "recall@20" });
  assertEquals(study.datasets, ["sample"]);
  assertEquals(gridOf(study).variants, [
    { name: "dim=8, reg=0", settings: { dim: 8, reg: 0 }, x: 8, series: "reg=0" },
    { name: "dim=8, reg=0.1", settings: { dim: 8, reg: 0.1 }, x: 8, series: "reg=0.1" },
    { name: "dim=16, reg=0", settings: { dim: 16, reg: 0 }, x: 16, series: "reg=0" },
    { name: "dim=16, reg=0.1", settings: { dim: 16, reg: 0.1 }, x: 16, series: "reg=0.1" },
  ]);
});

Deno.test("parseStudyFile() takes variants with models, settings and data of their own", () => {
  const study = parseStudyFile(
    JSON.stringify({
      question: "Why?",
      model: "smore",
      datasets: ["baby", "sports"],
      settings: { dim: 16 },
      epochs: 5,
      variants: [
        { name: "a" },
        { name: "b", model: "ssr", settings: { bands: 2 }, x: 1, series: "s" },
        { name: "c", baseline: "b", data: { noise: { snr: -3 }, bits: 4 } },
      ],
      axes: { x: "what", y: "ndcg@10" },
    }),
    "mine.json",
  );
  assertEquals(study.settings("baby", "smore"), { dim: 16 });
  assertEquals([study.question, study.epochs, study.axes.y], ["Why?", 5, "ndcg@10"]);
  assertEquals(gridOf(study).variants, [
    { name: "a", settings: {} },
    { name: "b", model: "ssr", series: "s", x: 1, settings: { bands: 2 } },
    {
      name: "c",
      baseline: "b",
      data: { noise: { snr: -3, correlation: 0 }, bits: 4 },
      settings: {},
    },
  ]);
});

Deno.test("parseStudyFile() says what is wrong, and where", () => {
  const variant = (more: unknown) => JSON.stringify({ variants: [{ name: "a", ...Object(more) }] });
  const cases: [text: string, message: RegExp, next?: RegExp][] = [
    ["{", /"x.json": it is not JSON/],
    ["[]", /the file is a list, expected an object/],
    ["{}", /has neither "variants" nor "vary"/],
    ['{"vary": {"dim": [8]}, "variants": [{"name": "a"}]}', /has both "variants" and "vary"/],
    [
      '{"vary": {"dim": []}}',
      /has a list for "dim" of its vary, expected a list of values, at least/,
    ],
    ['{"vary": {"dim": 8}}', /has 8 for "dim" of its vary, expected a list of values/],
    ['{"vary": [8]}', /the vary a list, expected an object/],
    ['{"settings": {"dim": [8]}, "vary": {"reg": [0]}}', /a list for "dim" of its settings/],
    ['{"varry": {"dim": [8]}}', /unknown key "varry"/, /"vary"/],
    ['{"seeds": 0, "vary": {"dim": [8]}}', /the seeds 0, expected an integer from 1 to 1000/],
    ['{"seeds": 1e9, "vary": {"dim": [8]}}', /the seeds 1000000000, expected an integer from 1/],
    ['{"epochs": 1.5, "vary": {"dim": [8]}}', /the epochs 1.5/],
    ['{"seeds": 1, "seeds": 2}', /"seeds" twice/],
    ['{"variants": []}', /the variants a list, expected a list of objects, at least one/],
    ['{"variants": [{}]}', /"variants" 1 of the file has no name/],
    ['{"variants": [{"name": "a"}, {"name": "a"}]}', /the variant "a" twice/],
    [variant({ baseline: "b" }), /compares the variant "a" with "b"/],
    [variant({ settings: { dim: [1] } }), /settings/],
    [variant({ data: { noise: {} } }), /has no snr/, /decibels/],
    [variant({ data: { noise: { snr: 1, correlation: 2 } } }), /correlation 2, expected a number/],
    [variant({ data: { bits: 0 } }), /bits 0, expected an integer from 1 to 16/],
    [variant({ data: { projection: 0 } }), /leaves no column/],
    [variant({ data: { modalities: [] } }), /the modalities a list/],
    [variant({ data: { shuffle: true } }), /unknown key "shuffle"/],
  ];
  for (const [text, message, next] of cases) {
    const error = assertThrows(() => parseStudyFile(text, "x.json"), DataError);
    assertEquals(message.test(error.message), true, `${text}: ${error.message}`);
    if (next) assertEquals(next.test(error.nextStep ?? ""), true, `${text}: ${error.nextStep}`);
  }
});
