import { assert, assertEquals } from "@std/assert";
import {
  fallingScores,
  recommendationHeader,
  recommendationLines,
} from "../../../cli/common/recommendation_format.ts";
import { trecWord } from "../../../evaluation/trec_word.ts";

const best = { user: 3, items: [14, 2], scores: Float32Array.of(1.5, -0.25) };

Deno.test("recommendationLines() writes each form", () => {
  assertEquals(recommendationHeader("csv"), "user,item,rank,score\n");
  assertEquals(recommendationLines("csv", best), "3,14,1,1.5\n3,2,2,-0.25\n");
  assertEquals(recommendationHeader("ndjson"), "");
  assertEquals(JSON.parse(recommendationLines("ndjson", best)), {
    user: 3,
    items: [14, 2],
    scores: [1.5, -0.25],
  });
  assertEquals(recommendationHeader("trec"), "");
  assertEquals(
    recommendationLines("trec", best),
    "3 Q0 14 1 1.5 bandpass\n3 Q0 2 2 -0.25 bandpass\n",
  );
});

Deno.test("recommendationLines() quotes what CSV would take apart", () => {
  const items = ["a,b", 'the "best"', "two\nlines", " padded", "🎧 left", "plain"];
  const lines = recommendationLines("csv", { user: "u;1", items, scores: items.map(() => 0) });
  assertEquals(
    lines,
    'u;1,"a,b",1,0\nu;1,"the ""best""",2,0\nu;1,"two\nlines",3,0\nu;1," padded",4,0\n' +
      "u;1,🎧 left,5,0\nu;1,plain,6,0\n",
  );
});

Deno.test("recommendationLines() writes nothing but NDJSON's empty list for a user without items", () => {
  const none = { user: "ann", items: [], scores: [] };
  assertEquals(recommendationLines("csv", none), "");
  assertEquals(recommendationLines("trec", none), "");
  assertEquals(recommendationLines("ndjson", none), '{"user":"ann","items":[],"scores":[]}\n');
});

Deno.test("trecWord() has no white space, and can be read back", () => {
  const odd = "a\tb\nc\u00a0d\u3000e\x1cf\x1fg\u0085h\x00i";
  for (const id of ["user 14457", "100%", "%20", odd, "🎧 left", 7]) {
    const word = trecWord(id);
    // Python's split() parts words at some control characters.
    assert(!/[\s\p{Cc}]/u.test(word), word);
    assertEquals(decodeURIComponent(word), String(id));
  }
});

Deno.test("fallingScores() keeps falling scores, and parts equal ones by a unit of their last place", () => {
  assertEquals([...fallingScores([3, 2, -1])], [3, 2, -1]);
  assertEquals([...fallingScores([])], []);
  const ulp = 2 ** -23;
  assertEquals([...fallingScores([1.5, 1.5, 1.5])], [1.5, 1.5 - ulp, 1.5 - 2 * ulp]);
  assertEquals([...fallingScores([-1.5, -1.5])], [-1.5, -1.5 - ulp]);
  // The second one pushes the third, which was smaller by less.
  assertEquals([...fallingScores([1.5, 1.5, 1.5 - ulp])], [1.5, 1.5 - ulp, 1.5 - 2 * ulp]);
  const zeros = fallingScores([0, 0, -0, 0]);
  zeros.slice(1).forEach((score, n) => assert(score < zeros[n]));
  assert(zeros[3] > -1e-44);
});
