import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { GpuError } from "../../errors.ts";
import { openGpu } from "../../gpu/device.ts";
import { kernel } from "../../gpu/kernel.ts";
import { Memory } from "../../gpu/memory.ts";
import { profile } from "../../gpu/profile.ts";
import { Program } from "../../gpu/program.ts";
import { permutation, randomBits, uniformOf } from "../../gpu/random.ts";
import randomSource from "../../gpu/random.wgsl" with { type: "text" };
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { testGpu } from "./test_gpu.ts";
import { assertSelfTest, selfTest } from "../../gpu/self_test.ts";

const gpu = await testGpu();

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

Deno.test("randomBits() gives its golden vectors, on the device as well", async () => {
  // From an independent implementation of pcg4d.
  assertEquals(randomBits(1, 2, 3, 4), [908250390, 4044648920, 3775961919, 45698095]);
  const keys = [[0, 0, 0, 0], [1, 2, 3, 4], [0xffffffff, 0x80000000, 7, 0x12345678]];
  const draw = kernel(
    "draw",
    randomSource,
    `
    @group(0) @binding(0) var<storage, read> keys: array<vec4<u32>>;
    @group(0) @binding(1) var<storage, read_write> bits: array<vec4<u32>>;
    @group(0) @binding(2) var<storage, read_write> numbers: array<f32>;
    @compute @workgroup_size(1)
    fn main(@builtin(workgroup_id) group: vec3<u32>) {
      let key = keys[group.x];
      bits[group.x] = random_bits(key.x, key.y, key.z, key.w);
      numbers[group.x] = uniform_of(bits[group.x].x);
    }`,
  );
  const memory = new Memory(gpu);
  const program = new Program(memory, "random");
  const data = Uint32Array.from(keys.flat());
  const bits = program.buffer("bits", 48);
  const numbers = program.buffer("numbers", 16);
  program.launch(draw, {
    buffers: { keys: program.buffer("keys", 48, data), bits, numbers },
    threads: 3,
    workgroupSize: 1,
  });
  await program.compile();
  program.submit();
  const [bytes] = await readBuffers(memory, [{ allocation: bits }]);
  const expected = keys.map(([a, b, c, d]) => randomBits(a, b, c, d));
  assertEquals(Array.from(new Uint32Array(bytes)), expected.flat());
  assertEquals(
    Array.from(await readFloats(memory, numbers, 3)),
    expected.map(([first]) => uniformOf(first)),
  );
  memory.destroy();
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

Deno.test("kernel() reads bindings and uniforms off the source", () => {
  assertEquals(scale.bindings.map(({ name, access }) => `${name} ${access}`), [
    "x read",
    "y read_write",
  ]);
  assertEquals(scale.uniforms, [{ name: "count", type: "u32" }, { name: "offset", type: "f32" }]);
  assertEquals(scale.uniformBinding, 2);
  assertThrows(() => kernel("empty", "fn main() {}"), Error, "no storage buffer");
});

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

Deno.test("a kernel that does not compile is an error with line and column", async () => {
  const broken = kernel(
    "broken",
    "@group(0) @binding(0) var<storage, read_write> y: array<f32>;\n" +
      "@compute @workgroup_size(1) fn main() { y[0] = nonsense; }",
  );
  const memory = new Memory(gpu);
  const program = new Program(memory, "broken");
  program.launch(broken, { buffers: { y: program.buffer("y", 4) }, threads: 1 });
  const error = await assertRejects(() => program.compile(), GpuError, "broken");
  assertStringIncludes(error.message, "line ");
  assertStringIncludes(error.message, "column");
  assertStringIncludes(error.message, "nonsense");
  memory.destroy();
});

Deno.test("Memory refuses what the device cannot hold, and writes that do not fit", async () => {
  const memory = new Memory(gpu);
  assertThrows(() => memory.reserve("huge", 2 ** 50, "test"), GpuError, '"huge"');
  const small = memory.reserve("small", 10, "test");
  memory.reserve("other", 100, "elsewhere");
  assertEquals(small.bytes, 16);
  assertEquals(memory.plan(), [
    { owner: "test", buffers: 1, bytes: 16 },
    { owner: "elsewhere", buffers: 1, bytes: 112 },
  ]);
  assertEquals(memory.bytes, 128);
  await memory.allocate();
  for (const [length, offset] of [[5, 0], [1, 16], [1, -4], [1, 2]]) {
    assertThrows(() => memory.write(small, new Float32Array(length), offset), RangeError, "small");
  }
  memory.destroy();
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

Deno.test("selfTest() passes on this device", async () => {
  const results = await selfTest(gpu);
  assertEquals(results.map(({ name }) => name), [
    "long loop",
    "NaN and infinity",
    "integer hash",
    "small product",
  ]);
  for (const { name, passed, found } of results) assert(passed, `${name}: ${found}`);
  await assertSelfTest(gpu);
});

Deno.test("profile() gives the time of each kernel", { ignore: !gpu.timestamps }, async () => {
  const memory = new Memory(gpu);
  const program = new Program(memory, "profile");
  const x = program.tensor("x", 1000, 64);
  const y = program.tensor("y", 1000, 64);
  for (let n = 0; n < 3; n++) {
    program.launch(scale, {
      buffers: { x, y },
      uniforms: { count: 64000, offset: 0 },
      threads: 64000,
    });
  }
  await program.compile();
  const [time] = await profile(program);
  assertEquals([time.kernel, time.launches], ["scale", 3]);
  assert(time.milliseconds > 0);
  memory.destroy();
});
