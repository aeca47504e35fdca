import { assertEquals } from "@std/assert";
import { readsOf } from "../../gpu/reads.ts";

const flagged = "override accumulate: bool = false; override other: bool = false;";

const cases: [string, string, boolean | string][] = [
  ["a plain store", "y[n] = x[n];", false],
  ["a store whose index has indices", "y[order[place[n] + 1u]] = x[n];", false],
  ["a store to a field or a component", "y[n].x = 1.0; y[n + 1u].z = 2.0;", false],
  ["a comparison", "if (y[n] == 1u) { z[n] = 2u; }", true],
  ["y += x", "y[n] += x[n];", true],
  ["y on the right", "y[n] = 2.0 * y[m];", true],
  ["y as an index", "x[y[n]] = 1.0;", true],
  ["an atomic", "atomicAdd(&y[n], 1u);", true],
  ["a pointer", "add_to(&y);", true],
  ["the length of the array alone", "if (n < arrayLength(&y)) { y[n] = 1.0; }", false],
  ["a name that y is a part of", "let my = y_part[n] + uniforms.y;", false],
  ["a field of a struct", "struct Uniforms { y: u32 }", false],
  ["a condition", `${flagged} if (accumulate) { v += y[n]; } y[n] = v;`, "accumulate"],
  [
    "a condition and its opposite",
    `${flagged} if (accumulate) { y[n] += v; } else { y[n] = v; }`,
    "accumulate",
  ],
  ["a loop in a condition", `${flagged} if (accumulate) { for (;;) { v += y[n]; } }`, "accumulate"],
  ["what follows a condition", `${flagged} if (accumulate) { v = 1.0; } v += y[n];`, true],
  ["the branch of otherwise", `${flagged} if (accumulate) { v = 1.0; } else { v = y[n]; }`, true],
  [
    "two conditions",
    `${flagged} if (accumulate) { v += y[n]; } if (other) { v += y[n]; }`,
    true,
  ],
  ["a condition of the step", "if (is_set) { v += y[n]; }", true],
  [
    "a condition that is met by default",
    "override adds: bool = true; if (adds) { v += y[n]; }",
    true,
  ],
];

for (const [what, code, expected] of cases) {
  Deno.test(`readsOf() finds ${expected} for ${what}`, () => {
    assertEquals(readsOf(code, "y"), expected);
  });
}
