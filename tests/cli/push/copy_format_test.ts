import { assertEquals } from "@std/assert";
import { copyBlocks, type CopyValue } from "../../../cli/push/copy_format.ts";

async function* rowsOf(...rows: CopyValue[][]) {
  yield* rows;
}

Deno.test("copyBlocks() writes rows as PostgreSQL's documentation has them", async () => {
  const rows = rowsOf(["ü", 258, 1, Float32Array.of(-2)], [null, -1, 0, null]);
  const blocks = await Array.fromAsync(copyBlocks(["text", "integer", "real", "vector"], rows));
  assertEquals(blocks.flatMap((block) => [...block]), [
    ...[80, 71, 67, 79, 80, 89, 10, 255, 13, 10, 0],
    ...[0, 0, 0, 0, 0, 0, 0, 0],
    ...[0, 4],
    ...[0, 0, 0, 2, 0xc3, 0xbc],
    ...[0, 0, 0, 4, 0, 0, 1, 2],
    ...[0, 0, 0, 4, 0x3f, 0x80, 0, 0],
    ...[0, 0, 0, 8, 0, 1, 0, 0, 0xc0, 0, 0, 0],
    ...[0, 4],
    ...[255, 255, 255, 255],
    ...[0, 0, 0, 4, 255, 255, 255, 255],
    ...[0, 0, 0, 4, 0, 0, 0, 0],
    ...[255, 255, 255, 255],
    ...[255, 255],
  ]);
});

Deno.test("copyBlocks() cuts what is long into blocks, and grows for a row that is longer", async () => {
  const vector = new Float32Array(16_000).fill(0.5);
  const rows = rowsOf(...[null, vector, vector].map((row) => ["x".repeat(100_000), row]));
  const blocks = await Array.fromAsync(copyBlocks(["text", "vector"], rows));
  assertEquals(blocks.map(({ length }) => length), [
    19 + 2 + 4 + 100_000 + 4,
    ...[2 + 4 + 100_000 + 4 + 64_004, 2 + 4 + 100_000 + 4 + 64_004],
    2,
  ]);
  // Each block has memory of its own: a later one leaves it as it is.
  assertEquals(blocks.every(({ buffer, length }) => buffer.byteLength === length), true);
});
