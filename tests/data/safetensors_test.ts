import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  readSafetensors,
  SafetensorsReader,
  streamSafetensors,
  writeSafetensors,
} from "../../data/safetensors.ts";
import { DataError } from "../../errors.ts";

async function withFile<T>(use: (path: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    return await use(`${folder}/x.safetensors`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A file with this header and this many zeros after it. */
function fileOf(header: unknown, dataBytes: number): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const tensor = (dtype: string, shape: number[], start: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [start, end],
});

Deno.test("readSafetensors() gives what writeSafetensors() wrote, of every type and shape", () =>
  withFile(async (path) => {
    const file = {
      metadata: { format: "test", "a b": "ß" },
      tensors: new Map([
        ["odd", { shape: [3], values: new Float32Array([1, -2, NaN]) }],
        // Behind an odd number of words: it does not lie at a multiple of its elements.
        ["double", { shape: [1, 2], values: new Float64Array([1e300, -0]) }],
        ["none", { shape: [0, 4], values: new Float32Array(0) }],
        ["scalar", { shape: [], values: new Int32Array([-7]) }],
        ["view", { shape: [2], values: new Uint32Array([9, 8, 7, 6]).subarray(1, 3) }],
      ]),
    };
    await writeSafetensors(path, file);
    assertEquals(await readSafetensors(path), file);
  }));

Deno.test("writeSafetensors() writes the bytes of the format", () =>
  withFile(async (path) => {
    const tensors = new Map([["x", { shape: [2], values: new Float32Array([1, 2]) }]]);
    await writeSafetensors(path, { metadata: { m: "v" }, tensors });
    const header =
      '{"__metadata__":{"m":"v"},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    const bytes = await Deno.readFile(path);
    assertEquals(bytes.slice(0, 8), new Uint8Array([80, 0, 0, 0, 0, 0, 0, 0]));
    assertEquals(new TextDecoder().decode(bytes.slice(8, 88)), header.padEnd(80));
    assertEquals(bytes.slice(88), new Uint8Array([0, 0, 128, 63, 0, 0, 0, 64]));
  }));

Deno.test("streamSafetensors() writes blocks that are cut anywhere, and none that do not fit", () =>
  withFile(async (path) => {
    const metadata = {};
    const tensors = new Map(
      [
        ["a", { type: "F32", shape: [1] }],
        ["b", { type: "U32", shape: [2] }],
      ] as const,
    );
    const values = new Uint8Array(new Uint32Array([0, 5, 6]).buffer);
    const blocks = [values.subarray(0, 3), values.subarray(3, 10), values.subarray(10)];
    await streamSafetensors(path, { metadata, tensors, blocks });
    const file = await readSafetensors(path);
    assertEquals(file.tensors.get("b"), { shape: [2], values: new Uint32Array([5, 6]) });
    const before = await Deno.readFile(path);
    for (const wrong of [blocks.slice(1), [...blocks, values]]) {
      await assertRejects(
        () => streamSafetensors(path, { metadata, tensors, blocks: wrong }),
        RangeError,
        "expected 12",
      );
    }
    assertEquals(await Deno.readFile(path), before);
  }));

Deno.test("SafetensorsReader reads tensors in any order, whole and in blocks", () =>
  withFile(async (path) => {
    const long = Float32Array.from({ length: 2_500_000 }, (_, n) => n);
    await writeSafetensors(path, {
      metadata: { model: "bpr" },
      tensors: new Map([
        ["short", { shape: [1], values: new Float32Array([4]) }],
        ["long", { shape: [2_500_000], values: long }],
      ]),
    });
    using file = await SafetensorsReader.open(path);
    assertEquals(file.metadata, { model: "bpr" });
    assertEquals([...file.tensors.keys()], ["short", "long"]);
    const found = new Uint8Array(long.byteLength);
    const sizes: number[] = [];
    let filled = 0;
    for await (const block of file.blocks("long")) {
      found.set(block, filled);
      filled += block.length;
      sizes.push(block.length);
    }
    assertEquals(sizes, [4 << 20, 4 << 20, 10_000_000 - (8 << 20)]);
    assert(new Float32Array(found.buffer).every((value, n) => value === n), "the blocks of long");
    assertEquals((await file.tensor("short")).values, new Float32Array([4]));
    await assertRejects(() => file.tensor("other"), RangeError, 'has no tensor "other"');
  }));

const refused: [string, Uint8Array<ArrayBuffer>, string][] = [
  ["an empty file", new Uint8Array(0), "found 0 bytes"],
  ["a file without a header", new Uint8Array(7), "found 7 bytes"],
  ["a header that is cut off", fileOf("{}", 0).slice(0, 9), "it ends inside its header"],
  ["a header of no JSON", fileOf("{", 0), "its header is not JSON"],
  ["a header of zero bytes", new Uint8Array(64), "its header is not JSON"],
  ["a header that is a number", fileOf("7", 0), "its header is not a JSON object"],
  ["an unknown type", fileOf({ x: tensor("BF16", [1], 0, 2) }, 2), '"x" has the type "BF16"'],
  ["a missing place", fileOf({ x: { dtype: "F32", shape: [1] } }, 4), 'does not say where "x" is'],
  [
    "a negative place",
    fileOf({ x: tensor("F32", [1], -4, 0) }, 0),
    'does not say where "x" is',
  ],
  [
    "a size that is none",
    fileOf({ x: tensor("F32", [1.5], 0, 6) }, 6),
    'does not say where "x" is',
  ],
  ["an entry that is null", fileOf({ x: null }, 0), 'does not say where "x" is'],
  ["a tensor that is cut off", fileOf({ x: tensor("F32", [2], 0, 8) }, 7), 'it ends inside "x"'],
  [
    "another size than its shape",
    fileOf({ x: tensor("F32", [3], 0, 8) }, 8),
    '"x" has 8 bytes for the shape 3',
  ],
  [
    "bytes after the last tensor",
    fileOf({ x: tensor("F32", [1], 0, 4) }, 7),
    "3 bytes come after its last tensor",
  ],
  [
    "a gap before the first tensor",
    fileOf({ x: tensor("F32", [1], 4, 8) }, 8),
    '4 bytes before "x" belong to no tensor',
  ],
  [
    "a gap between two tensors, in any order",
    fileOf({ b: tensor("F32", [1], 8, 12), a: tensor("F32", [1], 0, 4) }, 12),
    '4 bytes before "b" belong to no tensor',
  ],
  [
    "tensors that overlap",
    fileOf({ a: tensor("F32", [2], 0, 8), b: tensor("F32", [2], 4, 12) }, 12),
    '"b" overlaps another tensor',
  ],
  [
    "two tensors in one place",
    fileOf({ a: tensor("F32", [2], 0, 8), b: tensor("F32", [2], 0, 8) }, 8),
    '"b" overlaps another tensor',
  ],
  [
    "a tensor that is there twice",
    fileOf(
      '{"x":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},' +
        '"\\u0078":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      4,
    ),
    'its header has "x" twice',
  ],
  [
    "a key of an entry that is there twice",
    fileOf('{"x":{"dtype":"F32","shape":[9],"shape":[1],"data_offsets":[0,4]}}', 4),
    'its header has "shape" twice',
  ],
  [
    "a negative dimension",
    fileOf({ x: tensor("F32", [-1], 0, 4) }, 4),
    'does not say where "x" is',
  ],
  [
    "a minus before a zero",
    fileOf('{"x":{"dtype":"F32","shape":[-0],"data_offsets":[0,0]}}', 0),
    'does not say where "x" is',
  ],
  [
    "a dimension beyond what is exact",
    fileOf('{"x":{"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,4]}}', 4),
    'does not say where "x" is',
  ],
  [
    "dimensions whose product is beyond what is exact",
    fileOf({ x: tensor("F32", [2 ** 30, 2 ** 30, 0], 0, 0) }, 0),
    'does not say where "x" is',
  ],
  [
    "a dimension in quotes",
    fileOf('{"x":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}', 4),
    'does not say where "x" is',
  ],
  [
    "an end before its start",
    fileOf({ x: tensor("F32", [1], 4, 0) }, 4),
    '"x" has -4 bytes for the shape 1',
  ],
  [
    "a type that is an object",
    fileOf('{"x":{"dtype":{"toString":1},"shape":[1],"data_offsets":[0,4]}}', 4),
    '"x" has the type an object',
  ],
  [
    "a type that is absent",
    fileOf('{"x":{"shape":[1],"data_offsets":[0,4]}}', 4),
    "the type undef",
  ],
  ["metadata that are a text", fileOf({ __metadata__: "a" }, 0), '"__metadata__" is "a"'],
  ["metadata that are null", fileOf({ __metadata__: null }, 0), '"__metadata__" is null'],
  ["metadata that are a list", fileOf({ __metadata__: [] }, 0), '"__metadata__" is a list'],
  [
    "metadata that are no texts",
    fileOf({ __metadata__: { users: null } }, 0),
    '"__metadata__" has null for "users"',
  ],
  ["a header in a list", fileOf("[]", 0), "its header is not a JSON object"],
  ["a header behind a space", fileOf(" {}", 0), "its header is not a JSON object"],
  ["a header behind a byte-order mark", fileOf("\ufeff{}", 0), "its header is not JSON"],
  [
    "a header that is not UTF-8",
    fileOf('{"__metadata__":{"é":""}}', 0).map((byte) => byte === 0xc3 ? 0xff : byte),
    "its header is not UTF-8",
  ],
];

for (const [what, bytes, message] of refused) {
  Deno.test(`readSafetensors() refuses ${what}`, () =>
    withFile(async (path) => {
      await Deno.writeFile(path, bytes);
      const error = await assertRejects(() => readSafetensors(path), DataError) as DataError;
      assertStringIncludes(error.message, message);
      assertStringIncludes(error.message, path);
      assertEquals(error.exitCode, 3);
    }));
}

Deno.test("readSafetensors() refuses a file of 5 GiB by its header, without reading it", () =>
  withFile(async (path) => {
    const tables = [
      fileOf({ x: tensor("F32", [1], 0, 4) }, 0),
      fileOf("", 0),
      // Its header would be the most of the file.
      new Uint8Array(new BigUint64Array([4n << 30n]).buffer),
    ];
    for (const start of tables) {
      await Deno.writeFile(path, start);
      await Deno.truncate(path, 5 * 2 ** 30);
      const started = performance.now();
      await assertRejects(() => readSafetensors(path), DataError);
      const milliseconds = performance.now() - started;
      assert(milliseconds < 500, `it took ${milliseconds} ms`);
    }
  }));

Deno.test("readSafetensors() quotes a short piece of a name, on one line", () =>
  withFile(async (path) => {
    await Deno.writeFile(path, fileOf({ [`\n${"x".repeat(1e6)}`]: null }, 0));
    const error = await assertRejects(() => readSafetensors(path), DataError) as DataError;
    assert(error.message.length < 300 && !error.message.includes("\n"), error.message);
  }));

Deno.test("SafetensorsReader opens a file of 5 GiB by its header", () =>
  withFile(async (path) => {
    const bytes = 5 * 2 ** 30;
    const start = fileOf({
      x: tensor("F32", [bytes / 4 - 1], 0, bytes - 4),
      y: tensor("F32", [1], bytes - 4, bytes),
    }, 0);
    await Deno.writeFile(path, start);
    await Deno.truncate(path, start.length + bytes);
    const started = performance.now();
    using file = await SafetensorsReader.open(path);
    assertEquals((await file.tensor("y")).values, new Float32Array(1));
    const milliseconds = performance.now() - started;
    assert(milliseconds < 500, `it took ${milliseconds} ms`);
  }));

Deno.test("readSafetensors() refuses a path that is not there, or a folder", async () => {
  await assertRejects(() => readSafetensors("no/such"), DataError, "does not exist");
  await assertRejects(() => readSafetensors("."), DataError, "it is a folder, expected a file");
});
