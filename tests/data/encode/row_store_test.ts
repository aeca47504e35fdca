import { assertEquals, assertRejects } from "@std/assert";
import { RowStore } from "../../../data/encode/row_store.ts";
import { BandpassError } from "../../../errors.ts";

const hash = (n: number) => n.toString(16).padStart(64, "0");

/** A store with two batches, of two rows and of one, and its file. */
async function withStore(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/encoders/a.rows`;
  try {
    {
      using store = await RowStore.open(path);
      await store.append([hash(1), hash(2)], new Float32Array([1, 2, 3, 4]));
      await store.append([hash(3)], new Float32Array([5, 6]));
    }
    await use(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The rows that a file has for three hashes; nothing where there is none. */
async function rowsOf(path: string): Promise<(number[] | undefined)[]> {
  using store = await RowStore.open(path);
  const rows: (number[] | undefined)[] = [];
  for (const key of [1, 2, 3].map(hash)) {
    rows.push(store.has(key) ? [...await store.row(key)] : undefined);
  }
  return rows;
}

Deno.test("RowStore keeps rows by the hashes of their inputs", () =>
  withStore(async (path) => {
    using store = await RowStore.open(path);
    assertEquals([store.rows, store.columns, store.has(hash(4))], [3, 2, false]);
    assertEquals([...await store.row(hash(2))], [3, 4]);
    await assertRejects(() => store.row(hash(4)), RangeError, "has no row");
  }));

Deno.test("RowStore cuts off the part of a batch that a killed process left, wherever it ends", () =>
  withStore(async (path) => {
    const whole = await Deno.readFile(path);
    const first = 12 + 2 * (32 + 8);
    for (let length = first; length < whole.length; length += 7) {
      await Deno.writeFile(path, whole.subarray(0, length));
      assertEquals(await rowsOf(path), [[1, 2], [3, 4], undefined], `${length} bytes`);
      assertEquals((await Deno.stat(path)).size, first);
    }
    using store = await RowStore.open(path);
    await store.append([hash(3)], new Float32Array([5, 6]));
    assertEquals(await Deno.readFile(path), whole);
  }));

Deno.test("RowStore drops a batch with a flipped bit, and all after it", () =>
  withStore(async (path) => {
    const bytes = await Deno.readFile(path);
    bytes[40] ^= 1;
    await Deno.writeFile(path, bytes);
    assertEquals(await rowsOf(path), [undefined, undefined, undefined]);
  }));

Deno.test("RowStore refuses rows of another length, and a second process", () =>
  withStore(async (path) => {
    using store = await RowStore.open(path);
    await assertRejects(
      () => store.append([hash(4)], new Float32Array(3)),
      BandpassError,
      "rows of 3 numbers, expected 2",
    );
    await assertRejects(() => RowStore.open(path), BandpassError, "another process");
  }));
