import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { encodeNpy, readNpy, streamNpy, writeNpy } from "../../data/npy.ts";
import { DataError } from "../../errors.ts";

async function withFile<T>(bytes: Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const path = await Deno.makeTempFile({ suffix: ".npy" });
  try {
    await Deno.writeFile(path, bytes);
    return await use(path);
  } finally {
    await Deno.remove(path);
  }
}

/** A `.npy` file with any header, whether sound or not. */
function npy(header: string, values: ArrayBufferView, version = 1): Uint8Array {
  const start = version === 1 ? 10 : 12;
  const bytes = new Uint8Array(start + header.length + values.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), start);
  bytes.set(
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    start + header.length,
  );
  return bytes;
}

function header(descr: string, shape: string, fortran = "False"): string {
  return `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;
}

Deno.test("readNpy() decodes float16: zeros, subnormals, extremes and what is not finite", async () => {
  const bits = [0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3555, 0x3c00, 0xc000, 0x7bff, 0x7c00];
  const array = await withFile(
    npy(header("<f2", "(5, 2)"), new Uint16Array([...bits.slice(0, 9), 0x7c00])),
    readNpy,
  );
  assertEquals(array.shape, [5, 2]);
  assertEquals([...array.values], [
    0,
    -0,
    2 ** -24,
    1023 * 2 ** -24,
    2 ** -14,
    1365 / 4096,
    1,
    -2,
    65504,
    Infinity,
  ]);
});

Deno.test("readNpy() decodes every element type it names", async () => {
  const values = [-3, 0, 2 ** 20];
  for (
    const [descr, typed] of [
      ["<f4", new Float32Array(values)],
      ["<f8", new Float64Array(values)],
      ["<i4", new Int32Array(values)],
      ["<i8", new BigInt64Array(values.map(BigInt))],
    ] as const
  ) {
    const array = await withFile(npy(header(descr, "(3,)"), typed), readNpy);
    assertEquals(array, { shape: [3], values: new Float32Array(values) });
  }
});

Deno.test("readNpy() reads the headers of versions 1, 2 and 3", async () => {
  for (const version of [1, 2, 3]) {
    const bytes = npy(header("<f4", "(1, 2)"), new Float32Array([1, 2]), version);
    assertEquals((await withFile(bytes, readNpy)).values, new Float32Array([1, 2]));
  }
});

Deno.test("readNpy() converts arrays longer than a block", async () => {
  const values = Float64Array.from({ length: 300_001 }, (_, n) => n);
  const array = await withFile(encodeNpy([300_001, 1], values), readNpy);
  assertEquals(array.values, new Float32Array(values));
});

Deno.test("readNpy() reads the long integers of Python 2", async () => {
  const bytes = npy(header("<f4", "(2L, 1L)"), new Float32Array([1, 2]));
  assertEquals((await withFile(bytes, readNpy)).shape, [2, 1]);
});

Deno.test("readNpy() reads matrices without rows, and scalars", async () => {
  const none = await withFile(encodeNpy([0, 7], new Float32Array()), readNpy);
  assertEquals(none, { shape: [0, 7], values: new Float32Array() });
  const scalar = await withFile(encodeNpy([], new Float64Array([4])), readNpy);
  assertEquals(scalar, { shape: [], values: new Float32Array([4]) });
});

Deno.test("writeNpy() writes what readNpy() reads", async () => {
  const folder = await Deno.makeTempDir();
  for (const Type of [Float32Array, Float64Array, Int32Array]) {
    await writeNpy(`${folder}/a.npy`, [2, 1, 2], new Type([1, -2, 3, 4]));
    const array = await readNpy(`${folder}/a.npy`);
    assertEquals(array, { shape: [2, 1, 2], values: new Float32Array([1, -2, 3, 4]) });
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("streamNpy() writes what encodeNpy() gives, of blocks cut anywhere", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/a.npy`;
  const values = new Float32Array([1, 2, 3, 4, 5, 6]);
  const bytes = new Uint8Array(values.buffer);
  await streamNpy(path, [3, 2], [bytes.subarray(0, 7), bytes.subarray(7)]);
  assertEquals(await Deno.readFile(path), encodeNpy([3, 2], values));
  await assertRejects(() => streamNpy(path, [3, 2], [bytes.subarray(4)]), RangeError, "20 bytes");
  assertEquals((await readNpy(path)).values, values);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readNpy() refuses a header as long as the file, without reading it", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/a.npy`;
  const start = encodeNpy([1], new Float32Array(1)).slice(0, 12);
  start[6] = 2;
  new DataView(start.buffer).setUint32(8, 2 ** 32 - 1, true);
  await Deno.writeFile(path, start);
  await Deno.truncate(path, 5 * 2 ** 30);
  await assertRejects(() => readNpy(path), DataError, "found a header of 4294967295 bytes");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("encodeNpy() aligns the values to 64 bytes and writes the header that NumPy writes", () => {
  const bytes = encodeNpy([3], new Float32Array([1, 2, 3]));
  assertEquals(bytes.length, 128 + 12);
  assertEquals(
    new TextDecoder().decode(bytes.subarray(10, 128)),
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".padEnd(117) + "\n",
  );
});

Deno.test("encodeNpy() refuses a shape that does not hold the values", () => {
  assertThrows(() => encodeNpy([2, 2], new Float32Array(3)), RangeError);
});

const sound = encodeNpy([4, 8], new Float32Array(32));

const refused: [string, Uint8Array, string, string][] = [
  [
    "a truncated file",
    sound.subarray(0, 200),
    "found 200 bytes, expected 256 for shape (4, 8) of <f4",
    "truncated",
  ],
  [
    "a file truncated within the header",
    sound.subarray(0, 60),
    "found 60 bytes, expected 128 for the header alone",
    "truncated",
  ],
  [
    "a second array in the file",
    new Uint8Array([...sound, ...sound]),
    "found 512 bytes, expected 256",
    "to its own file",
  ],
  [
    "Fortran order",
    npy(header("<f4", "(2, 2)", "True"), new Float32Array(4)),
    "found the array in Fortran order, expected C order",
    "numpy.ascontiguousarray",
  ],
  ["an empty file", new Uint8Array(), "found no .npy header", "numpy.save"],
  ["text", new TextEncoder().encode("1,2,3\n4,5,6\n7,8"), "found no .npy header", "numpy.save"],
  [
    "big-endian numbers",
    npy(header(">f4", "(1,)"), new Float32Array(1)),
    'found elements of type ">f4", expected one of <f2, <f4, <f8, <i4, <i8',
    "astype",
  ],
  [
    "structures",
    npy(
      "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }\n",
      new Float32Array(1),
    ),
    'found elements of type "[(a, <f4)]"',
    "numpy.array(array.tolist()",
  ],
  [
    "a header of one key over and over",
    npy("'descr': [".repeat(6000), new Uint8Array(0)),
    "found the header",
    "numpy.save",
  ],
  [
    "a shape of one key over and over",
    npy(
      "{'descr': '<f4', 'fortran_order': False, " + "'shape': (".repeat(6000),
      new Uint8Array(0),
    ),
    "found the header",
    "numpy.save",
  ],
  [
    "a negative length",
    npy(header("<f4", "(-2, 2)"), new Float32Array(4)),
    'found the shape "-2, 2", expected sizes as in (3, 4)',
    "numpy.save",
  ],
  [
    "a length that is no integer",
    npy(header("<f4", "(1.5,)"), new Float32Array(1)),
    'found the shape "1.5,"',
    "numpy.save",
  ],
  [
    "a product beyond what is exact",
    npy(header("<f4", "(4294967296, 4294967296, 0)"), new Uint8Array(0)),
    'found the shape "4294967296, 4294967296, 0"',
    "numpy.save",
  ],
  [
    "a length that is infinite",
    npy(header("<f4", `(${"9".repeat(400)}, 0)`), new Uint8Array(0)),
    "found the shape",
    "numpy.save",
  ],
  [
    "two types, of which NumPy takes the second",
    npy(
      "{'descr': '<f4', 'descr': '<i4', 'fortran_order': False, 'shape': (1,), }\n",
      new Float32Array(1),
    ),
    "found the header",
    "numpy.save",
  ],
  [
    "text behind its dictionary",
    npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } + x\n", new Float32Array(1)),
    "found the header",
    "numpy.save",
  ],
  [
    "a header without a shape",
    npy("{'descr': '<f4', 'fortran_order': False, }\n", new Float32Array(1)),
    "found the header",
    "numpy.save",
  ],
  [
    "the name of an object's property as a type",
    npy(header("constructor", "(1,)"), new Float32Array(1)),
    'found elements of type "constructor"',
    "numpy.array(array.tolist()",
  ],
];

for (const [what, bytes, message, nextStep] of refused) {
  Deno.test(`readNpy() refuses ${what}`, async () => {
    const error = await assertRejects(() => withFile(bytes, readNpy), DataError) as DataError;
    assertStringIncludes(error.message, message);
    assertStringIncludes(error.message, ".npy");
    assertStringIncludes(error.nextStep!, nextStep);
    assert(error.message.length < 400, "the message quotes a short piece");
  });
}
