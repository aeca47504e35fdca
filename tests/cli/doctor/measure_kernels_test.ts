import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { type KernelCase, kernelCases } from "../../../cli/doctor/kernel_cases.ts";
import { fastest, measureKernels } from "../../../cli/doctor/measure_kernels.ts";
import { measuredText } from "../../../cli/doctor/measured_text.ts";
import { GpuError } from "../../../errors.ts";
import type { Gpu } from "../../../gpu/gpu.ts";
import { kernelFamilies, parseChoices } from "../../../gpu/kernel_choices.ts";
import { fill } from "../../../shaders/elementwise/elementwise.ts";
import { testGpu } from "../../gpu/test_gpu.ts";

Deno.test("fastest() takes what is clearly faster over all cases, or the shipped variant", () => {
  assertEquals(fastest([{ a: 10, b: 5 }, { a: 10, b: 12 }], "a"), "b");
  assertEquals(fastest([{ a: 10, b: 5 }, { a: 10, b: 21 }], "a"), "a");
  assertEquals(fastest([{ a: 10, b: 9.8 }], "a"), "a");
  assertEquals(fastest([{ a: 10, b: 9.8 }], "b"), "b");
  assertEquals(fastest([{ a: 10, b: 20 }], "c"), "c");
  assertEquals(fastest([{ a: 20, b: 10 }], "c"), "b");
});

Deno.test("doctor --tune measures something of each family", () => {
  for (const family of kernelFamilies) assert(kernelCases.some((one) => one.family === family));
});

Deno.test("measureKernels() times all variants and chooses one of each family", async () => {
  const gpu = await testGpu();
  const cases = kernelFamilies.map((family) => ({
    family,
    name: `a case of ${family}`,
    append: (program: Parameters<typeof fill>[0]) =>
      fill(program, program.tensor("x", 64, 4, { differentiable: false }), 1),
  }));
  const told: string[] = [];
  const measured = await measureKernels(gpu, cases, (text) => told.push(text));
  assertEquals(told, cases.map(({ family, name }) => `${family}: ${name}`));
  assertEquals(parseChoices(measured.kernels), measured.kernels);
  for (const { milliseconds } of measured.cases) {
    for (const time of Object.values(milliseconds)) assert(time >= 0 && time < 1e4);
  }
  const text = measuredText(measured);
  for (const { name } of cases) assertStringIncludes(text, name);
  assertEquals(text.split(" *").length, kernelFamilies.length + 1);
});

Deno.test("measureKernels() leaves out variants that a device does not have", async () => {
  const gpu = await testGpu();
  const one: KernelCase = {
    family: "sparseProducts",
    name: "zeros",
    append: (program) => fill(program, program.tensor("x", 64, 4, { differentiable: false }), 1),
  };
  const measured = async (device: Partial<Gpu>) => {
    const cases = kernelFamilies.map((family) => ({ ...one, family }));
    const all = await measureKernels({ ...gpu, ...device }, cases);
    const sparse = all.cases.find(({ family }) => family === "sparseProducts");
    return Object.keys(sparse!.milliseconds);
  };
  const [subgroupSize, textureRows] = [8, 1];
  assertEquals(await measured({ subgroupSize: 0, textureRows: 0 }), ["invocations"]);
  assertEquals(await measured({ subgroupSize: 0, textureRows }), ["invocations", "textures"]);
  assertEquals(await measured({ subgroupSize, textureRows: 0 }), ["invocations", "subgroups"]);
});

Deno.test("measureKernels() refuses a device without timestamps", async () => {
  const gpu = { ...await testGpu(), timestamps: false };
  await assertRejects(() => measureKernels(gpu, kernelCases), GpuError, "no timestamps");
});
