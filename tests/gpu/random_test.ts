import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { kernel } from "../../gpu/kernel.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { hashOf, normalAt, permutation, randomBits, streams, uniformOf } from "../../gpu/random.ts";
import randomSource from "../../gpu/random.wgsl" with { type: "text" };
import { readBuffers } from "../../gpu/readback.ts";
import { assertEach } from "../assert_each.ts";
import { testGpu } from "./test_gpu.ts";

const most = 0xffffffff;

// All golden numbers here come from an implementation of pcg4d in Python's integers.

Deno.test("randomBits() gives its golden vectors at the ends of its range", () => {
  const golden = [
    [[0, 0, 0, 0], [251852841, 760645481, 850445371, 3542436074]],
    [[1, 2, 3, 4], [908250390, 4044648920, 3775961919, 45698095]],
    [[most, 0x80000000, 7, 0x12345678], [2775042532, 1231841222, 2322229640, 3401235515]],
    [[most, most, most, most], [2538526866, 3222658151, 2677364576, 2713428488]],
  ];
  for (const [[seed, stream, step, index], words] of golden) {
    assertEquals(randomBits(seed, stream, step, index), words);
  }
});

Deno.test("random_bits() and uniform_of() give the same bits on the device, for many keys", async () => {
  const gpu = await testGpu();
  const memory = new Memory(gpu);
  const program = new Program(memory, "random");
  const draw = kernel(
    "draw",
    randomSource,
    `struct Uniforms { seed: u32, stream: u32, step: u32 }
    @group(0) @binding(0) var<storage, read_write> bits: array<vec4<u32>>;
    @group(0) @binding(1) var<storage, read_write> numbers: array<vec4<f32>>;
    @group(0) @binding(2) var<uniform> uniforms: Uniforms;
    @compute @workgroup_size(workgroup_size)
    fn main(
      @builtin(workgroup_id) group: vec3<u32>,
      @builtin(num_workgroups) groups: vec3<u32>,
      @builtin(local_invocation_index) local: u32,
    ) {
      let n = thread_index(group, groups, local);
      let word = random_bits(uniforms.seed, uniforms.stream, uniforms.step, n);
      bits[n] = word;
      numbers[n] = vec4<f32>(
        uniform_of(word.x), uniform_of(word.y), uniform_of(word.z), uniform_of(word.w),
      );
    }`,
  );
  const count = 4096;
  const drawn = [[7, 2, 100_000], [most, 5, most]].map(([seed, stream, step]) => {
    const bits = program.buffer("bits", 16 * count);
    const numbers = program.buffer("numbers", 16 * count);
    program.launch(draw, {
      buffers: { bits, numbers },
      uniforms: { seed, stream, step },
      threads: count,
    });
    return { seed, stream, step, bits, numbers };
  });
  await program.compile();
  program.submit();
  for (const { seed, stream, step, bits, numbers } of drawn) {
    const [words, floats] = await readBuffers(memory, [
      { allocation: bits },
      { allocation: numbers },
    ]);
    const expected = Array.from({ length: count }, (_, n) => randomBits(seed, stream, step, n));
    assertEquals(Array.from(new Uint32Array(words)), expected.flat());
    assertEquals(Array.from(new Float32Array(floats)), expected.flat().map(uniformOf));
  }
  memory.destroy();
});

Deno.test("uniformOf() stays below 1 and is exact in f32", () => {
  assertEquals([0, 255, 256, 0x80000000].map(uniformOf), [0, 0, 2 ** -24, 0.5]);
  assertEquals(uniformOf(most), 1 - 2 ** -24);
  assertEquals(Math.fround(uniformOf(most)), uniformOf(most));
});

Deno.test("uniformOf() of randomBits() is uniform in each word", () => {
  const counts = Array.from({ length: 4 }, () => new Uint32Array(16));
  for (let n = 0; n < 16_000; n++) {
    randomBits(1, streams.negatives, 5, n).forEach((word, at) =>
      counts[at][Math.floor(16 * uniformOf(word))]++
    );
  }
  for (const count of counts) {
    const chiSquare = count.reduce((sum, seen) => sum + (seen - 1000) ** 2 / 1000, 0);
    // 15 degrees of freedom: one generator of a thousand is above 37.7.
    assert(chiSquare < 37.7, `${chiSquare}`);
  }
});

Deno.test("hashOf() is FNV-1a", () => {
  // From the tables of its authors.
  assertEquals(["", "a", "foobar"].map(hashOf), [0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});

Deno.test("permutation() holds every index once, and depends on seed, stream and step", () => {
  const order = permutation(1000, 1, 2, 3);
  assertEquals(order.toSorted(), Uint32Array.from({ length: 1000 }, (_, n) => n));
  assertEquals(order, permutation(1000, 1, 2, 3));
  for (const other of [[2, 2, 3], [1, 3, 3], [1, 2, 4]]) {
    assert(permutation(1000, other[0], other[1], other[2]).some((n, at) => n !== order[at]));
  }
  assertEquals(permutation(0, 1, 2, 3).length, 0);
});

Deno.test("permutation() gives its golden order", () => {
  assertEquals(Array.from(permutation(10, 1, 2, 3)), [4, 8, 7, 2, 9, 6, 0, 3, 5, 1]);
});

Deno.test("permutation() brings every index to every place about as often", () => {
  const seen = new Uint32Array(25);
  for (let step = 0; step < 5000; step++) {
    permutation(5, 0, streams.shuffle, step).forEach((index, place) => seen[5 * place + index]++);
  }
  // 1000 expected, standard deviation 28.
  assertEach(seen, (count) => Math.abs(count - 1000) < 140, "within 140 of 1000", "counts");
});

Deno.test("normalAt() gives its golden numbers, of mean 0 and variance 1", () => {
  [-0.8826046714344051, 0.3239016622900829, 0.8390312979288855].forEach((value, n) =>
    assertAlmostEquals(normalAt(5, 6, n), value, 1e-12)
  );
  const values = Array.from({ length: 20_000 }, (_, n) => normalAt(1, streams.initialise, n));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  // Four standard errors.
  assertAlmostEquals(mean, 0, 0.03);
  assertAlmostEquals(variance, 1, 0.04);
});

Deno.test("streams are of different numbers, and no dropout mask reaches another's", () => {
  const numbers = Object.values(streams);
  assertEquals(new Set(numbers).size, numbers.length);
  const { dropout, ...others } = streams;
  assertEach(Object.values(others), (stream) => stream < dropout, `less than ${dropout}`);
});
