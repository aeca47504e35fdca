import { assertEquals } from "@std/assert";
import { buildChunks, wholeRow } from "../../shaders/spmm/chunks.ts";
import type { Csr } from "../../algebra/csr.ts";

/** A matrix with these numbers of entries in its rows. */
function withCounts(counts: number[]): Csr {
  const rowStart = new Uint32Array(counts.length + 1);
  counts.forEach((count, row) => rowStart[row + 1] = rowStart[row] + count);
  const columns = Math.max(0, ...counts);
  return {
    rows: counts.length,
    columns,
    rowStart,
    column: Uint32Array.from(counts.flatMap((count) => [...Array(count).keys()])),
    value: new Float32Array(rowStart.at(-1)!).fill(1),
  };
}

Deno.test("buildChunks() cuts rows at the limit and gives an empty row an empty chunk", () => {
  assertEquals(buildChunks(withCounts([0, 3, 4, 5, 0, 9]), 4), {
    chunkRow: new Uint32Array([0, 1, 2, 3, 3, 4, 5, 5, 5]),
    chunkStart: new Uint32Array([0, 0, 3, 7, 11, 12, 12, 16, 20]),
    chunkEnd: new Uint32Array([0, 3, 7, 11, 12, 12, 16, 20, 21]),
    chunkSlot: new Uint32Array([wholeRow, wholeRow, wholeRow, 0, 1, wholeRow, 2, 3, 4]),
    slots: 5,
    splitRow: new Uint32Array([3, 5]),
    splitStart: new Uint32Array([0, 2, 5]),
  });
});

Deno.test("buildChunks() gives each entry to one chunk of its row, hub rows included", () => {
  const counts = [1, 127, 128, 129, 0, 5000, 256, 2];
  const matrix = withCounts(counts);
  const chunks = buildChunks(matrix, 128);
  const sums = new Array(counts.length).fill(0);
  const partial = new Array(chunks.slots).fill(0);
  let next = 0;
  chunks.chunkRow.forEach((row, n) => {
    assertEquals(chunks.chunkStart[n], next);
    next = chunks.chunkEnd[n];
    const length = next - chunks.chunkStart[n];
    assertEquals(length <= 128, true);
    if (chunks.chunkSlot[n] === wholeRow) sums[row] = length;
    else partial[chunks.chunkSlot[n]] = length;
  });
  assertEquals(next, matrix.column.length);
  chunks.splitRow.forEach((row, n) => {
    for (let s = chunks.splitStart[n]; s < chunks.splitStart[n + 1]; s++) sums[row] += partial[s];
  });
  assertEquals(sums, counts);
});

Deno.test("buildChunks() takes matrices without rows", () => {
  const chunks = buildChunks(withCounts([]), 64);
  assertEquals([chunks.chunkRow.length, chunks.slots], [0, 0]);
  assertEquals(chunks.splitStart, new Uint32Array(1));
});
