import { assertAlmostEquals } from "@std/assert";
import { type KernelChoices, kernelVariants, withKernels } from "../../gpu/kernel_choices.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { sumAll, sumColumns } from "../../shaders/reduce/reduce.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { assertClose, GarbageMemory, randomValues } from "./op_check.ts";

for (const sums of kernelVariants.sums) {
  Deno.test(`sumAll() and sumColumns() sum what is there, in every size, by ${sums}`, () =>
    check(sums));
}

async function check(variant: KernelChoices["sums"]): Promise<void> {
  const tested = await testGpu();
  const gpu = withKernels(tested, { ...tested.kernels, sums: variant });
  for (const rows of [1, 63, 64, 65, 1000, 20_000]) {
    const memory = new GarbageMemory(gpu);
    const program = new Program(memory, "sums");
    const columns = 5;
    const data = randomValues(rows * columns, rows);
    const x = program.tensor("x", rows, columns, { data });
    const output = program.buffer("output", 16);
    const count = rows * columns;
    sumAll(program, x, output, 0, { count, scale: 2 });
    sumAll(program, x, output, 1, { count, square: true, squareRoot: true });
    const sums = program.tensor("sums", 1, columns);
    sumColumns(program, x, sums, false);
    sumColumns(program, x, sums, true);
    await program.compile();
    memory.spoil();
    program.submit();
    const found = await readFloats(memory, output, 2);
    let [sum, squares] = [0, 0];
    const byColumn = new Float64Array(columns);
    data.forEach((value, n) => {
      sum += 2 * value;
      squares += value * value;
      byColumn[n % columns] += 2 * value;
    });
    assertAlmostEquals(found[0], sum, 1e-5 * Math.sqrt(squares));
    assertClose([found[1]], [Math.sqrt(squares)], 2e-6, "norm");
    const columnSums = await readFloats(memory, sums.allocation, columns);
    byColumn.forEach((value, c) =>
      assertAlmostEquals(columnSums[c], value, 1e-5 * Math.sqrt(squares))
    );
    memory.destroy();
  }
}
