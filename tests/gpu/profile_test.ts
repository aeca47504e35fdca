import { assertEquals, assertRejects } from "@std/assert";
import { GpuError } from "../../errors.ts";
import { Memory } from "../../gpu/memory.ts";
import { profile } from "../../gpu/profile.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { assertEach } from "../assert_each.ts";
import { testGpu } from "./test_gpu.ts";
import { double, throughTexture, visit } from "./test_kernels.ts";

const gpu = await testGpu();

Deno.test("profile() sums the launches of a kernel, more than one query set holds", {
  ignore: !gpu.timestamps,
}, async () => {
  const memory = new Memory(gpu);
  const program = new Program(memory, "profile");
  const x = program.tensor("x", 1, 4, { data: Float32Array.of(1, 2, 3, 4) });
  const y = program.tensor("y", 1, 4);
  const visits = program.buffer("visits", 16);
  for (let n = 0; n < 2050; n++) program.launch(double, { buffers: { x, y }, threads: 4 });
  program.launch(visit, { buffers: { y: visits }, uniforms: { count: 1 }, threads: 1 });
  await program.compile();
  const times = await profile(program);
  const launches = Object.fromEntries(times.map(({ kernel, launches }) => [kernel, launches]));
  assertEquals(launches, { double: 2050, visit: 1 });
  const milliseconds = times.map(({ milliseconds }) => milliseconds);
  assertEach(milliseconds, (time) => time >= 0, "at least 0", "milliseconds");
  assertEquals(times[0].milliseconds >= times[1].milliseconds, true);
  // It ran the program, not only timed it.
  assertEquals(Array.from(await readFloats(memory, y.allocation)), [2, 4, 6, 8]);
  memory.destroy();
});

Deno.test("profile() times copies to the texture by themselves", {
  ignore: !gpu.timestamps || gpu.textureRows === 0,
}, async () => {
  const memory = new Memory(gpu);
  const program = new Program(memory, "profile");
  const x = program.tensor("x", 1, 4, { data: Float32Array.of(1, 2, 3, 4) });
  const y = program.tensor("y", 1, 4);
  // More launches than a query set holds, each with a copy.
  for (let n = 0; n < 1030; n++) {
    program.launch(throughTexture, { buffers: { x, y }, threads: 1 });
    program.launch(throughTexture, { buffers: { x: y, y: x }, threads: 1 });
  }
  await program.compile();
  const times = await profile(program);
  const launches = Object.fromEntries(times.map(({ kernel, launches }) => [kernel, launches]));
  assertEquals(launches, { "through texture": 2060, "copy to texture": 2060 });
  assertEach(times.map(({ milliseconds }) => milliseconds), (time) => time > 0, "above 0");
  memory.destroy();
});

Deno.test("profile() refuses a device without timestamps", async () => {
  const program = new Program(new Memory({ ...gpu, timestamps: false }), "profile");
  await assertRejects(() => profile(program), GpuError, "no timestamp queries");
});
