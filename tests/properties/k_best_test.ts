import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { kBest } from "../../evaluation/k_best.ts";

Deno.test("kBest() gives what sorting gives, ties by index, and no NaN", () => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(NaN, -0, -Infinity));
  fc.assert(fc.property(fc.array(value), fc.nat(12), fc.boolean(), (values, k, isSome) => {
    const candidates = Uint32Array.from(values.keys()).filter((n) => !isSome || n % 3 !== 1);
    const expected = [...candidates].filter((n) => values[n] > -Infinity)
      .sort((a, b) => values[b] - values[a] || a - b).slice(0, k);
    const found = kBest(values, k, { candidates: isSome ? candidates : undefined });
    assertEquals([...found], expected);
  }));
});
