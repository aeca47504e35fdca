import { assertEquals } from "@std/assert";
import type { Gpu } from "../../gpu/gpu.ts";
import { shippedChoices } from "../../gpu/kernel_choices.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { launchProduct, matmul } from "../../shaders/matmul/matmul.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { product } from "../reference/dense.ts";
import { assertClose, GarbageMemory, randomValues } from "./op_check.ts";

const gpu = await testGpu();
const ignore = gpu.textureRows === 0 || gpu.subgroupSize === 0;
const skipped = ignore ? " (skipped: kernels read no textures, or form no subgroups here)" : "";
const byTextures = "matmul/shared_by_textures";

function withVariant(products: Gpu["kernels"]["products"]): Gpu {
  return { ...gpu, kernels: { ...shippedChoices.software, products } };
}

async function floats(memory: GarbageMemory, { allocation, rows, columns }: Tensor) {
  return await readFloats(memory, allocation, rows * columns);
}

/** A product and the gradients of its operands, and the kernels that computed them. */
async function run(
  device: Gpu,
  [m, n, k]: readonly number[],
  [transposeA, transposeB]: readonly boolean[],
) {
  const memory = new GarbageMemory(device);
  const program = new Program(memory, "product");
  const tensor = (label: string, rows: number, columns: number, seed: number) =>
    program.tensor(label, rows, columns, { data: randomValues(rows * columns, seed) });
  const a = transposeA ? tensor("a", k, m, 1) : tensor("a", m, k, 1);
  const b = transposeB ? tensor("b", n, k, 2) : tensor("b", k, n, 2);
  const c = matmul(program, a, b, { transposeA, transposeB });
  const { gradient } = program.gradientTarget(c)!;
  program.backward();
  await program.compile();
  memory.spoil();
  memory.write(gradient.allocation, randomValues(m * n, 3));
  program.submit();
  const all = [c, program.gradient(a)!, program.gradient(b)!];
  const found = await Promise.all(all.map((one) => floats(memory, one)));
  memory.destroy();
  return { found, kernels: program.kernelNames() };
}

/** The same bits: NaN would be another number than itself. */
const bits = (values: Float32Array) => new Uint32Array(values.buffer);

Deno.test({
  name: `matmul() through textures gives the bits that it gives from buffers${skipped}`,
  ignore,
  async fn() {
    for (const shape of [[1100, 64, 64], [64, 68, 1200]]) {
      for (const transposed of [[false, false], [false, true], [true, false], [true, true]]) {
        const what = `${shape.join("×")} ${transposed}`;
        const buffers = await run(withVariant("subgroups"), shape, transposed);
        const textures = await run(withVariant("textures"), shape, transposed);
        assertEquals(textures.found.map(bits), buffers.found.map(bits), what);
        assertEquals(textures.kernels.filter((name) => name === byTextures).length, 3, what);
        assertEquals(buffers.kernels.includes(byTextures), false);
        const [m, n, k] = shape;
        const [a, b] = [randomValues(m * k, 1), randomValues(k * n, 2)].map((one) =>
          Float64Array.from(one)
        );
        const wanted = product(a, b, m, n, k, transposed[0], transposed[1]);
        assertClose(textures.found[0], wanted, 2e-6, what);
      }
    }
  },
});

Deno.test({
  name: `launchProduct() through textures takes blocks of columns, and stops at a limit${skipped}`,
  ignore,
  async fn() {
    const [m, n, k, width] = [1400, 64, 64, 96];
    const results = [];
    for (const variant of ["subgroups", "textures"] as const) {
      const memory = new GarbageMemory(withVariant(variant));
      const program = new Program(memory, "block");
      const table = (label: string, rows: number, seed: number) =>
        program.tensor(label, rows, width, { data: randomValues(rows * width, seed) });
      const [a, b, c] = [table("a", m, 1), table("b", k, 2), table("c", m, 3)];
      const count = program.buffer("count", 4, Uint32Array.of(300));
      const strides = { aStride: width, bStride: width, cStride: width };
      const columns = { aColumn: 32, bColumn: 8, cColumn: 16 };
      const limit = { count, factor: 4, mFirst: 8 };
      launchProduct(program, { a, b, c, m, n, k, ...strides, ...columns, limit });
      const sums = program.tensor("sums", n, n);
      const whole = { m: n, n, k: m, transposeA: true };
      launchProduct(program, { a, b: c, c: sums, ...whole, aStride: width, bStride: width });
      await program.compile();
      memory.spoil();
      program.submit();
      const found = [await floats(memory, c), await floats(memory, sums)];
      results.push({ found: found.map(bits), kernels: program.kernelNames() });
      memory.destroy();
    }
    const [buffers, textures] = results;
    assertEquals(textures.found, buffers.found);
    assertEquals(textures.kernels.filter((name) => name === byTextures).length, 2);
  },
});

Deno.test("launchProduct() reads from buffers what is not worth a copy, or does not fit", () => {
  const kernelOf = (
    [m, n, k, width]: readonly number[],
    textureRows: number,
    transposeA = false,
  ) => {
    const kernels = { ...shippedChoices.software, products: "textures" } as const;
    const program = new Program(
      new GarbageMemory({ ...gpu, software: true, subgroupSize: 8, textureRows, kernels }),
      "product",
    );
    const tensor = (label: string, rows: number, columns: number) =>
      program.tensor(label, rows, columns);
    const a = transposeA ? tensor("a", k, width) : tensor("a", m, width);
    const [b, c] = [tensor("b", k, n), tensor("c", m, n)];
    launchProduct(program, { a, b, c, m, n, k, transposeA, aStride: width });
    return program.kernelNames()[0];
  };
  assertEquals(kernelOf([2048, 64, 64, 64], 8192), byTextures);
  // Little work, a block of a wide table, much to copy, and a table of 32 rows of texels.
  assertEquals(kernelOf([512, 64, 64, 64], 8192), "matmul/shared");
  assertEquals(kernelOf([2048, 64, 64, 256], 8192), "matmul/shared");
  assertEquals(kernelOf([2 ** 18, 64, 64, 64], 8192), "matmul/shared");
  assertEquals(kernelOf([2048, 64, 64, 64], 31), "matmul/shared");
  assertEquals(kernelOf([2048, 64, 64, 64], 32), byTextures);
  // Transposed, a product is worth more.
  assertEquals(kernelOf([64, 64, 2048, 64], 8192, true), byTextures);
  assertEquals(kernelOf([64, 64, 2048, 256], 8192, true), "matmul/shared");
});
