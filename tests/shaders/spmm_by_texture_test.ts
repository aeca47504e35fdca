import { assert, assertEquals } from "@std/assert";
import type { Csr } from "../../algebra/csr.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { shippedChoices } from "../../gpu/kernel_choices.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { propagateSum } from "../../shaders/spmm/propagate.ts";
import { rowSubset } from "../../shaders/spmm/row_subset.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { randomSparse } from "../reference/sparse.ts";
import { GarbageMemory, randomValues } from "./op_check.ts";

const gpu = await testGpu();
const ignore = gpu.textureRows === 0;
const skipped = ignore ? " (skipped: kernels read no textures here)" : "";

type SparseVariant = Gpu["kernels"]["sparseProducts"];

/** The same device with a variant of sparse products. */
function withVariant(sparseProducts: SparseVariant, textureRows = gpu.textureRows): Gpu {
  const { software, other } = shippedChoices;
  return { ...gpu, textureRows, kernels: { ...gpu.software ? software : other, sparseProducts } };
}

/** Output and gradient of an op of `x`, and the kernels that computed them. */
async function run(
  device: Gpu,
  [rows, columns]: readonly [number, number],
  build: (program: Program, x: Tensor) => Tensor,
) {
  const memory = new GarbageMemory(device);
  const program = new Program(memory, "product");
  const x = program.tensor("x", rows, columns, { data: randomValues(rows * columns, 1) });
  const y = build(program, x);
  const { gradient } = program.gradientTarget(y)!;
  program.backward();
  await program.compile();
  memory.spoil();
  memory.write(gradient.allocation, randomValues(y.rows * y.columns, 2));
  program.submit();
  const bits = async ({ allocation, rows, columns }: Tensor) =>
    new Uint32Array((await readFloats(memory, allocation, rows * columns)).buffer);
  const found = { y: await bits(y), gradient: await bits(program.gradient(x)!) };
  memory.destroy();
  return { found, kernels: program.kernelNames() };
}

const isByTexture = (name: string) => name.endsWith("_by_texture");
const product = (matrix: Csr) => (program: Program, x: Tensor) =>
  spmm(program, uploadSparse(program.memory, "A", matrix), x);

Deno.test({
  name: `spmm() through a texture gives the bits that it gives from a buffer${skipped}`,
  ignore,
  async fn() {
    for (const [rows, columns] of [[5, 3], [170, 90], [64, 1100], [40, 70_000]]) {
      const matrix = randomSparse(rows, columns, columns > 1e4 ? 1e-3 : 0.2, rows, true);
      for (const d of columns > 1e4 ? [4, 64] : [4, 12, 60, 64, 96, 128, 192, 260]) {
        const results = [];
        for (const variant of ["subgroups", "textures"] as const) {
          results.push(await run(withVariant(variant), [columns, d], product(matrix)));
        }
        const [buffer, texture] = results;
        assertEquals(texture.found, buffer.found, `${rows}×${columns}×${d}`);
        assert(texture.kernels.some(isByTexture) && !buffer.kernels.some(isByTexture));
      }
    }
  },
});

Deno.test({
  name: `propagateSum() through a texture gives the bits that it gives from buffers${skipped}`,
  ignore,
  async fn() {
    const n = 300;
    const matrix = randomSparse(n, n, 0.05, 7, true);
    const propagate = (program: Program, x: Tensor) => {
      const position = { seed: 0, step: 3, epochStep: 0, epochRows: 7, batchSize: 7 };
      const state = stepState(program, position);
      const list = rowList(program, "rows", 4, Uint32Array.of(5, 0, none, 299));
      const subset = rowSubset(program, n, [{ list, firstRow: 0 }], state);
      const operator = uploadSparse(program.memory, "A", matrix);
      const all = propagateSum(program, operator, x, 3, 0.25);
      return propagateSum(program, operator, all, 2, 0.5, subset);
    };
    const [buffer, texture] = await Promise.all(
      (["subgroups", "textures"] as const).map((variant) =>
        run(withVariant(variant), [n, 64], propagate)
      ),
    );
    assertEquals(texture.found.gradient, buffer.found.gradient);
    for (const row of [0, 5, 299]) {
      const [one, other] = [texture, buffer]
        .map(({ found }) => found.y.subarray(row * 64, (row + 1) * 64));
      assertEquals(one, other);
    }
  },
});

Deno.test("spmm() reads from a buffer what does not fit in a texture, forward or backward", async () => {
  const matrix = randomSparse(30, 70, 0.2, 1, true);
  const buffer = await run(withVariant("subgroups"), [70, 64], product(matrix));
  // Rows of 16 texels: 30 of them fit in a row of the texture, and 70 do not.
  for (const [rows, count] of [[gpu.textureRows, 2], [1, 1], [0, 0]]) {
    const { found, kernels } = await run(withVariant("textures", rows), [70, 64], product(matrix));
    assertEquals(found, buffer.found);
    if (!ignore) assertEquals(kernels.filter(isByTexture).length, count);
  }
});
