import { assertEquals } from "@std/assert";
import { tableFromIPC } from "@uwdata/flechette";
import { parquetReadObjects } from "hyparquet";
import { uniforms } from "../../algebra/random_sequence.ts";
import { writeArrow, writeParquet } from "../../data/embedding_table.ts";

/** More rows than a group of a Parquet file has. */
const [rows, columns] = [5003, 3];
const next = uniforms(2);
const values = Float32Array.from({ length: rows * columns }, next);
const table = {
  column: "userID",
  ids: Array.from({ length: rows }, (_, n) => `user ${n}, 🎧`),
  columns,
  rows: (first: number, count: number) =>
    Promise.resolve(values.subarray(first * columns, (first + count) * columns)),
} as const;
const rowOf = (row: number) => Array.from(values.slice(row * columns, (row + 1) * columns));

async function written(write: (path: string) => Promise<void>): Promise<ArrayBuffer> {
  const path = await Deno.makeTempFile();
  try {
    await write(path);
    return (await Deno.readFile(path)).buffer;
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("writeParquet() writes indices, ids and lists that are read back", async () => {
  const file = await written((path) => writeParquet(path, table));
  const found = await parquetReadObjects({ file });
  assertEquals(found.length, rows);
  for (const row of [0, 1, 4999, 5000, rows - 1]) {
    assertEquals(found[row], { userID: row, id: `user ${row}, 🎧`, embedding: rowOf(row) });
  }
});

Deno.test("writeArrow() writes indices, ids and lists that are read back", async () => {
  const file = await written((path) => writeArrow(path, table));
  const found = tableFromIPC(file);
  assertEquals(found.numRows, rows);
  for (const row of [0, 1, 4999, 5000, rows - 1]) {
    const { userID, id, embedding } = found.at(row) as Record<string, never>;
    assertEquals([userID, id, Array.from(embedding)], [row, `user ${row}, 🎧`, rowOf(row)]);
  }
});
