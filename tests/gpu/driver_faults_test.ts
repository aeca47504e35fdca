/**
 * What has been seen to go wrong between WGSL and a device with wgpu 29, and would give wrong numbers without an error:
 * each is tried on the device that there is.
 */
import { assertEquals } from "@std/assert";
import { kernel } from "../../gpu/kernel.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { testGpu } from "./test_gpu.ts";

/** Runs a kernel over pairs of integers; the words that it gives, `results` of each pair. */
async function wordsOf(
  source: string,
  pairs: readonly (readonly [number, number])[],
  results: number,
): Promise<Uint32Array> {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "integers");
  const words = Uint32Array.from(pairs.flat(), (value) => value >>> 0);
  const output = program.buffer("output", pairs.length * results * 4);
  program.launch(
    kernel(
      "integers",
      `struct Uniforms { pairs: u32 }
      @group(0) @binding(0) var<storage, read> pairs: array<vec2<u32>>;
      @group(0) @binding(1) var<storage, read_write> output: array<u32>;
      @group(0) @binding(2) var<uniform> uniforms: Uniforms;
      @compute @workgroup_size(workgroup_size)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) {
        let n = id.x;
        if (n >= uniforms.pairs) { return; }
        let pair = pairs[n];
        ${source}
      }`,
    ),
    {
      buffers: { pairs: program.buffer("pairs", words.byteLength, words), output },
      uniforms: { pairs: pairs.length },
      threads: pairs.length,
    },
  );
  await program.compile();
  program.submit();
  const [bytes] = await readBuffers(memory, [{ allocation: output }]);
  memory.destroy();
  return new Uint32Array(bytes).subarray(0, pairs.length * results);
}

Deno.test("integers are divided rightly, by numbers from memory and by fixed ones", async () => {
  const values = [0, 1, 2, 3, 7, 63, 64, 65, 255, 7052, 65_535, 65_537, 2 ** 24 + 1, 2 ** 31 - 1];
  const large = [2 ** 31, 2 ** 31 + 1, 2 ** 32 - 64, 2 ** 32 - 2, 2 ** 32 - 1];
  const divisors = [...values.slice(1), ...large];
  const pairs = [...values, ...large].flatMap((a) => divisors.map((b) => [a, b] as const));
  const found = await wordsOf(
    `output[6u * n] = pair.x % pair.y;
    output[6u * n + 1u] = pair.x / pair.y;
    output[6u * n + 2u] = bitcast<u32>(bitcast<i32>(pair.x) % bitcast<i32>(pair.y));
    output[6u * n + 3u] = bitcast<u32>(bitcast<i32>(pair.x) / bitcast<i32>(pair.y));
    output[6u * n + 4u] = pair.x % 7u;
    output[6u * n + 5u] = pair.x / 64u;`,
    pairs,
    6,
  );
  pairs.forEach(([a, b], n) => {
    const [signedA, signedB] = [a | 0, b | 0];
    const expected = [
      a % b,
      Math.floor(a / b),
      (signedA % signedB) >>> 0,
      // The one quotient that does not fit stays as it is.
      (signedA / signedB) >>> 0,
      a % 7,
      Math.floor(a / 64),
    ];
    assertEquals(Array.from(found.subarray(6 * n, 6 * n + 6)), expected, `${a} and ${b}`);
  });
});

Deno.test("loops run from their first turn to their last, whatever bounds them", async () => {
  const pairs = [[0, 0], [0, 1], [5, 5], [5, 4], [0, 40_000], [2 ** 32 - 3, 2 ** 32 - 1]] as const;
  const found = await wordsOf(
    `var turns = 0u;
    for (var at = pair.x; at < pair.y; at++) { turns += 1u; }
    output[3u * n] = turns;
    // Down to below 0, where an unsigned number is a great one.
    turns = 0u;
    for (var at = 24u; at < 32u; at -= 8u) { turns += 1u; }
    output[3u * n + 1u] = turns;
    turns = 0u;
    loop {
      if (turns >= pair.y || turns == 1000u) { break; }
      turns += 1u;
    }
    output[3u * n + 2u] = turns;`,
    pairs,
    3,
  );
  assertEquals(
    Array.from(found),
    pairs.flatMap(([first, end]) => [Math.max(0, end - first), 4, Math.min(end, 1000)]),
  );
});

Deno.test("what is written to a buffer reaches the next submit, and no earlier one", async () => {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "writes");
  const words = 5000;
  const value = program.buffer("value", words * 4);
  const sums = program.buffer("sums", words * 4, new Uint32Array(words));
  program.launch(
    kernel(
      "hash",
      `struct Uniforms { words: u32 }
      @group(0) @binding(0) var<storage, read> value: array<u32>;
      @group(0) @binding(1) var<storage, read_write> sums: array<u32>;
      @group(0) @binding(2) var<uniform> uniforms: Uniforms;
      @compute @workgroup_size(workgroup_size)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) {
        if (id.x < uniforms.words) { sums[id.x] = sums[id.x] * 31u + value[id.x]; }
      }`,
    ),
    { buffers: { value, sums }, uniforms: { words }, threads: words },
  );
  await program.compile();
  let expected = 0;
  for (let turn = 1; turn <= 200; turn++) {
    // The first is overwritten before it is read; nothing is waited for.
    memory.write(value, new Uint32Array(words).fill(999));
    memory.write(value, new Uint32Array(words).fill(turn));
    program.submit();
    expected = Math.imul(expected, 31) + turn >>> 0;
  }
  const [bytes] = await readBuffers(memory, [{ allocation: sums }]);
  const found = new Uint32Array(bytes);
  assertEquals(found.findIndex((sum) => sum !== expected), -1);
  memory.destroy();
});
