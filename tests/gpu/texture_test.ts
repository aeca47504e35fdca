import { assert, assertEquals, assertThrows } from "@std/assert";
import { kernel } from "../../gpu/kernel.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { fitsTexture } from "../../gpu/texture.ts";
import { testGpu } from "./test_gpu.ts";
import { double, throughTexture } from "./test_kernels.ts";

const gpu = await testGpu();
const ignore = gpu.textureRows === 0;
const skipped = ignore ? " (skipped: kernels read no textures here)" : "";
/** Texels in a row of the texture. */
const row = 1024;

function counted(length: number, first = 0): Float32Array {
  return Float32Array.from({ length }, (_, n) => first + n);
}

Deno.test({
  name: `a kernel reads a buffer through a texture, whatever its size${skipped}`,
  ignore,
  async fn() {
    for (const vectors of [1, 3, row - 1, row, row + 1, 5 * row, 5 * row + 7]) {
      const memory = new Memory(gpu);
      const program = new Program(memory, "texture");
      const data = counted(4 * vectors, 0.5);
      const x = program.tensor("x", vectors, 4, { data });
      const y = program.tensor("y", vectors, 4);
      program.launch(throughTexture, { buffers: { x, y }, threads: vectors });
      await program.compile();
      program.submit();
      assertEquals(await readFloats(memory, y.allocation), data);
      memory.destroy();
    }
  },
});

Deno.test({
  name: `a kernel reads a range of a buffer through a texture${skipped}`,
  ignore,
  async fn() {
    const memory = new Memory(gpu);
    const program = new Program(memory, "range");
    const vectors = 2 * row + 32;
    const x = program.tensor("x", vectors, 4, { data: counted(4 * vectors) });
    const ranges = [[16, row + 5], [vectors - 16, 16]].map(([first, count]) => {
      const y = program.tensor("y", count, 4);
      const range = { allocation: x.allocation, offset: 16 * first, bytes: 16 * count };
      program.launch(throughTexture, { buffers: { x: range, y }, threads: count });
      return { y: y.allocation, wanted: counted(4 * count, 4 * first) };
    });
    await program.compile();
    program.submit();
    for (const { y, wanted } of ranges) assertEquals(await readFloats(memory, y), wanted);
    memory.destroy();
  },
});

Deno.test({
  name:
    `launches read through a texture what launches and the CPU have written before them${skipped}`,
  ignore,
  async fn() {
    const memory = new Memory(gpu);
    const program = new Program(memory, "order");
    const a = program.tensor("a", 1, 4, { data: counted(4, 1) });
    const b = program.tensor("b", 1, 4);
    const outputs = Array.from({ length: 4 }, (_, n) => program.tensor(`output ${n}`, 1, 4));
    const read = (x: typeof a, n: number) =>
      program.launch(throughTexture, { buffers: { x, y: outputs[n] }, threads: 1 });
    read(a, 0);
    program.launch(double, { buffers: { x: a, y: b }, threads: 4 });
    read(b, 1);
    program.launch(double, { buffers: { x: b, y: a }, threads: 4 });
    read(a, 2);
    read(a, 3);
    await program.compile();
    const found = () =>
      Promise.all(
        outputs.map(async ({ allocation }) => (await readFloats(memory, allocation))[0]),
      );
    program.submit();
    assertEquals(await found(), [1, 2, 4, 4]);
    program.submit();
    assertEquals(await found(), [4, 8, 16, 16]);
    // A run that begins between launches that read the same.
    memory.write(a.allocation, Float32Array.of(9));
    program.submit(5);
    assertEquals(await found(), [4, 8, 16, 9]);
    memory.destroy();
  },
});

Deno.test({
  name: `programs share a texture, and a larger one replaces it${skipped}`,
  ignore,
  async fn() {
    const memory = new Memory(gpu);
    const planned = (vectors: number) => {
      const program = new Program(memory, `${vectors} vectors`);
      const x = program.tensor("x", vectors, 4, { data: counted(4 * vectors, vectors) });
      const y = program.tensor("y", vectors, 4);
      program.launch(throughTexture, { buffers: { x, y }, threads: vectors });
      return { program, x, y };
    };
    const small = [planned(1), planned(row)];
    const buffers = () =>
      memory.plan().reduce((sum, { owner, bytes }) => owner === "textures" ? sum : sum + bytes, 0);
    // Of three rows at least: a height is no power of two.
    const texture = { owner: "textures", buffers: 1, bytes: 3 * 16 * row };
    assertEquals(memory.plan().at(-1), texture);
    assertEquals(
      [memory.bytes, memory.bytesWithoutReuse],
      Array(2).fill(buffers() + texture.bytes),
    );
    await small[0].program.compile();
    const large = planned(4 * row);
    // One texture is there, and another of five rows is to come.
    assertEquals(memory.plan().at(-1)?.bytes, (3 + 5) * 16 * row);
    await large.program.compile();
    await small[1].program.compile();
    const all = [...small, large, ...small];
    for (const { program } of all) program.submit();
    for (const { x, y } of all) {
      const [wanted, found] = [x, y].map(({ allocation }) => readFloats(memory, allocation));
      assertEquals(await found, await wanted);
    }
    memory.destroy();
    assertEquals(memory.bytes, 0);
  },
});

Deno.test("fitsTexture() counts rows of texels", () => {
  assert(fitsTexture({ textureRows: 2 }, 2 * row * 16));
  assert(!fitsTexture({ textureRows: 2 }, 2 * row * 16 + 16));
  assert(!fitsTexture({ textureRows: 0 }, 16));
});

Deno.test("Program.launch() refuses what does not fit in a texture", () => {
  const program = new Program(new Memory({ ...gpu, textureRows: 1 }), "large");
  const [x, y] = ["x", "y"].map((name) => program.tensor(name, row + 1, 4));
  const launch = { buffers: { x, y }, threads: row + 1 };
  assertThrows(() => program.launch(throughTexture, launch), Error, '"x" through a texture');
});

Deno.test("kernel() reads textures off the source, in their order", () => {
  const y = "@group(0) @binding(2) var<storage, read_write> y: array<f32>;";
  const [a, b] = ["a", "b"].map((name, n) =>
    `@group(0) @binding(${n}) var ${name}: texture_storage_2d<rgba32float, read>;`
  );
  const read = { access: "read", reads: true } as const;
  assertEquals(kernel("textures", a, y, b).bindings, [
    { name: "y", binding: 2, access: "read_write", reads: false },
    { name: "a", binding: 0, ...read, texture: 0 },
    { name: "b", binding: 1, ...read, texture: 1 },
  ]);
});
