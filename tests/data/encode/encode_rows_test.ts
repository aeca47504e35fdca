import { assertEquals, assertRejects } from "@std/assert";
import { encodeRows, type EncodingStatus } from "../../../data/encode/encode_rows.ts";
import type { Encoder } from "../../../data/encode/encoder.ts";
import { RowStore } from "../../../data/encode/row_store.ts";
import { BandpassError, DataError, InterruptedError } from "../../../errors.ts";

const read = (content: string) => Promise.resolve(new TextEncoder().encode(content));
const inputsOf = (...contents: string[]) =>
  contents.map((content, n) => ({ id: `i${n}`, content }));

/** An encoder by the length of a text, which refuses those that begin with "bad", and its batches. */
function lengths(batch = 2) {
  const batches: string[][] = [];
  const encoder: Encoder<string> = {
    identity: {},
    batch,
    prepare(bytes) {
      const text = new TextDecoder().decode(bytes);
      return text.startsWith("bad")
        ? Promise.reject(new DataError("It is damaged"))
        : Promise.resolve(text);
    },
    encode(texts) {
      batches.push([...texts]);
      return Promise.resolve(Float32Array.from(texts, (text) => text.length));
    },
  };
  return { encoder, batches };
}

async function withPath(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(`${folder}/a.rows`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("encodeRows() computes what is alike once, and counts what it cannot use", () =>
  withPath(async (path) => {
    using store = await RowStore.open(path);
    const { encoder, batches } = lengths();
    const told: EncodingStatus[] = [];
    const inputs = inputsOf("a", "bad", "bb", "a", "ccc");
    const status = (now: EncodingStatus) => told.push(now);
    const result = await encodeRows(inputs, encoder, store, { read, status });
    assertEquals(batches, [["a", "bb"], ["ccc"]]);
    assertEquals([result.computed, store.rows], [3, 3]);
    assertEquals(result.unusable, [{ input: inputs[1], reason: "It is damaged" }]);
    assertEquals(result.hashes.map((hash) => hash !== undefined), [true, false, true, true, true]);
    assertEquals(result.hashes[0], result.hashes[3]);
    assertEquals([...await store.row(result.hashes[4]!)], [3]);
    assertEquals(told.at(-1), { done: 5, inputs: 5, computed: 3 });
  }));

Deno.test("encodeRows() that was interrupted goes on with the batches of one that was not", () =>
  withPath(async (path) => {
    const inputs = inputsOf("a", "bb", "bad", "ccc", "dddd", "eeeee");
    const whole = lengths();
    {
      using store = await RowStore.open(`${path}2`);
      await encodeRows(inputs, whole.encoder, store, { read });
    }
    const { encoder, batches } = lengths();
    const controller = new AbortController();
    {
      using store = await RowStore.open(path);
      const status = ({ computed }: EncodingStatus) => computed > 0 && controller.abort();
      const { signal } = controller;
      await assertRejects(
        () => encodeRows(inputs, encoder, store, { read, status, signal }),
        InterruptedError,
        "2 of 6 inputs are done",
      );
    }
    {
      using store = await RowStore.open(path);
      assertEquals((await encodeRows(inputs, encoder, store, { read })).computed, 3);
    }
    assertEquals(batches, whole.batches);
    assertEquals(await Deno.readFile(path), await Deno.readFile(`${path}2`));
    using store = await RowStore.open(path);
    assertEquals((await encodeRows(inputs, encoder, store, { read })).computed, 0);
    assertEquals(batches, whole.batches);
  }));

Deno.test("encodeRows() refuses inputs of which none can be used, and tells of one", () =>
  withPath(async (path) => {
    using store = await RowStore.open(path);
    const { encoder } = lengths();
    await assertRejects(
      () => encodeRows(inputsOf("bad1", "bad2"), encoder, store, { read }),
      DataError,
      'any of 2 inputs; the first: item "i0": "bad1": It is damaged',
    );
    const missing = () => Promise.reject(new Deno.errors.NotFound());
    await assertRejects(
      () => encodeRows(inputsOf("a.png"), encoder, store, { read: missing }),
      DataError,
      'Cannot read "a.png": the file or its folder does not exist',
    );
  }));

Deno.test("encodeRows() ends where the encoder fails, with what it has kept", () =>
  withPath(async (path) => {
    using store = await RowStore.open(path);
    const { encoder } = lengths(1);
    const failing: Encoder<string> = {
      ...encoder,
      encode: (texts) =>
        texts[0] === "bb"
          ? Promise.reject(new BandpassError("The encoder failed"))
          : encoder.encode(texts),
    };
    await assertRejects(
      () => encodeRows(inputsOf("a", "bb"), failing, store, { read }),
      BandpassError,
      "The encoder failed",
    );
    assertEquals(store.rows, 1);
  }));
