/**
 * Elementwise work on what is larger than a storage binding: piece after piece.
 *
 * @module
 */
import type { Program } from "./program.ts";
import { type Bindable, type BufferRange, rangeOf, rangeStep, type Tensor } from "./tensor.ts";

/** Consecutive numbers. */
export interface Piece {
  /** The first of them. */
  readonly first: number;
  /** How many. */
  readonly count: number;
  /** Whether all numbers have been seen after it. */
  readonly isLast: boolean;
}

/**
 * Cuts numbers in pieces that the device binds; one where all fit.
 *
 * @param program The program that binds them.
 * @param count How many numbers.
 */
export function piecesOf(program: Program, count: number): Piece[] {
  const limit = program.memory.gpu.limits.maxStorageBufferBindingSize / 4;
  if (count <= limit) return [{ first: 0, count, isLast: true }];
  const most = Math.floor(limit / rangeStep) * rangeStep;
  return Array.from({ length: Math.ceil(count / most) }, (_, n) => {
    const first = n * most;
    return { first, count: Math.min(most, count - first), isLast: first + most >= count };
  });
}

/**
 * The numbers that elementwise work on a tensor goes through, those between its slices included.
 *
 * @param tensor The tensor.
 */
export function elementCount({ allocation, rows, columns, sliceColumns }: Tensor): number {
  return sliceColumns === undefined ? rows * columns : allocation.bytes / 4;
}

/**
 * Where a piece is; all numbers are the whole of what is bound.
 *
 * @param bindable What the piece is of.
 * @param piece Which.
 */
export function pieceOf(bindable: Bindable, { first, count, isLast }: Piece): BufferRange {
  const whole = rangeOf(bindable);
  if (first === 0 && isLast) return whole;
  return {
    allocation: whole.allocation,
    offset: whole.offset + first * 4,
    bytes: Math.ceil(count / 4) * 16,
  };
}
