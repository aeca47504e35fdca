import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { combinations, leftToSearch, searchSettings } from "../../models/search.ts";
import { resolveSettings } from "../../models/settings.ts";

Deno.test("combinations() vary the last setting fastest, and are one empty one of none", () => {
  assertEquals(combinations({ a: [1, 2], b: ["x", "y"] }), [
    { a: 1, b: "x" },
    { a: 1, b: "y" },
    { a: 2, b: "x" },
    { a: 2, b: "y" },
  ]);
  assertEquals(combinations({}), [{}]);
});

const specs = {
  ...searchSettings,
  alpha: { type: "number", default: 0.3, searched: true, description: "Weight" },
  beta: { type: "number", default: 0.5, searched: true, description: "Exponent" },
  entries: { type: "integer", default: 9, description: "Bound" },
} as const;

const left = (given: Record<string, unknown>, hasPreset = false) =>
  leftToSearch(specs, resolveSettings(specs, given), given, hasPreset);

Deno.test("leftToSearch() leaves all that is searched where none of it is given", () => {
  assertEquals(left({}), { search: "valid", entries: 9 });
  assertEquals(left({ entries: 4 }), { search: "valid", entries: 4 });
});

Deno.test("leftToSearch() leaves nothing where a searched setting or a preset is given, or none is asked for", () => {
  const none = { search: "none", alpha: 0.3, beta: 0.5, entries: 9 };
  assertEquals(left({ alpha: 1 }), { ...none, alpha: 1 });
  assertEquals(left({}, true), none);
  assertEquals(left({ search: "none" }), none);
});

Deno.test("leftToSearch() keeps what is given beside a search that is asked for", () => {
  assertEquals(left({ search: "valid", alpha: 1 }), { search: "valid", alpha: 1, entries: 9 });
  assertEquals(left({ search: "valid" }, true), { search: "valid", entries: 9 });
  // Once more, it stays as it is.
  const once = left({ search: "valid", alpha: 1 });
  assertEquals(left({ ...once }), once);
});

Deno.test("leftToSearch() refuses a search that has nothing left to choose", () => {
  assertThrows(
    () => left({ search: "valid", alpha: 1, beta: 2 }),
    UsageError,
    'Cannot search for settings: "alpha", "beta" are all given',
  );
});

Deno.test("leftToSearch() changes no settings of a model that has no search", () => {
  const { entries } = specs;
  assertEquals(leftToSearch({ entries }, { entries: 9 }, {}, false), { entries: 9 });
});
