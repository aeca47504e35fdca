import { assertEquals } from "@std/assert";
import type { Gpu } from "../../gpu/gpu.ts";
import { shippedChoices } from "../../gpu/kernel_choices.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { type BatchedProduct, launchProducts } from "../../shaders/matmul/product_batches.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { product } from "../reference/dense.ts";
import { assertClose, GarbageMemory, randomValues } from "./op_check.ts";

const gpu = await testGpu();
const inWorkgroups = { ...shippedChoices.other, products: "workgroups" } as const;
const software: Gpu = { ...gpu, software: true, kernels: shippedChoices.lavapipe };
const hardware: Gpu = { ...gpu, software: false, kernels: inWorkgroups };
const inRegisters: Gpu = { ...gpu, software: false, kernels: shippedChoices.other };

/** What products leave in a table, and how many launches they take. */
async function computed(
  device: Gpu,
  shapes: readonly (readonly [rows: number, columns: number])[],
  build: (program: Program, tables: readonly Tensor[]) => readonly BatchedProduct[],
): Promise<{ values: Float32Array; launches: number }> {
  const memory = new GarbageMemory(device);
  const program = new Program(memory, "batch");
  const tables = shapes.map(([rows, columns], n) =>
    program.tensor(`table ${n}`, rows, columns, { data: randomValues(rows * columns, n + 1) })
  );
  launchProducts(program, build(program, tables));
  await program.compile();
  memory.spoil();
  program.submit();
  const [{ allocation, rows, columns }] = tables;
  const values = await readFloats(memory, allocation, rows * columns);
  memory.destroy();
  return { values, launches: program.launches };
}

/** Numbers of a buffer from one place on. */
const range = ({ allocation }: Tensor, first: number, numbers: number) => ({
  allocation,
  offset: first * 4,
  bytes: numbers * 4,
});

Deno.test("launchProducts() takes blocks of tables in one launch on hardware, up to a limit", async () => {
  const [m, d, blocks] = [150, 64, 3];
  for (const accumulate of [false, true]) {
    const found = [];
    for (const device of [software, inRegisters, hardware]) {
      found.push(
        await computed(
          device,
          [[m, blocks * d + 8], [m + 5, blocks * d], [blocks * d, d]],
          (program, [c, a, b]) => {
            const count = program.buffer("count", 4, Uint32Array.of(81));
            const limit = { count, factor: 1, mFirst: 1 };
            return [2, 0, 1].map((block) => ({
              ...{ a, aRow: 5, aStride: blocks * d, aColumn: block * d },
              b: range(b, block * d * d, d * d),
              ...{ c, cStride: blocks * d + 8, cColumn: 4 + block * d },
              ...{ m, n: d, k: d, limit, accumulate, alpha: 2 },
            }));
          },
        ),
      );
    }
    assertEquals(found.map(({ launches }) => launches), [blocks, blocks, 1]);
    for (const { values } of found) assertClose(values, found[0].values, 2e-6, "blocks");
    const before = randomValues(m * (blocks * d + 8), 1);
    const changed = found[2].values.findLastIndex((value, at) => value !== before[at]);
    assertEquals(changed, 79 * (blocks * d + 8) + 3 + blocks * d);
  }
});

Deno.test("launchProducts() cuts the sums of several products, and adds their parts in one launch", async () => {
  const [d, blocks] = [64, 3];
  for (const k of [6, 64, 1030]) {
    const found = [];
    for (const device of [software, hardware]) {
      found.push(
        await computed(
          device,
          [[blocks * d, d], [k, blocks * d], [k, blocks * d]],
          (_, [c, a, b]) =>
            Array.from({ length: blocks }, (_, block) => ({
              ...{ a, aStride: blocks * d, aColumn: block * d, transposeA: true },
              ...{ b, bStride: blocks * d, bColumn: (blocks - 1 - block) * d },
              c: range(c, block * d * d, d * d),
              ...{ m: d, n: d, k, accumulate: true },
            })),
        ),
      );
    }
    assertEquals(found[1].launches, k > 256 ? 2 : 1);
    assertClose(found[1].values, found[0].values, 2e-6, "products");
    const [c, a, b] = [[d * d * blocks, 1], [k * blocks * d, 2], [k * blocks * d, 3]]
      .map(([count, seed]) => Float64Array.from(randomValues(count, seed)));
    const columns = (table: Float64Array, block: number) =>
      table.filter((_, at) => Math.floor(at / d) % blocks === block);
    for (let block = 0; block < blocks; block++) {
      const sums = product(columns(a, block), columns(b, blocks - 1 - block), d, d, k, true);
      const first = block * d * d;
      assertClose(
        found[1].values.subarray(first, first + d * d),
        sums.map((sum, at) => sum + c[first + at]),
        2e-6,
        `product ${block}`,
      );
    }
  }
});

Deno.test("launchProducts() keeps the order of batches, and takes what it cannot join one by one", async () => {
  const d = 64;
  const square = { m: d, n: d, k: d };
  const results = [];
  for (const device of [software, hardware]) {
    results.push(
      await computed(device, [[4 * d, d], [2 * d, d], [d, d], [d, d]], (program, tables) => {
        const [c, a, b, other] = tables;
        const between = program.tensor("between", 2 * d, d);
        const place = (table: Tensor, n: number) => range(table, n * d * d, d * d);
        return [
          // The second batch reads what the first one writes.
          ...[0, 1].flatMap((n) => [
            { a: place(a, n), b, c: place(between, n), ...square },
            { a: place(between, n), b, c: place(c, n), ...square, transposeB: true, batch: 1 },
          ]),
          // The operands of these lie in different buffers.
          { a: b, b: other, c: place(c, 2), ...square, batch: 2 },
          { a: other, b, c: place(c, 3), ...square, batch: 2 },
        ];
      }),
    );
  }
  assertEquals(results.map(({ launches }) => launches), [6, 4]);
  assertClose(results[1].values, results[0].values, 2e-6, "products");
});
