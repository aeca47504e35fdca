/**
 * Subgroups: invocations that run in step and hand each other numbers without memory.
 *
 * @module
 */
import type { Gpu } from "./gpu.ts";
import { kernel } from "./kernel.ts";
import { Memory } from "./memory.ts";
import { Program } from "./program.ts";
import { readBuffers } from "./readback.ts";
import subgroupsSource from "./subgroups.wgsl" with { type: "text" };

const question = kernel("subgroups", subgroupsSource);
const workgroupSize = 64;

/**
 * Asks a device that was opened with subgroups how it forms them.
 *
 * @param gpu The device.
 * @returns Invocations of a subgroup, at least 8, where subgroups are runs of neighbouring invocations
 * that all hear each other; 0 where they are not, and nothing is to be built on them.
 * @throws {GpuError} The device reports an error instead of an answer.
 * @example
 * ```ts no-eval
 * import { openGpu } from "./device.ts";
 * import { subgroupSize } from "./subgroups.ts";
 * const gpu = await openGpu("cpu");
 * console.log(await subgroupSize(gpu)); // 8 for vectors of 256 bits
 * ```
 */
export async function subgroupSize(gpu: Gpu): Promise<number> {
  const memory = new Memory(gpu);
  try {
    const program = new Program(memory, "subgroups");
    const numbers = Uint32Array.from({ length: workgroupSize }, (_, n) => 7 * n + 3);
    const answers = program.buffer("answers", 12);
    program.launch(question, {
      buffers: { numbers: program.buffer("numbers", numbers.byteLength, numbers), answers },
      threads: workgroupSize,
      workgroupSize,
    });
    await program.compile();
    program.submit();
    const [bytes] = await readBuffers(memory, [{ allocation: answers }]);
    const [size, inPlace, heard] = new Uint32Array(bytes);
    const isUsable = size >= 8 && workgroupSize % size === 0 && inPlace === workgroupSize &&
      heard === workgroupSize;
    return isUsable ? size : 0;
  } finally {
    memory.destroy();
  }
}
