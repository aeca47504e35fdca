import { assertEquals, assertRejects } from "@std/assert";
import {
  forgetOwnKernels,
  keepOwnKernels,
  readOwnKernels,
} from "../../../cli/common/own_kernels.ts";
import { DataError } from "../../../errors.ts";
import { shippedChoices } from "../../../gpu/kernel_choices.ts";

const { software, nvidia } = shippedChoices;

Deno.test("keepOwnKernels() keeps the kernels of each adapter, and forgetOwnKernels() none", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/.cache/kernels.json`;
  assertEquals(await readOwnKernels(file), {});
  await keepOwnKernels("a", software, file);
  await keepOwnKernels("b", nvidia, file);
  await keepOwnKernels("a", nvidia, file);
  assertEquals(await readOwnKernels(file), { a: nvidia, b: nvidia });
  assertEquals([await forgetOwnKernels(file), await forgetOwnKernels(file)], [true, false]);
  assertEquals(await readOwnKernels(file), {});
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readOwnKernels() refuses what it cannot use, and keepOwnKernels() replaces it", async () => {
  const file = await Deno.makeTempFile();
  const unknown = JSON.stringify({ a: { ...software, products: "by hand" } });
  for (const text of ["", "[]", "{", unknown]) {
    await Deno.writeTextFile(file, text);
    const error = await assertRejects(() => readOwnKernels(file), DataError, "expected variants");
    assertEquals(error.nextStep?.includes("doctor --tune"), true);
    await keepOwnKernels("a", nvidia, file);
    assertEquals(await readOwnKernels(file), { a: nvidia });
  }
  await Deno.remove(file);
});
