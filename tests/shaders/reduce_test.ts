import { assertAlmostEquals } from "@std/assert";
import { type KernelChoices, kernelVariants, withKernels } from "../../gpu/kernel_choices.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { combineParts, sumAll, sumColumns } from "../../shaders/reduce/reduce.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { assertClose, GarbageMemory, randomValues } from "./op_check.ts";

for (const sums of kernelVariants.sums) {
  Deno.test(`sumAll() and sumColumns() sum what is there, in every size, by ${sums}`, () =>
    check(sums));
  Deno.test(`combineParts() adds few parts and many, with bias and activation, by ${sums}`, () =>
    checkParts(sums));
}

async function checkParts(variant: KernelChoices["sums"]): Promise<void> {
  const tested = await testGpu();
  const gpu = withKernels(tested, { ...tested.kernels, sums: variant });
  for (
    const [splits, rows, columns] of [[1, 3, 4], [8, 7, 5], [9, 1, 1], [105, 33, 3], [1000, 2, 31]]
  ) {
    const count = rows * columns;
    const memory = new GarbageMemory(gpu);
    const program = new Program(memory, "parts");
    const data = randomValues(splits * count, splits);
    const parts = program.buffer("parts", splits * count * 4, data);
    const bias = program.tensor("bias", 1, columns, { data: randomValues(columns, 2) });
    const plain = program.tensor("plain", rows, columns);
    const activated = program.tensor("activated", rows, columns);
    combineParts(program, parts, plain, { count, columns, splits });
    combineParts(program, parts, plain, { count, columns, splits, accumulate: true });
    const shape = { count, columns, splits, bias, activation: "sigmoid" as const };
    combineParts(program, parts, activated, shape);
    await program.compile();
    memory.spoil();
    memory.write(bias.allocation, randomValues(columns, 2));
    program.submit();
    const sums = new Float64Array(count);
    data.forEach((value, n) => sums[n % count] += value);
    const biases = randomValues(columns, 2);
    const scale = Math.sqrt(splits);
    const found = await readFloats(memory, plain.allocation, count);
    const values = await readFloats(memory, activated.allocation, count);
    sums.forEach((sum, n) => {
      assertAlmostEquals(found[n], 2 * sum, 2e-6 * scale);
      const expected = 1 / (1 + Math.exp(-sum - biases[n % columns]));
      assertAlmostEquals(values[n], expected, 2e-6 * scale);
    });
    memory.destroy();
  }
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
