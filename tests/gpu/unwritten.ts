/**
 * What launches leave unwritten of what they say to write: the contract of `Launch.partial`, on which
 * it depends which buffers may get the memory of others.
 *
 * @module
 */
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";

/** A number for each buffer that no kernel computes, nor copies from another buffer. */
const sentinel = (buffer: number) => (0xceab0000 | buffer) >>> 0;

/**
 * Runs a program launch by launch, its buffers filled with sentinels.
 *
 * @param program A compiled program, whose inputs are set; each allocation has memory of its own.
 * @returns A line for each first whole write that leaves a sentinel.
 */
export async function unwrittenPlaces(program: Program): Promise<string[]> {
  const { memory, uses } = program;
  const { device } = memory.gpu;
  const names = program.kernelNames();
  const numbers = new Map<Allocation, number>();
  for (const { buffer, reads } of uses.flat()) {
    if (numbers.has(buffer)) continue;
    const number = sentinel(numbers.size);
    numbers.set(buffer, number);
    // What is read before it is written is an input.
    if (!reads) memory.write(buffer, new Uint32Array(buffer.bytes / 4).fill(number));
  }
  const written = new Set<Allocation>();
  const copies: { what: string; buffer: Allocation; staging: GPUBuffer }[] = [];
  uses.forEach((launch, n) => {
    program.submit(n, n + 1);
    const encoder = device.createCommandEncoder();
    for (const { buffer, reads, writes } of launch) {
      if (writes !== "whole" || reads || written.has(buffer)) continue;
      written.add(buffer);
      const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
      const staging = device.createBuffer({ size: buffer.bytes, usage });
      encoder.copyBufferToBuffer(memory.buffer(buffer), 0, staging, 0, buffer.bytes);
      copies.push({ what: `${names[n]} writes "${buffer.label}"`, buffer, staging });
    }
    device.queue.submit([encoder.finish()]);
  });
  await Promise.all(copies.map(({ staging }) => staging.mapAsync(GPUMapMode.READ)));
  const lines = copies.flatMap(({ what, buffer, staging }) => {
    const words = new Uint32Array(staging.getMappedRange());
    // Buffers are rounded up to four words, of which one counts at least.
    const left = words.subarray(0, words.length - 3)
      .filter((word) => word === numbers.get(buffer)).length;
    staging.destroy();
    return left > 0 ? [`${what}: ${left} words are left`] : [];
  });
  memory.gpu.check();
  return lines;
}
