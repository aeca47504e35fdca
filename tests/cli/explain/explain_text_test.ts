import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { explanationsSvg, similarSvg } from "../../../cli/explain/explain_svg.ts";
import { explanationsText, wrapped } from "../../../cli/explain/explain_text.ts";
import { chartsOf, ownChart, signed } from "../../../cli/explain/shown_parts.ts";
import { similarText } from "../../../cli/explain/similar_text.ts";
import type { Breakdown, Explanation, SimilarItems } from "../../../explain/explanation.ts";
import { printable } from "../../../errors.ts";
import { assertEach } from "../../assert_each.ts";

const hostile = '<script>alert("1")</script>&\x07\u202e\ufffe';
const names = () => hostile;

/** Whether a text holds nothing that a terminal obeys. */
const isHarmless = (text: string) => printable(text) === text;

const bands = ["low", "high"];
const pairs = (modality?: string) =>
  bands.flatMap((user, u) =>
    bands.map((item, i) => ({
      ...{ name: `${user} × ${item}`, user, item, value: u - 2 * i },
      ...modality !== undefined && { modality },
    }))
  );
const breakdowns: Breakdown[] = [
  { by: "modality", parts: [{ name: "id", value: 1 }, { name: "image", value: -0.5 }] },
  { by: "band", parts: pairs() },
  { by: "band and modality", parts: [...pairs("id"), ...pairs("image")] },
];
const why: Explanation = {
  ...{ user: "ann", item: "B1", score: 0.5, basis: "model", taken: 2, breakdowns },
  own: {
    ...{ isExact: false, rule: "fold-in", base: 0.25, remainder: 0.125 },
    parts: [{ item: "B2", value: 1 }, { item: "B3", value: -0.5 }],
    others: { count: 7, value: 0.25 },
  },
};
const blended: Explanation = {
  ...why,
  members: [{
    ...{ member: hostile, model: "ssr", weight: 0.5, score: 1, mean: 0, deviation: 1 },
    breakdowns,
  }],
};
const similar: SimilarItems = {
  ...{ item: "B1", measure: "cosine" },
  items: [{ item: "B2", score: 0.5, breakdowns }, { item: "B3", score: 0, breakdowns: [] }],
  lists: [{ by: "modality", name: "id", items: [{ item: "B3", score: 0.25 }] }],
};

Deno.test("explanationsText() shows bars, a matrix of bands, and the items taken", () => {
  const lines = explanationsText([why], () => undefined, 80).split("\n");
  assertEquals(lines.slice(0, 3), ["For ann:", "", "B1  score 0.5, taken by 2 users"]);
  assertEquals(lines.slice(lines.indexOf("  By modality")), [
    "  By modality",
    "  id      +1.00  ████████████████",
    "  image  -0.500  ░░░░░░░░",
    "",
    "  By band: the user's down, the item's across",
    "          low   high",
    "  low       0  -2.00",
    "  high  +1.00  -1.00",
    "",
    "  By what ann took (approximate: by the row that they give a new user)",
    "  B2                       +1.00  ████████████████",
    "  B3                      -0.500  ░░░░░░░░",
    "  7 more                  +0.250  ████",
    "  the same for everybody  +0.250  ████",
    "  not told by items       +0.125  ██",
    "",
  ]);
});

Deno.test("explanations stay within the width, and obey nothing in names", () => {
  for (const width of [40, 80, 120]) {
    const text = explanationsText([blended, why], names, width);
    assert(isHarmless(text));
    const sentences = text.split("\n").filter((line) =>
      /^ {0,2}\S/.test(line) && / [a-z]+ /.test(line)
    );
    assertEach(
      sentences.slice(0, 3),
      (line) => line.length <= Math.max(width, 60),
      "narrow",
      "lines",
    );
    assert(isHarmless(similarText(similar, names, width)));
  }
  assertStringIncludes(explanationsText([blended], names, 80), "its own score:");
  assertEquals(explanationsText([], names, 80), "No items are left to recommend\n");
});

Deno.test("similarText() lists items, and those of a part alone", () => {
  assertEquals(similarText(similar, () => undefined, 100).split("\n"), [
    "Similar to B1, by the cosine of their rows:",
    "",
    "item  cosine  most by modality      most by band",
    "B2     0.500  interactions (100 %)  high × low (100 %)",
    "B3      0.00",
    "",
    "By id alone: B3 0.250",
    "",
  ]);
});

Deno.test("pictures are well-formed, whatever ids and names hold", () => {
  const source = { run: hostile, model: "ssr", dataset: hostile };
  const empty = { ...why, breakdowns: [], own: undefined };
  for (
    const svg of [
      explanationsSvg(source, [blended, why, empty], names),
      explanationsSvg(source, [], names),
      similarSvg(source, similar, names),
    ]
  ) {
    assert(!svg.includes("<script") && !/NaN|Infinity|undefined/.test(svg), svg);
    assert(isHarmless(svg) && !svg.includes("\ufffe"));
    for (const name of ["svg", "text", "title", "style"]) {
      const opened = svg.match(new RegExp(`<${name}[ >]`, "g"))?.length ?? 0;
      assertEquals(svg.match(new RegExp(`</${name}>`, "g"))?.length ?? 0, opened, name);
    }
    assert(!/&(?!amp;|lt;|quot;)/.test(svg));
    assertStringIncludes(svg, "prefers-color-scheme:dark");
  }
});

Deno.test("chartsOf() makes a matrix of pairs, and one for each modality", () => {
  const [, band, both] = breakdowns;
  const values = [[0, -2], [1, -1]];
  const heading = "By band: the user's down, the item's across";
  assertEquals(chartsOf(band), [{ heading, rows: bands, columns: bands, values }]);
  assertEquals(chartsOf(both).map(({ heading }) => heading.split(":")[0]), [
    "By band of id",
    "By band of image",
  ]);
});

Deno.test("ownChart() shows no rounding, and nothing where there are no items", () => {
  assertEquals(ownChart({ ...why, own: undefined }, names), undefined);
  const own = {
    ...why.own!,
    isExact: true,
    remainder: 1e-6,
    base: 0,
    others: { count: 0, value: 0 },
  };
  assertEquals(ownChart({ ...why, own }, () => undefined)?.bars.length, 2);
});

Deno.test("signed() has three figures and a sign", () => {
  const cases: [number, string][] = [[0, "0"], [1, "+1.00"], [-12.345, "-12.3"], [
    1.5e-9,
    "+1.5e-9",
  ]];
  for (const [value, text] of cases) assertEquals(signed(value), text);
});

Deno.test("wrapped() keeps words whole", () => {
  assertEquals(wrapped("one two three", 8), "one two\nthree\n");
  assertEquals(wrapped("wonderful", 4, "> "), "> wonderful\n");
});

Deno.test("explanationsSvg() is as wide as its widest matrix", () => {
  const names = Array.from({ length: 12 }, (_, n) => `band ${n}`);
  const parts = names.flatMap((user) =>
    names.map((item) => ({ name: `${user} × ${item}`, user, item, value: 1 }))
  );
  const source = { run: "runs/r", model: "ssr", dataset: "d" };
  const svg = explanationsSvg(source, [{ ...why, breakdowns: [{ by: "band", parts }] }], () => "");
  const [, width] = /<svg [^>]*width="(\d+)"/.exec(svg)!;
  const ends = Array.from(
    svg.matchAll(/<rect class="plus cell" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g),
    ([, x, length]) => Number(x) + Number(length),
  );
  assertEquals(ends.length, 144);
  assert(Math.max(...ends) < Number(width), `${Math.max(...ends)} of ${width}`);
});
