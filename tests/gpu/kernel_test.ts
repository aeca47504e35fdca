import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { GpuError } from "../../errors.ts";
import { type Kernel, kernel, pipelineOf } from "../../gpu/kernel.ts";
import { Memory } from "../../gpu/memory.ts";
import prelude from "../../gpu/prelude.wgsl" with { type: "text" };
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { testGpu } from "./test_gpu.ts";

const gpu = await testGpu();

const output = "@group(0) @binding(0) var<storage, read_write> y: array<f32>;";

/** Runs a kernel whose one buffer is `y`. */
async function run(kernel: Kernel, uniforms: Record<string, number> = {}): Promise<number[]> {
  const memory = new Memory(gpu);
  const program = new Program(memory, kernel.name);
  const y = program.buffer("y", 16);
  program.launch(kernel, { buffers: { y }, uniforms, threads: 1, workgroupSize: 1 });
  await program.compile();
  program.submit();
  const values = Array.from(await readFloats(memory, y));
  memory.destroy();
  return values;
}

Deno.test("kernel() reads bindings of any layout, and none of a comment", () => {
  const read = kernel(
    "layout",
    `// @group(0) @binding(7) var<storage, read> ghost: array<f32>;
    @group(0)   @binding(3)
      var<storage,read> second: array<vec4<f32>>;
    ${output}`,
    "@group(0) @binding(12) var<storage, read_write> total: atomic<u32>; // struct Uniforms { a: b }",
  );
  assertEquals(read.bindings, [
    { name: "second", binding: 3, access: "read", reads: true },
    { name: "y", binding: 0, access: "read_write", reads: false },
    { name: "total", binding: 12, access: "read_write", reads: false },
  ]);
  assertEquals([read.uniformBinding, read.uniforms], [undefined, []]);
});

Deno.test("kernel() refuses uniforms that are no scalars of 32 bits", () => {
  for (const type of ["vec4<f32>", "bool", "f16", "array<u32>"]) {
    assertThrows(
      () => kernel("wide", `struct Uniforms { fine: f32, wide: ${type} }\n${output}`),
      Error,
      `Kernel "wide": uniform "wide" is ${type}`,
    );
  }
});

Deno.test("uniforms arrive at kernels in their types, whatever the number of them", async () => {
  const types = kernel(
    "types",
    `struct Uniforms { a: u32, b: i32, c: f32, d: f32, e: u32 }
    ${output}
    @group(0) @binding(1) var<uniform> uniforms: Uniforms;
    @compute @workgroup_size(1) fn main() {
      y[0] = f32(uniforms.a >> 31u);
      y[1] = f32(uniforms.b);
      y[2] = uniforms.c + uniforms.d;
      y[3] = f32(uniforms.e);
    }`,
  );
  assertEquals(types.uniforms.map(({ type }) => type), ["u32", "i32", "f32", "f32", "u32"]);
  // In another order than that of the struct.
  const values = { e: 9, d: 0.5, c: -2, b: -7, a: 0xffffffff };
  assertEquals(await run(types, values), [1, -7, -1.5, 9]);
});

Deno.test("a kernel that does not compile is an error with the place in its source", async () => {
  const lines = [output, "@compute @workgroup_size(1) fn main() {", "  y[0] = nonsense;", "}"];
  const broken = kernel("unknown name", lines.join("\n"));
  const line = prelude.split("\n").length + 3;
  await assertRejects(
    () => run(broken),
    GpuError,
    `Cannot compile the kernel "unknown name": line ${line}, column 10: `,
  );
  await assertRejects(() => run(broken), GpuError, 'in "y[0] = nonsense;"');
  // The error was caught where it arose: the device is as good as before.
  gpu.check();
});

Deno.test("a kernel whose bindings do not fit its pipeline is an error, too", async () => {
  const override = kernel(
    "constant",
    `${output}\n@compute @workgroup_size(1) fn main() { y[0] = 1.0; }`,
  );
  await assertRejects(
    () => pipelineOf(gpu, override, { missing: 1 }),
    GpuError,
    'Cannot compile the kernel "constant"',
  );
  gpu.check();
});

Deno.test("two kernels of one name are two kernels", async () => {
  const constant = (value: string) =>
    kernel("twin", `${output}\n@compute @workgroup_size(1) fn main() { y[0] = ${value}; }`);
  assertEquals(await run(constant("1.0")), [1, 0, 0, 0]);
  assertEquals(await run(constant("2.0")), [2, 0, 0, 0]);
});

Deno.test("pipelineOf() makes one pipeline for each choice of constants", () => {
  const one = kernel(
    "constants",
    `override a: f32 = 1.0;\n${output}\n@compute @workgroup_size(1) fn main() { y[0] = a; }`,
  );
  const pipeline = pipelineOf(gpu, one, { a: 1 });
  assertEquals(pipelineOf(gpu, one, { a: 1 }) === pipeline, true);
  assertEquals(pipelineOf(gpu, one, { a: 2 }) === pipeline, false);
});

Deno.test("kernel() refuses a source without storage buffers", () => {
  assertThrows(() => kernel("empty", "fn main() {}"), Error, "no storage buffer");
});
