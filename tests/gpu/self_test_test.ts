import { assert, assertEquals, assertRejects } from "@std/assert";
import { GpuError } from "../../errors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { assertSelfTest, selfTest } from "../../gpu/self_test.ts";
import { testGpu } from "./test_gpu.ts";

const gpu = await testGpu();

/** The device with another compiler: one that takes a piece of the source for something else. */
function miscompiling(piece: string, other: string): Gpu {
  const device = new Proxy(gpu.device, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== "createShaderModule") return value.bind(target);
      return (descriptor: GPUShaderModuleDescriptor) => {
        assert(descriptor.code.includes(piece), `the source has no "${piece}"`);
        return target.createShaderModule({
          ...descriptor,
          code: descriptor.code.replaceAll(piece, other),
        });
      };
    },
  });
  return { ...gpu, device };
}

const wrong: readonly [name: string, found: string, piece: string, other: string][] = [
  ["long loop", "1,000 of 200,000 iterations", "n < uniforms.turns", "n < 1000u"],
  // A NaN that equals itself, and counts as a number.
  ["NaN and infinity", "the answers 1110, not 1111", "!is_finite(not_a_number)", "false"],
  ["NaN and infinity", "the answers 1011, not 1111", "is_finite(3.0e38 + uniforms.zero)", "false"],
  ["integer hash", "not 908250390, 4044648920", "v ^= v >> vec4<u32>(16u);", ""],
  ["small product", "away from f64", "k < size", "k < size - 1u"],
  ["small product", "NaN away", "bitcast<u32>(sum)", "0x7fc00000u"],
];

for (const [name, found, piece, other] of wrong) {
  Deno.test(`assertSelfTest() refuses a device whose ${name} gives "${found}"`, async () => {
    const bad = miscompiling(piece, other);
    const results = await selfTest(bad);
    assertEquals(results.filter(({ passed }) => !passed).map((result) => result.name), [name]);
    await assertRejects(() => assertSelfTest(bad), GpuError, `the self-test "${name}" found`);
    await assertRejects(() => assertSelfTest(bad), GpuError, found);
  });
}

Deno.test("selfTest() trusts a driver that stops loops after 65,535 turns, and says so", async () => {
  const results = await selfTest(
    miscompiling("n < uniforms.turns", "n < min(uniforms.turns, 65535u)"),
  );
  const loop = results.find(({ name }) => name === "long loop")!;
  assertEquals(loop.passed, true);
  assert(/^65,53[45] of 200,000 iterations/.test(loop.found), loop.found);
});

Deno.test("selfTest() passes on this device", async () => {
  const results = await selfTest(gpu);
  assertEquals(results.map(({ name }) => name), [
    "long loop",
    "NaN and infinity",
    "integer hash",
    "small product",
  ]);
  for (const { name, passed, found } of results) assert(passed, `${name}: ${found}`);
  await assertSelfTest(gpu);
});
