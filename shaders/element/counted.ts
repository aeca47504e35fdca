/**
 * The rows of a tensor that count, for kernels that leave out the others.
 *
 * @module
 */
import type { Bindable, Tensor } from "../../gpu/program.ts";

/**
 * What counted.wgsl is bound to.
 *
 * @param x A tensor whose other rows are left out, if it is counted.
 * @returns A buffer and a constant of the launch.
 */
export function countOf(
  x: Tensor,
): { buffers: { counted: Bindable }; constants: { has_count: number } } {
  return {
    buffers: { counted: x.counted ?? x },
    constants: { has_count: Number(x.counted !== undefined) },
  };
}
