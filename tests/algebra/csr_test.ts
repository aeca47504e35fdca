import { assertEquals } from "@std/assert";
import { type Csr, rowCounts, transpose } from "../../algebra/csr.ts";

const matrix: Csr = { // [[0, 5, 6], [0, 0, 0], [7, 0, 8], [0, 0, 9]]
  rows: 4,
  columns: 3,
  rowStart: new Uint32Array([0, 2, 2, 4, 5]),
  column: new Uint32Array([1, 2, 0, 2, 2]),
  value: new Float32Array([5, 6, 7, 8, 9]),
};

Deno.test("transpose() swaps rows and columns and keeps columns ascending", () => {
  assertEquals(transpose(matrix), {
    rows: 3,
    columns: 4,
    rowStart: new Uint32Array([0, 1, 2, 5]),
    column: new Uint32Array([2, 0, 0, 2, 3]),
    value: new Float32Array([7, 5, 6, 8, 9]),
  });
  assertEquals(transpose(transpose(matrix)), matrix);
});

Deno.test("transpose() takes matrices without rows or entries", () => {
  const none = {
    rows: 0,
    columns: 2,
    rowStart: new Uint32Array(1),
    column: new Uint32Array(),
    value: new Float32Array(),
  };
  assertEquals(transpose(none).rowStart, new Uint32Array(3));
  assertEquals(transpose(transpose(none)), none);
});

Deno.test("rowCounts() counts the entries of each row", () => {
  assertEquals(rowCounts(matrix), new Uint32Array([2, 0, 2, 1]));
});
