import { assertEquals } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { testGpu } from "./test_gpu.ts";

Deno.test("readBuffers() gives copies of ranges, empty ones included", async () => {
  const memory = new Memory(await testGpu());
  const data = Uint32Array.from({ length: 8 }, (_, n) => n + 1);
  const allocation = memory.reserve("words", 32, "test", data);
  const other = memory.reserve("zeros", 4, "test");
  await memory.allocate();
  const read = await readBuffers(memory, [
    { allocation },
    { allocation, offset: 8, bytes: 12 },
    { allocation, offset: 20 },
    { allocation, bytes: 0 },
    { allocation: other },
  ]);
  assertEquals(read.map((bytes) => Array.from(new Uint32Array(bytes))), [
    [1, 2, 3, 4, 5, 6, 7, 8],
    [3, 4, 5],
    [6, 7, 8],
    [],
    [0, 0, 0, 0],
  ]);
  memory.destroy();
});
