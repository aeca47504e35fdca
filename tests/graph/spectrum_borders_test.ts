import { assertEquals } from "@std/assert";
import { equalWidthBorders } from "../../graph/spectrum_borders.ts";

Deno.test("equalWidthBorders() cuts the covered interval", () => {
  assertEquals(equalWidthBorders([1, 0.9, 0.5, 0.2, 0], 2), [2]);
  assertEquals(equalWidthBorders([1, 0.9, 0.5, 0.2, 0], 4), [2, 2, 3]);
  assertEquals(equalWidthBorders([1, 0.5], 1), []);
});

Deno.test("equalWidthBorders() of one repeated eigenvalue leaves it in the last band", () => {
  assertEquals(equalWidthBorders([1, 1, 1], 3), [0, 0]);
});
