import { assertEquals } from "@std/assert";
import { testGpu } from "../gpu/test_gpu.ts";
import { flipBits } from "./bit_flips.ts";

Deno.test("a flipped bit in a run, its caches or its data is told, or changes nothing", async () => {
  const told: string[] = [];
  const outcomes = await flipBits(await testGpu(), 40, 1, (text) => told.push(text));
  assertEquals(told, []);
  let detected = 0;
  for (const outcome of outcomes.values()) detected += outcome.detected + outcome.announced;
  assertEquals(detected > 20, true, JSON.stringify([...outcomes]));
});
