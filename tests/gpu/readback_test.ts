import { assert, assertEquals, assertRejects } from "@std/assert";
import { GpuError } from "../../errors.ts";
import { openGpu } from "../../gpu/device.ts";
import { Memory } from "../../gpu/memory.ts";
import { readBuffers, readFloats, streamBuffers } from "../../gpu/readback.ts";
import { Upload } from "../../gpu/upload.ts";
import { testGpu } from "./test_gpu.ts";

const gpu = await testGpu();

/** The same device, with what its buffers and queue are asked for noted. */
function watched() {
  const staged: number[] = [];
  let pending = 0;
  let mostPending = 0;
  const device = new Proxy(gpu.device, {
    get(target, name) {
      if (name === "queue") return queue;
      const value = Reflect.get(target, name, target);
      if (name === "createBuffer") {
        return (descriptor: GPUBufferDescriptor) => {
          if (descriptor.usage & GPUBufferUsage.MAP_READ) staged.push(descriptor.size);
          return target.createBuffer(descriptor);
        };
      }
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const queue = new Proxy(gpu.device.queue, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (name === "writeBuffer") {
        return (...[buffer, offset, data]: Parameters<GPUQueue["writeBuffer"]>) => {
          pending += data.byteLength;
          mostPending = Math.max(mostPending, pending);
          target.writeBuffer(buffer, offset, data);
        };
      }
      // What is waited for is submitted.
      if (name === "submit") {
        return (commands: GPUCommandBuffer[]) => {
          target.submit(commands);
          pending = 0;
        };
      }
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { gpu: { ...gpu, device }, staged, mostPending: () => mostPending };
}

const large = 5_000_000; // words: some blocks, and a rest

Deno.test("streamBuffers() gives the bytes of all ranges in order, staging a few MiB", async () => {
  const watch = watched();
  const memory = new Memory(watch.gpu);
  const words = Uint32Array.from({ length: large }, (_, n) => n);
  const first = memory.reserve("first", 4 * large, "test", words);
  const second = memory.reserve("second", 16, "test", Uint32Array.of(7, 8, 9, 10));
  await memory.allocate();
  const found = new Uint8Array(4 * (large - 1 + 2));
  let filled = 0;
  const ranges = [
    { allocation: second, offset: 4, bytes: 8 },
    { allocation: second, bytes: 0 },
    { allocation: first, offset: 4, bytes: 4 * (large - 1) },
  ];
  for await (const block of streamBuffers(memory, ranges)) {
    found.set(block, filled);
    filled += block.length;
  }
  assertEquals(filled, found.length);
  const result = new Uint32Array(found.buffer);
  assertEquals(Array.from(result.subarray(0, 2)), [8, 9]);
  const wrong = result.subarray(2).findIndex((word, n) => word !== n + 1);
  assertEquals(wrong, -1);
  assertEquals(watch.staged, [4 << 20]);
  memory.destroy();
});

Deno.test("streamBuffers() reads nothing of nothing, and stages no more than there is", async () => {
  const watch = watched();
  const memory = new Memory(watch.gpu);
  const allocation = memory.reserve("words", 16, "test", Uint32Array.of(1, 2, 3, 4));
  await memory.allocate();
  for await (const _ of streamBuffers(memory, [{ allocation, bytes: 0 }])) assert(false, "a block");
  for await (const block of streamBuffers(memory, [{ allocation, bytes: 8 }])) {
    assertEquals(Array.from(new Uint32Array(block.slice().buffer)), [1, 2]);
  }
  assertEquals(watch.staged, [8]);
  memory.destroy();
});

Deno.test("Upload writes what it is given, and leaves little pending", async () => {
  const watch = watched();
  const memory = new Memory(watch.gpu);
  const allocation = memory.reserve("floats", 4 * large, "test");
  await memory.allocate();
  const upload = new Upload(memory);
  const block = new Float32Array(1_000_000);
  for (let at = 0; at < large; at += block.length) {
    // The same block again: what was given has to be copied.
    await upload.write(allocation, block.fill(at), 4 * at);
  }
  const found = await readFloats(memory, allocation);
  assertEquals(found.findIndex((value, n) => value !== Math.floor(n / 1e6) * 1e6), -1);
  assert(watch.mostPending() <= 12 << 20, `${watch.mostPending()} bytes were pending`);
  memory.destroy();
});

Deno.test("readBuffers() gives copies of ranges, empty ones included", async () => {
  const memory = new Memory(gpu);
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

Deno.test("readBuffers() reads the same buffer again and again, at once where it can, and two at a time", async () => {
  const memory = new Memory(gpu);
  const numbers = memory.reserve("numbers", 16, "test", new Float32Array(4));
  await memory.allocate();
  await readFloats(memory, numbers, 4);
  const started = performance.now();
  for (let n = 0; n < 50; n++) {
    memory.write(numbers, Float32Array.of(n, n + 1, n + 2, n + 3));
    assertEquals([...await readFloats(memory, numbers, 4)], [n, n + 1, n + 2, n + 3]);
  }
  // A promise of Deno's takes 10 ms.
  assert(performance.now() - started < 50 * 10);
  const both = await Promise.all([readFloats(memory, numbers, 4), readFloats(memory, numbers, 1)]);
  assertEquals(both.map((one) => [...one]), [[49, 50, 51, 52], [49]]);
  memory.destroy();
});

Deno.test("readBuffers() reports at once what the device has found wrong", async () => {
  const own = await openGpu("auto");
  const memory = new Memory(own);
  const numbers = memory.reserve("numbers", 16, "test", new Float32Array(4));
  await memory.allocate();
  for (let n = 0; n < 3; n++) await readFloats(memory, numbers, 4);
  own.device.createBuffer({ label: "wrong", size: 16, usage: 0xffff });
  await assertRejects(() => readFloats(memory, numbers, 4), GpuError, "reported");
  memory.destroy();
  own.close();
});

Deno.test("signals are heard between readbacks that do not wait", {
  ignore: !("addSignalListener" in Deno),
}, async () => {
  const memory = new Memory(gpu);
  const numbers = memory.reserve("numbers", 16, "test", new Float32Array(4));
  await memory.allocate();
  await readFloats(memory, numbers, 4);
  let heard = 0;
  const listen = () => void heard++;
  Deno.addSignalListener("SIGUSR2", listen);
  Deno.kill(Deno.pid, "SIGUSR2");
  for (let n = 0; n < 100 && heard === 0; n++) await readFloats(memory, numbers, 4);
  Deno.removeSignalListener("SIGUSR2", listen);
  assertEquals(heard, 1);
  memory.destroy();
});
