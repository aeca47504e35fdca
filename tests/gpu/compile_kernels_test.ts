import { assert, assertEquals, assertRejects } from "@std/assert";
import { InterruptedError } from "../../errors.ts";
import { compileKernels, type WantedKernel } from "../../gpu/compile_kernels.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { hasPipeline, type Kernel } from "../../gpu/kernel.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { testGpu } from "./test_gpu.ts";
import { double, visit } from "./test_kernels.ts";

const gpu = await testGpu();

/** Kernels of their own, which no other test has compiled. */
function kernels(count: number): WantedKernel[] {
  const own: Kernel = { ...double };
  return Array.from({ length: count }, (_, n) => ({
    kernel: own,
    constants: { workgroup_size: n + 1 },
  }));
}

Deno.test("compileKernels() tells how many are compiled, each once, and skips them later", async () => {
  const wanted = [...kernels(9), { kernel: { ...visit }, constants: { workgroup_size: 64 } }];
  const told: (readonly [number, number])[] = [];
  const onCompiled = (compiled: number, all: number) => told.push([compiled, all]);
  await compileKernels(gpu, [...wanted, ...wanted], { onCompiled });
  assertEquals(told.at(-1), [10, 10]);
  assert(told.every(([compiled, all], n) => all === 10 && compiled >= (told[n - 1]?.[0] ?? 0)));
  assert(wanted.every(({ kernel, constants }) => hasPipeline(gpu, kernel, constants)));
  told.length = 0;
  await compileKernels(gpu, wanted, { onCompiled });
  assertEquals(told, []);
});

Deno.test("compileKernels() stops when its signal is aborted", async () => {
  const [wanted] = kernels(1);
  await assertRejects(
    () => compileKernels(gpu, [wanted], { signal: AbortSignal.abort() }),
    InterruptedError,
  );
  assert(!hasPipeline(gpu, wanted.kernel, wanted.constants));
});

Deno.test("Program.compile() compiles the other programs of its memory too", async () => {
  const [{ kernel }] = kernels(1);
  const memory = new Memory(gpu);
  const [first, second] = ["first", "second"].map((name) => new Program(memory, name));
  const x = first.tensor("x", 1, 4, { data: new Float32Array([1, 2, 3, 4]) });
  const y = first.tensor("y", 1, 4);
  first.launch(double, { buffers: { x, y }, threads: 4 });
  const z = second.tensor("z", 1, 4);
  second.launch(kernel, { buffers: { x: y, y: z }, threads: 4 });
  await first.compile();
  assert(hasPipeline(gpu, kernel, { workgroup_size: 64 }));
  await second.compile();
  first.submit();
  second.submit();
  assertEquals([...await readFloats(memory, z.allocation)], [4, 8, 12, 16]);
  memory.destroy();
});

const cores = navigator.hardwareConcurrency;
const skipped = gpu.openSibling === undefined
  ? " (skipped: this driver compiles where a pipeline is made)"
  : cores === 1
  ? " (skipped: one core)"
  : "";
Deno.test({
  name: `compileKernels() opens siblings of a device that it waits for, and closes them${skipped}`,
  ignore: skipped !== "",
  async fn() {
    const opened: GPUDevice[] = [];
    const slow: Gpu = {
      ...gpu,
      device: withSlowSubmits(gpu.device),
      openSibling: async () => {
        opened.push(await gpu.openSibling!());
        return opened.at(-1)!;
      },
    };
    const wanted = kernels(20);
    await compileKernels(slow, wanted);
    assertEquals(opened.length, Math.min(cores, 4) - 1);
    for (const device of opened) assertEquals((await device.lost).reason, "destroyed");
    assert(wanted.every(({ kernel, constants }) => hasPipeline(slow, kernel, constants)));
    // Those that are left would be compiled before a sibling is open.
    opened.length = 0;
    await compileKernels(slow, kernels(7));
    assertEquals(opened, []);
    gpu.check();
  },
});

/** A device whose submits take as long as if they had to wait for a compiler. */
function withSlowSubmits(device: GPUDevice): GPUDevice {
  const submit = (buffers: GPUCommandBuffer[]) => {
    for (const end = performance.now() + 40; performance.now() < end;);
    device.queue.submit(buffers);
  };
  const queue = { submit, onSubmittedWorkDone: () => device.queue.onSubmittedWorkDone() };
  return new Proxy(device, {
    get(target, name) {
      if (name === "queue") return queue;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
