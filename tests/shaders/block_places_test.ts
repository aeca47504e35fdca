import { assert, assertEquals } from "@std/assert";
import { placesOfBlock } from "../../shaders/rank/block_places.ts";
import { testGpu } from "../gpu/test_gpu.ts";

Deno.test("placesOfBlock() gives rows that a binding holds, in whole tiles of a product where it can", async () => {
  const gpu = { ...await testGpu(), software: true };
  // All rows where they fit, and blocks of about the same length where they do not.
  assertEquals(placesOfBlock(gpu, 1200, 400), 1200);
  assertEquals(placesOfBlock(gpu, 0, 400), 1);
  assertEquals(placesOfBlock(gpu, 9308, 6710), 1184);
  assertEquals(placesOfBlock(gpu, 1_000_000, 100_000), 64);
  assertEquals(placesOfBlock({ ...gpu, software: false }, 1_000_000, 100_000), 320);
  assertEquals(placesOfBlock(gpu, 5, 100_000), 5);
  const limits = { ...gpu.limits, maxStorageBufferBindingSize: 40 * 68 * 4 };
  assertEquals(placesOfBlock({ ...gpu, limits }, 300, 65), 32);
  for (const items of [10_000_000, 2_000_000, 300_000, 262_145]) {
    const places = placesOfBlock(gpu, 1_000_000, items);
    assert(places >= 1 && (places === 1 || places * items * 4 <= 32 * 2 ** 20), `${items} items`);
  }
});
