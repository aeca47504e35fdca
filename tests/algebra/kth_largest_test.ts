import { assertEquals } from "@std/assert";
import { kthLargest } from "../../algebra/kth_largest.ts";
import { uniforms } from "../../algebra/random_sequence.ts";

Deno.test("kthLargest() finds what a sort finds, among ties too", () => {
  for (const length of [1, 2, 3, 10, 257]) {
    const next = uniforms(length);
    for (const levels of [1, 3, 1e6]) {
      const values = Float64Array.from({ length }, () => Math.floor(levels * next()));
      const descending = values.toSorted().reverse();
      for (let k = 1; k <= length; k++) {
        assertEquals(kthLargest(values.slice(), k), descending[k - 1], `${k} of ${length}`);
      }
    }
  }
});
