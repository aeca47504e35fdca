import { assertEquals, assertThrows } from "@std/assert";
import { normaliseRows, pool, requireFinite } from "../../../data/encode/pooling.ts";
import { BandpassError, DataError } from "../../../errors.ts";

const output = (dims: number[], values: number[]) => ({ name: "out", dims, values });

Deno.test("pool() takes rows as they are, and the mean of a map", () => {
  assertEquals([...pool(output([2, 2], [1, 2, 3, 4]), 2, "mean")], [1, 2, 3, 4]);
  const map = output([1, 2, 2, 2], [1, 2, 3, 6, 0, 0, 0, 8]);
  assertEquals([...pool(map, 1, "cls")], [3, 2]);
});

Deno.test("pool() takes the mean of tokens without padding, or the first", () => {
  const tokens = output([2, 2, 2], [1, 2, 3, 4, 5, 6, 100, 100]);
  assertEquals([...pool(tokens, 2, "mean", [1n, 1n, 1n, 0n])], [2, 3, 5, 6]);
  assertEquals([...pool(tokens, 2, "mean")], [2, 3, 52.5, 53]);
  assertEquals([...pool(tokens, 2, "cls", [1, 1, 1, 0])], [1, 2, 5, 6]);
  // A text without a token is no division by zero.
  assertEquals([...pool(tokens, 2, "mean", [0, 0, 1, 1])].slice(0, 2), [0, 0]);
});

Deno.test("pool() refuses another shape, with what it found and wanted", () => {
  for (const dims of [[4], [3, 2], [2, 0], [2, 1, 1, 1, 1], []]) {
    const error = assertThrows(() => pool(output(dims, []), 2, "mean"), DataError);
    const found = `found shape (${dims.join(", ")}) for 2 inputs, expected (2, columns)`;
    assertEquals(error.message.includes(found), true, error.message);
  }
});

Deno.test("normaliseRows() scales rows to length 1 but for zeros", () => {
  const rows = new Float32Array([3, 4, 0, 0]);
  normaliseRows(rows, 2);
  assertEquals([...rows], [Math.fround(0.6), Math.fround(0.8), 0, 0]);
});

Deno.test("requireFinite() refuses NaN and infinity", () => {
  requireFinite(new Float32Array([1]), "out");
  for (const bad of [NaN, Infinity]) {
    assertThrows(() => requireFinite(new Float32Array([1, bad]), "out"), BandpassError, `${bad}`);
  }
});
