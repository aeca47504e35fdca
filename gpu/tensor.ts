/**
 * Tensors and ranges of buffers: what kernels are bound to.
 *
 * @module
 */
import type { Allocation } from "./memory.ts";

/** A `rows×columns` matrix of f32 on the device, row-major. */
export interface Tensor {
  /** What it holds. */
  readonly label: string;
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Where it is. */
  readonly allocation: Allocation;
  /** The columns of a slice, where a table is cut by columns (column_slices.ts); row-major otherwise. */
  readonly sliceColumns?: number;
  /** Whether gradients flow to it, and through it. */
  readonly differentiable: boolean;
  /**
   * What begins with the number of rows that count, a u32, where only the step knows it. The others
   * hold nothing of use, and their gradient is 0.
   */
  readonly counted?: Bindable;
}

/**
 * Numbers of 32 bits from one place where a range of a buffer may begin to the next: 256 bytes, WebGPU's
 * `minStorageBufferOffsetAlignment` of every device that has not asked for less.
 */
export const rangeStep = 64;

/** A range of a buffer. */
export interface BufferRange {
  /** The buffer. */
  readonly allocation: Allocation;
  /** The first byte, a multiple of 256 ({@linkcode rangeStep}). */
  readonly offset: number;
  /** Number of bytes. */
  readonly bytes: number;
}

/** What can be bound to a kernel. */
export type Bindable = Tensor | Allocation | BufferRange;

/**
 * The range that something bindable stands for: the whole buffer, but for a range.
 *
 * @param bindable What is bound.
 */
export function rangeOf(bindable: Bindable): BufferRange {
  if ("offset" in bindable) return bindable;
  const allocation = "allocation" in bindable ? bindable.allocation : bindable;
  return { allocation, offset: 0, bytes: allocation.bytes };
}

/**
 * Whether two ranges are the same numbers.
 *
 * @param one A range.
 * @param other Another.
 */
export function isSameRange(one: BufferRange, other: BufferRange): boolean {
  return one.allocation === other.allocation && one.offset === other.offset &&
    one.bytes === other.bytes;
}

/**
 * Whether some numbers from the first on are all of what something bindable stands for; buffers are
 * rounded up to 16 bytes.
 *
 * @param bindable What is bound.
 * @param numbers How many, of 32 bits.
 */
export function isFilledBy(bindable: Bindable, numbers: number): boolean {
  return numbers * 4 > rangeOf(bindable).bytes - 16;
}

/**
 * The numbers that rows of so many take in whole vectors of four, as kernels read them.
 *
 * @param columns How many.
 * @example
 * ```ts
 * import { paddedColumns } from "./tensor.ts";
 * [1, 4, 5].map(paddedColumns); // [4, 4, 8]
 * ```
 */
export function paddedColumns(columns: number): number {
  return Math.ceil(columns / 4) * 4;
}
