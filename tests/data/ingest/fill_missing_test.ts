import { assertEquals, assertThrows } from "@std/assert";
import { fillMissing } from "../../../data/ingest/fill_missing.ts";
import { DataError } from "../../../errors.ts";

Deno.test("fillMissing() writes the mean, summed in f64, and counts", () => {
  const values = new Float32Array([2 ** 24, 1, 0, 0, 1, 3, 1, 5]);
  assertEquals(fillMissing(values, 2, new Uint8Array([1, 0, 1, 1]), "a"), 1);
  assertEquals(values[2], Math.fround((2 ** 24 + 2) / 3));
  assertEquals([...values.slice(3)], [3, 1, 3, 1, 5]);
});

Deno.test("fillMissing() leaves features alone that are complete, and refuses none at all", () => {
  const values = new Float32Array([1, 2]);
  assertEquals(fillMissing(values, 1, new Uint8Array([1, 1]), "a"), 0);
  assertEquals([...values], [1, 2]);
  assertThrows(() => fillMissing(values, 1, new Uint8Array(2), "a"), DataError, "for any of the 2");
});

Deno.test("fillMissing() takes the mean of known items alone, and refuses where these have nothing", () => {
  const values = new Float32Array([1, 0, 3, 8]);
  const present = new Uint8Array([1, 0, 1, 1]);
  assertEquals(fillMissing(values, 1, present, "a", new Uint8Array([1, 1, 1, 0])), 1);
  assertEquals([...values], [1, 2, 3, 8]);
  assertThrows(
    () => fillMissing(values, 1, present, "a", new Uint8Array([0, 1, 0, 0])),
    DataError,
    "for any of the items with train rows",
  );
});
