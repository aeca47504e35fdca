import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { kernel } from "../../gpu/kernel.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { readFloats } from "../../gpu/readback.ts";
import { testGpu } from "./test_gpu.ts";

const gpu = await testGpu();
const columns = 64;

/** y = 2·x + 1, or y += 2·x + 1, of the first `count` numbers. */
const grow = kernel(
  "grow",
  `override accumulate: bool = false;
  struct Uniforms { count: u32 }
  @group(0) @binding(0) var<storage, read> x: array<f32>;
  @group(0) @binding(1) var<storage, read_write> y: array<f32>;
  @group(0) @binding(2) var<uniform> uniforms: Uniforms;
  @compute @workgroup_size(workgroup_size)
  fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    if (id.x >= uniforms.count) { return; }
    var value = 2.0 * x[id.x] + 1.0;
    if (accumulate) { value += y[id.x]; }
    y[id.x] = value;
  }`,
);

function append(
  program: Program,
  x: Tensor,
  y: Tensor,
  { accumulate = false, count = columns } = {},
): void {
  program.launch(grow, {
    buffers: { x, y },
    partial: count < columns ? ["y"] : [],
    uniforms: { count },
    constants: { accumulate: Number(accumulate) },
    threads: count,
  });
}

function planned(reuse = true) {
  const memory = new Memory(gpu, { reuse });
  const program = new Program(memory, "program");
  const tensor = (label: string, data?: Float32Array) =>
    program.tensor(label, 1, columns, { data });
  const ones = tensor("ones", new Float32Array(columns).fill(1));
  return { memory, program, tensor, ones };
}

function poison(memory: Memory): void {
  for (const buffer of memory.shared) {
    const words = new Uint32Array(buffer.size / 4).fill(0x7fc00000);
    gpu.device.queue.writeBuffer(buffer, 0, words);
  }
}

const all = (value: number) => new Float32Array(columns).fill(value);

Deno.test("Memory gives buffers that take turns two places, which may hold anything", async () => {
  const { memory, program, tensor, ones } = planned();
  const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map((label) => tensor(label));
  memory.keep(e.allocation);
  [ones, a, b, c, d].forEach((x, n) => append(program, x, [a, b, c, d, e][n]));
  assertEquals([memory.bytes, memory.bytesWithoutReuse], [4 * columns * 4, 6 * columns * 4]);
  await program.compile();
  assertEquals(memory.shared.map(({ size }) => size), [columns * 4, columns * 4]);
  for (let run = 0; run < 2; run++) {
    poison(memory);
    program.submit();
    assertEquals(await readFloats(memory, e.allocation), all(63));
  }
  memory.destroy();
});

Deno.test("Memory shares nothing where nothing is said", async () => {
  const { memory, program, tensor, ones } = planned(false);
  const [a, b] = [tensor("a"), tensor("b")];
  append(program, ones, a);
  append(program, a, b);
  assertEquals(memory.bytes, memory.bytesWithoutReuse);
  await program.compile();
  assertEquals(memory.shared, []);
  program.submit(1);
  assertEquals(await readFloats(memory, b.allocation), all(1));
  memory.destroy();
});

Deno.test("Memory keeps the zeros of what is read before it is written, or written in part", async () => {
  const { memory, program, tensor, ones } = planned();
  const [zeros, sum, part, scratch] = ["zeros", "sum", "part", "scratch"].map((label) =>
    tensor(label)
  );
  const results = ["of zeros", "of a part", "of scratch"].map((label) => tensor(label));
  for (const { allocation } of results) memory.keep(allocation);
  append(program, zeros, results[0]);
  append(program, ones, sum, { accumulate: true });
  append(program, ones, part, { count: 3 });
  append(program, part, results[1]);
  append(program, ones, scratch);
  append(program, ones, scratch, { accumulate: true });
  append(program, scratch, results[2]);
  await program.compile();
  assertEquals(memory.shared.length, 1);
  for (let run = 1; run <= 2; run++) {
    poison(memory);
    program.submit();
    assertEquals(await readFloats(memory, results[0].allocation), all(1));
    assertEquals(await readFloats(memory, sum.allocation), all(3 * run));
    const ofPart = all(1).fill(7, 0, 3);
    assertEquals(await readFloats(memory, results[1].allocation), ofPart);
    assertEquals(await readFloats(memory, results[2].allocation), all(13));
  }
  memory.destroy();
});

Deno.test("Memory keeps what a second program reads, and lets both share the rest", async () => {
  const { memory, program, tensor, ones } = planned();
  const second = new Program(memory, "second");
  const [inner, table, own, result] = ["inner", "table", "own", "result"].map((label) =>
    tensor(label)
  );
  append(program, ones, inner);
  append(program, inner, table);
  append(second, table, own);
  append(second, own, result);
  memory.keep(result.allocation);
  await program.compile();
  await second.compile();
  assertEquals(memory.shared.length, 1);
  program.submit();
  for (let run = 0; run < 2; run++) {
    poison(memory);
    second.submit();
    assertEquals(await readFloats(memory, result.allocation), all(31));
  }
  memory.destroy();
});

Deno.test("Memory keeps padding at zero", async () => {
  const { memory, program, ones } = planned();
  const [odd, even] = [3, 4].map((count) => program.tensor("row", 1, count));
  for (const y of [odd, even]) append(program, ones, y, { count: columns });
  await program.compile();
  assertEquals(memory.shared.map(({ size }) => size), [16]);
  memory.destroy();
});

Deno.test("Memory refuses what would find the content of a shared buffer replaced", async () => {
  const { memory, program, tensor, ones } = planned();
  const [a, b, c] = ["a", "b", "c"].map((label) => tensor(label));
  append(program, ones, a);
  append(program, a, b);
  append(program, b, c);
  await program.compile();
  await assertRejects(() => readFloats(memory, a.allocation), Error, '"a" shares its memory');
  assertThrows(() => memory.write(a.allocation, all(1)), Error, '"a" shares its memory');
  assertThrows(() => memory.keep(a.allocation), Error, '"a" shares its memory');
  assertThrows(() => program.submit(1), Error, "launch 1 does not follow");
  program.submit(0, 1);
  assertThrows(() => program.submit(2), Error, "launch 2 does not follow");
  program.submit(1);
  const later = new Program(memory, "later");
  append(later, b, later.tensor("d", 1, columns));
  await assertRejects(() => later.compile(), Error, '"b" shares its memory, and a program');
  memory.destroy();
});

Deno.test("Memory refuses to go on with a program that another has run after", async () => {
  const { memory, program, tensor, ones } = planned();
  const other = new Program(memory, "other");
  append(program, ones, tensor("a"));
  append(program, ones, tensor("b"));
  append(other, ones, tensor("c"));
  await program.compile();
  await other.compile();
  program.submit(0, 1);
  other.submit();
  assertThrows(() => program.submit(1), Error, "launch 1 does not follow");
  memory.destroy();
});
