/**
 * Counting numbers that are not finite, on the device.
 *
 * @module
 */
import { kernel } from "../../../gpu/kernel.ts";
import type { Allocation } from "../../../gpu/memory.ts";
import type { Program } from "../../../gpu/program.ts";
import type { Tensor } from "../../../gpu/tensor.ts";
import countSource from "./count.wgsl" with { type: "text" };

const count = kernel("non_finite/count", countSource);

/**
 * Appends a count of the infinities and NaNs of a tensor, added to what `total` holds.
 *
 * @param program The program.
 * @param x The tensor.
 * @param total One u32.
 */
export function countNonFinite(program: Program, x: Tensor, total: Allocation): void {
  const length = x.rows * x.columns;
  program.launch(count, {
    buffers: { x, count: total },
    uniforms: { length },
    threads: Math.ceil(length / 16),
  });
}
