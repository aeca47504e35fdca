import { assertEquals, assertRejects } from "@std/assert";
import { GpuError } from "../../../errors.ts";
import { Program } from "../../../gpu/program.ts";
import { readFloats } from "../../../gpu/readback.ts";
import type { Tensor } from "../../../gpu/tensor.ts";
import { bindableRanges } from "../../../models/ssr/evaluated_side.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { assertClose } from "../../shaders/op_check.ts";
import { built, two } from "./ssr_fixture.ts";

/** All that an evaluation makes, where a device binds so many bytes. */
async function evaluated(overrides: Record<string, unknown>, maxStorageBufferBindingSize: number) {
  const gpu = await testGpu();
  const limits = { ...gpu.limits, maxStorageBufferBindingSize };
  const { memory, model } = await built(overrides, two, [], { ...gpu, limits });
  const program = new Program(memory, "composition");
  const composition = model.composition!(program);
  if (!("users" in composition)) throw new Error("Scores are not products of rows");
  const { representation: rows, users, items } = composition;
  const told = model.diagnose!(program);
  await program.compile();
  program.submit();
  const read = (tables: readonly Tensor[]) =>
    Promise.all(
      tables.map(({ allocation, rows, columns }) => readFloats(memory, allocation, rows * columns)),
    );
  const parts = [...users, ...items].map(({ rows: { table } }) => table);
  const found = {
    tables: await read([rows.users.table, rows.items.table, ...parts]),
    gates: await read(told.filter(({ name }) => name.startsWith("gate")).map(({ table }) => table)),
    energies: await read(
      told.filter(({ name }) => name.startsWith("en")).map(({ table }) => table),
    ),
  };
  memory.destroy();
  return found;
}

Deno.test("ssr's rows are the same where bands of all of them are more than a device binds", async () => {
  for (
    const overrides of [
      { bands: 3 },
      { bands: 4, decomposition: "smooth" },
      { bands: 4, decomposition: "gft", eigenpairs: 12 },
      { bands: 3, operator: "cp", rank: 4 },
    ]
  ) {
    // 40 users and 30 items of 48 columns and so many bands, in blocks of 20 to 27 rows.
    const [whole, cut] = await Promise.all(
      [2 ** 27, 16000].map((bytes) => evaluated(overrides, bytes)),
    );
    const label = JSON.stringify(overrides);
    assertEquals([cut.tables, cut.gates], [whole.tables, whole.gates], label);
    assertEquals([cut.tables.length, cut.energies.length], [2 + 2 * overrides.bands, 2], label);
    cut.energies.forEach((energies, n) => assertClose(energies, whole.energies[n], 1e-5, label));
  }
});

Deno.test("bindableRanges() leaves to the launch what cannot be bound at all", async () => {
  assertEquals(bindableRanges({ first: 5, rows: 2 }, 100, 80), [
    { first: 5, rows: 1 },
    { first: 6, rows: 1 },
  ]);
  assertEquals(bindableRanges({ first: 0, rows: 9 }, 2, 72), [{ first: 0, rows: 9 }]);
  await assertRejects(() => evaluated({}, 8000), GpuError, "binds at most");
});
