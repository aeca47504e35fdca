/**
 * The rows of a tensor that count, for kernels that leave out the others.
 *
 * @module
 */
import type { Bindable, Tensor } from "../../../gpu/tensor.ts";

/**
 * What counted.wgsl is bound to.
 *
 * @param counted What begins with the number of rows that count (default: all count).
 * @param otherwise What is bound then, and not read: a kernel has all its bindings.
 * @returns A buffer and a constant of the launch.
 */
export function countOf(
  counted: Bindable | undefined,
  otherwise: Bindable,
): { buffers: { counted: Bindable }; constants: { has_count: number } } {
  return {
    buffers: { counted: counted ?? otherwise },
    constants: { has_count: Number(counted !== undefined) },
  };
}

/**
 * Vectors of four of a row, for kernels that go by vectors.
 *
 * @param x A tensor.
 * @throws {Error} Its rows are counted, and are not whole vectors.
 */
export function rowVectors({ label, columns, counted }: Tensor): number {
  if (counted && columns % 4 !== 0) throw new Error(`"${label}" has ${columns} columns, not 4·n`);
  return Math.ceil(columns / 4);
}
