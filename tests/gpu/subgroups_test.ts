import { assert, assertEquals } from "@std/assert";
import { subgroupSize } from "../../gpu/subgroups.ts";
import { testGpu } from "./test_gpu.ts";

const gpu = await testGpu();

Deno.test("openGpu() knows the subgroups of a software driver, and asks no other", () => {
  if (!gpu.software) assertEquals(gpu.subgroupSize, 0);
  else assert([0, 8, 16, 32, 64].includes(gpu.subgroupSize), `${gpu.subgroupSize}`);
});

Deno.test({
  name: `subgroupSize() gives the same answer each time${
    gpu.subgroupSize > 0 ? "" : " (skipped: the device was opened without subgroups)"
  }`,
  ignore: gpu.subgroupSize === 0,
  async fn() {
    assertEquals(await subgroupSize(gpu), gpu.subgroupSize);
    gpu.check();
  },
});
