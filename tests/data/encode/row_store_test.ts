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

Deno.test("RowStore passes over a batch with a flipped bit, and drops all after a header with one", () =>
  withStore(async (path) => {
    const whole = await Deno.readFile(path);
    const first = 12 + 2 * (32 + 8);
    const flipped = async (place: number) => {
      await Deno.writeFile(path, whole.with(place, whole[place] ^ 1));
      const found = await rowsOf(path);
      using store = await RowStore.open(path);
      return { found, damaged: store.damagedBytes };
    };
    assertEquals(await flipped(40), { found: [undefined, undefined, [5, 6]], damaged: first });
    {
      using store = await RowStore.open(path);
      await store.append([hash(1), hash(2)], new Float32Array([1, 2, 3, 4]));
    }
    assertEquals(await rowsOf(path), [[1, 2], [3, 4], [5, 6]]);
    await Deno.writeFile(path, whole.with(first + 5, 1));
    {
      using store = await RowStore.open(path);
      assertEquals([store.rows, store.damagedBytes], [2, whole.length - first]);
    }
    // It was cut off, and is no damage any more.
    assertEquals(await rowsOf(path), [[1, 2], [3, 4], undefined]);
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
