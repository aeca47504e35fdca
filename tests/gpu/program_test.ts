import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { GpuError } from "../../errors.ts";
import { openGpu } from "../../gpu/device.ts";
import { kernel } from "../../gpu/kernel.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { assertAll } from "../assert_each.ts";
import { testGpu } from "./test_gpu.ts";
import { double, visit } from "./test_kernels.ts";

const gpu = await testGpu();

/** The same as `visit`, in the order of equal shares of the dispatch. */
const visitSpread = kernel(
  "visit spread",
  visit.source.slice(visit.source.indexOf("struct Uniforms"))
    .replace("thread_index(group, groups, local)", "spread_thread_index(group, groups, local, 8u)"),
);

/** y = factor·x + offset. */
const scale = kernel(
  "scale",
  `
  override factor: f32 = 2.0;
  struct Uniforms {
    count: u32, // how: many
    offset: f32,
  }
  @group(0) @binding(0) var<storage, read> x: array<f32>;
  @group(0) @binding(1) var<storage, read_write> y: array<f32>;
  @group(0) @binding(2) var<uniform> uniforms: Uniforms;
  @compute @workgroup_size(workgroup_size)
  fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
  ) {
    let n = thread_index(group, groups, local);
    if (n < uniforms.count) { y[n] = factor * x[n] + uniforms.offset; }
  }`,
);

const indices = { "thread_index()": visit, "spread_thread_index()": visitSpread };
for (const [name, kernel] of Object.entries(indices)) {
  Deno.test(`${name} gives every index once, in one dimension and folded in two`, async () => {
    // 70,001 groups do not fit one dimension of a dispatch.
    for (const [threads, workgroupSize] of [[1, 64], [65, 64], [1000, 32], [140_001, 2]]) {
      const memory = new Memory(gpu);
      const program = new Program(memory, "visits");
      const y = program.buffer("y", 4 * (threads + 1));
      program.launch(kernel, {
        buffers: { y },
        uniforms: { count: threads },
        threads,
        workgroupSize,
      });
      await program.compile();
      program.submit();
      const [bytes] = await readBuffers(memory, [{ allocation: y, bytes: 4 * (threads + 1) }]);
      const visits = new Uint32Array(bytes);
      assertAll(visits.subarray(0, threads), 1, "visits");
      memory.destroy();
    }
  });
}

Deno.test("Program replays its launches, with constants and uniforms", async () => {
  const memory = new Memory(gpu);
  const program = new Program(memory, "replay");
  const x = program.tensor("x", 1, 3, { data: new Float32Array([1, 2, 3]) });
  const y = program.tensor("y", 1, 3);
  const z = program.tensor("z", 1, 3);
  const uniforms = { count: 3, offset: 0.5 };
  program.launch(scale, { buffers: { x, y }, uniforms, threads: 3 });
  program.launch(scale, {
    buffers: { x: y, y: z },
    uniforms: { count: 2, offset: 0 },
    constants: { factor: 10 },
    threads: 3,
  });
  await program.compile();
  program.submit();
  assertEquals(Array.from(await readFloats(memory, z.allocation, 3)), [25, 45, 0]);
  memory.write(x.allocation, new Float32Array([2, 2, 2]));
  program.submit();
  assertEquals(Array.from(await readFloats(memory, z.allocation, 3)), [45, 45, 0]);
  assertEquals(program.launches, 2);
  assertThrows(
    () => program.launch(scale, { buffers: { x, y }, uniforms, threads: 3 }),
    Error,
    "compiled",
  );
  memory.destroy();
});

Deno.test("Program runs parts of its launches, and skips those without work", async () => {
  const memory = new Memory(gpu);
  const program = new Program(memory, "parts");
  const tensors = [0, 1, 2].map((n) =>
    program.tensor(`x${n}`, 1, 4, { data: Float32Array.of(n + 1, 0, 0, 0) })
  );
  const [a, b, c] = tensors;
  program.launch(double, { buffers: { x: a, y: b }, threads: 4 });
  program.launch(double, { buffers: { x: a, y: c }, threads: 0 });
  program.launch(double, { buffers: { x: b, y: c }, threads: 4 });
  assertEquals([program.launches, program.kernelNames()], [2, ["double", "double"]]);
  await program.compile();
  const first = async () =>
    (await Promise.all(tensors.map(({ allocation }) => readFloats(memory, allocation, 1))))
      .map(([value]) => value);
  program.submit(1);
  assertEquals(await first(), [1, 2, 4]);
  program.submit(0, 1);
  program.submit(2);
  assertEquals(await first(), [1, 2, 4]);
  memory.write(a.allocation, Float32Array.of(5));
  program.submit(0, 1);
  assertEquals(await first(), [5, 10, 4]);
  program.submit();
  assertEquals(await first(), [5, 10, 20]);
  memory.destroy();
});

Deno.test("Program binds ranges of a buffer", async () => {
  const memory = new Memory(gpu);
  const program = new Program(memory, "ranges");
  const data = Float32Array.from({ length: 192 }, (_, n) => n);
  const x = program.tensor("x", 3, 64, { data });
  const y = program.tensor("y", 3, 64);
  const row = (n: number, { allocation } = x) => ({ allocation, offset: 256 * n, bytes: 256 });
  program.launch(double, { buffers: { x: row(2), y: row(1, y) }, threads: 128 });
  await program.compile();
  program.submit();
  const found = await readFloats(memory, y.allocation);
  assertEquals(found, data.map((_, n) => n >= 64 && n < 128 ? 2 * (n + 64) : 0));
  assertThrows(
    () => program.launch(double, { buffers: { x: row(0), y: row(1) }, threads: 1 }),
    Error,
    "compiled",
  );
  memory.destroy();
});

Deno.test("Program refuses what is used wrongly", () => {
  const program = new Program(new Memory(gpu), "misuse");
  const x = program.tensor("x", 1, 4);
  assertThrows(
    () => program.tensor("y", 2, 3, { data: new Float32Array(5) }),
    Error,
    '"y" has 5 values, expected 2×3',
  );
  assertThrows(() => program.submit(), Error, '"misuse" is not compiled');
  // One half of a buffer is written while the other half is read.
  const half = (offset: number) => ({ allocation: x.allocation, offset, bytes: 256 });
  assertThrows(
    () => program.launch(double, { buffers: { x: half(0), y: half(256) }, threads: 1 }),
    Error,
    'writes "x"',
  );
  assertEquals(program.launches, 0);
});

Deno.test("Program refuses launches that do not fit their kernel", () => {
  const program = new Program(new Memory(gpu), "misuse");
  const x = program.tensor("x", 1, 4);
  const y = program.tensor("y", 1, 4);
  const uniforms = { count: 4, offset: 0 };
  const launch = (buffers: Record<string, typeof x>, values: Record<string, number> = uniforms) =>
    program.launch(scale, { buffers, uniforms: values, threads: 4 });
  assertThrows(() => launch({ x }), Error, 'lacks the buffer "y"');
  assertThrows(() => launch({ x, y, z: x }), Error, 'no buffer "z"');
  assertThrows(() => launch({ x, y }, { count: 4 }), Error, 'lacks the uniform "offset"');
  assertThrows(() => launch({ x, y: x }), Error, 'writes "x"');
});

Deno.test("Program refuses a binding larger than the device allows", () => {
  const memory = new Memory({
    ...gpu,
    limits: { ...gpu.limits, maxStorageBufferBindingSize: 1024 },
  });
  const program = new Program(memory, "bindings");
  const [x, y] = ["x", "y"].map((label) => program.tensor(label, 1, 1000));
  assertThrows(
    () =>
      program.launch(scale, { buffers: { x, y }, uniforms: { count: 1, offset: 0 }, threads: 1 }),
    GpuError,
    '"x"',
  );
});

Deno.test("Program keeps one gradient for each tensor, and none where none is taken", () => {
  const program = new Program(new Memory(gpu), "gradients");
  const x = program.tensor("x", 2, 3);
  assertEquals(program.gradient(x), undefined);
  const first = program.gradientTarget(x)!;
  const second = program.gradientTarget(x)!;
  assertEquals([first.accumulate, second.accumulate], [false, true]);
  assertEquals([first.gradient.rows, first.gradient.columns], [2, 3]);
  assertEquals(second.gradient === first.gradient && program.gradient(x) === first.gradient, true);
  const constant = program.tensor("constant", 1, 1, { differentiable: false });
  assertEquals(program.gradientTarget(constant), undefined);
  assertEquals(program.gradient(constant), undefined);
});

Deno.test("Program appends its backward launches in reverse, once", () => {
  const program = new Program(new Memory(gpu), "tape");
  const order: number[] = [];
  for (const n of [1, 2, 3]) program.onBackward(() => order.push(n));
  program.backward();
  program.backward();
  assertEquals(order, [3, 2, 1]);
});

Deno.test("an error of the device is thrown at the next look", async () => {
  const own = await openGpu("auto");
  own.check();
  // A copy beyond the end of a buffer: WebGPU reports it to nobody who does not listen.
  const buffer = own.device.createBuffer({ size: 16, usage: GPUBufferUsage.COPY_DST });
  const encoder = own.device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, buffer, 0, 64);
  encoder.finish();
  await own.device.queue.onSubmittedWorkDone();
  assertThrows(() => own.check(), GpuError, "reported");
  own.close();
});

Deno.test("an error of the device ends the next readback", async () => {
  const own = await openGpu("auto");
  const memory = new Memory(own);
  const program = new Program(memory, "doomed");
  const x = program.tensor("x", 1, 4);
  const y = program.tensor("y", 1, 4);
  program.launch(double, { buffers: { x, y }, threads: 4 });
  await program.compile();
  own.check();
  memory.buffer(x.allocation).destroy();
  program.submit();
  const error = await assertRejects(() => readFloats(memory, y.allocation), GpuError, own.name);
  assertEquals(error.nextStep?.includes('the command "doctor"'), true);
  // Whoever asks later is told as well.
  assertThrows(() => own.check(), GpuError, "reported");
  memory.destroy();
  own.close();
});
