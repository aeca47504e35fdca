/**
 * Eigenproblems of small positive matrices on the device, without a readback.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import choleskySource from "./cholesky.wgsl" with { type: "text" };
import heldRowsSource from "./held_rows.wgsl" with { type: "text" };
import inWorkgroupSource from "./eigenpairs.wgsl" with { type: "text" };
import jacobiSource from "./jacobi.wgsl" with { type: "text" };
import lengthsSource from "./lengths.wgsl" with { type: "text" };
import sortSource from "./sort.wgsl" with { type: "text" };

const cholesky = kernel("orthogonal_bands/cholesky", choleskySource);
const jacobi = kernel("orthogonal_bands/jacobi", jacobiSource);
const inWorkgroup = kernel("orthogonal_bands/eigenpairs", heldRowsSource, inWorkgroupSource);
const lengths = kernel("orthogonal_bands/lengths", lengthsSource);
const sort = kernel("orthogonal_bands/sort", sortSource);

/** Enough for Jacobi to converge on any size that fits; sweeps after convergence return at once. */
const sweeps = 12;
/** The largest matrix that a workgroup of hardware holds in its memory and registers. */
const heldSize = 64;
/** Turns of an invocation's loops in one launch stay far below 65,535 (webgpu.md, trap 1). */
const mostTurns = 16384;

/**
 * Appends the eigenproblems of positive matrices: Cholesky's factor, then one-sided Jacobi rotations
 * (cholesky.wgsl, jacobi.wgsl). Hardware does all of it in one launch for matrices that a workgroup holds
 * (eigenpairs.wgsl): each of the many rounds would wait for rows from memory otherwise.
 *
 * @param program The program.
 * @param gram The matrices; they are overwritten.
 * @param found Where eigenvectors go, a row each, and eigenvalues, `matrices×size`, descending.
 * @param shape How many matrices of which size, and the numbers from one to the next.
 */
export function eigenpairs(
  program: Program,
  gram: Allocation,
  found: { readonly vectors: Allocation; readonly values: Tensor },
  shape: { readonly matrices: number; readonly size: number; readonly stride: number },
): void {
  const { matrices, size, stride } = shape;
  const partial = stride > size * size ? ["sorted"] : [];
  const { software } = program.memory.gpu;
  if (!software && size <= heldSize) {
    // Eight invocations a pair of rows, which are a power of two.
    const workgroupSize = 8 * 2 ** Math.ceil(Math.log2(size / 2));
    program.launch(inWorkgroup, {
      buffers: { g: gram, values: found.values, sorted: found.vectors },
      partial,
      uniforms: { size, stride },
      constants: { sweeps },
      threads: matrices * workgroupSize,
      workgroupSize,
    });
    return;
  }
  const rows = program.buffer("unsorted band directions", gram.bytes);
  const shifts = program.buffer("shifts of Gram matrices", matrices * 4);
  const rotations = program.buffer("Jacobi rotations", sweeps * matrices * 4);
  const pairs = size / 2;
  const workgroupSize = software ? Math.min(256, Math.max(8, Math.ceil(pairs / 8) * 8)) : 256;
  const launched = { threads: matrices * workgroupSize, workgroupSize };
  /** Launches of a kernel for all steps, some of them at a time; `turns` are those of a step. */
  const inParts = (steps: number, turns: number, launch: (first: number, end: number) => void) => {
    const most = Math.max(1, Math.floor(mostTurns / turns));
    for (let first = 0; first < steps; first += most) launch(first, Math.min(steps, first + most));
  };
  const perInvocation = Math.ceil(size / workgroupSize);
  inParts(
    size,
    perInvocation * size / 4,
    (first, end) =>
      program.launch(cholesky, {
        buffers: { g: gram, rows, shifts },
        uniforms: { size, stride, first, end },
        ...launched,
      }),
  );
  for (let sweep = 0; sweep < sweeps; sweep++) {
    inParts(
      size - 1,
      perInvocation * size / 2,
      (first, end) =>
        program.launch(jacobi, {
          buffers: { rows, rotations },
          uniforms: { ...shape, first, end, sweep },
          ...launched,
        }),
    );
  }
  const squares = program.buffer("squared lengths of band directions", matrices * size * 4);
  program.launch(lengths, {
    buffers: { rows, squares },
    uniforms: { ...shape },
    threads: matrices * size,
  });
  program.launch(sort, {
    buffers: { squares, shifts, rows, values: found.values, sorted: found.vectors },
    partial,
    uniforms: { ...shape },
    threads: matrices * size * size / 4,
  });
}
