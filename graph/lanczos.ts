/**
 * The largest eigenpairs of a symmetric operator by block thick-restart Lanczos on the device
 * (webgpu.md, "Eigenpairs"; Wu and Simon, SIAM J. Matrix Anal. Appl. 22, 2000).
 *
 * Every new block is orthogonalised twice against the whole basis, for in f32 anything less loses the
 * orthogonality that the method rests on. The projected matrix is read back once a restart, its
 * eigenpairs are found in f64, and the basis starts again from the best of its Ritz vectors. Beside
 * what was found, a last search begins with random numbers: it brings up copies of a repeated
 * eigenvalue that the first block, which has only so many columns, could not lead to.
 *
 * @module
 */
import { BandpassError } from "../errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import { OneAhead } from "../gpu/one_ahead.ts";
import { LanczosBasis, type ProjectedProblem } from "./lanczos_basis.ts";
import type {
  LanczosOptions,
  LanczosProblem,
  LanczosProgress,
  LanczosResult,
} from "./lanczos_problem.ts";
import { type Eigenpairs, symmetricEigenAsync } from "../algebra/symmetric_eigen.ts";

/**
 * Finds the K largest eigenpairs.
 *
 * @param gpu The device.
 * @param problem The operator.
 * @param options How.
 * @throws {BandpassError} It has not converged; the message says how far it got.
 * @throws {GpuError} The device reports an error, or lacks memory.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function largestEigenpairs(
  gpu: Gpu,
  problem: LanczosProblem,
  options: LanczosOptions,
): Promise<LanczosResult> {
  const { eigenpairs: wanted, block, basis: size, signal } = options;
  // Half of what the basis has beside the wanted pairs stays, and speeds up the next round.
  const kept = size - Math.floor((size - wanted) / 2 / block) * block;
  const memory = new Memory(gpu);
  try {
    const basis = await LanczosBasis.create(memory, problem, {
      ...{ size, kept, block, wanted },
      seed: options.seed,
    });
    let keptValues = new Float64Array(0);
    let products = 0;
    let found: { values: Float64Array; vectors: Float32Array } | undefined;
    let confirmed = 0;
    basis.start();
    const ahead = new OneAhead(gpu.device, signal);
    for (let restarts = 0;; restarts++) {
      for (let column = keptValues.length; column < size; column += block) {
        if (signal === undefined) basis.extend(column);
        else await ahead.submit(() => basis.extend(column));
      }
      const steps = (size - keptValues.length) / block;
      products += steps * block;
      const projected = await basis.project();
      const matrix = assembled(projected, keptValues, size, block);
      const ritz = await symmetricEigenAsync(matrix, size, signal);
      const isMore = found?.values.some((value, k) =>
        !(ritz.values[k] - value <= problem.tolerance(value))
      );
      if (isMore) found = undefined;
      confirmed += steps;
      if (found !== undefined && confirmed >= confirmingSteps) {
        return { ...found, restarts, products };
      }
      const excess = Array.from(
        { length: wanted },
        (_, k) =>
          ritz.values[k] < missing / 2
            ? Infinity
            : residualOf(ritz, projected, size, block, k) / problem.tolerance(ritz.values[k]),
      );
      const firstBad = excess.findIndex((ratio) => !(ratio <= 1));
      const converged = firstBad === -1 ? wanted : firstBad;
      const known = problem.known.length;
      const progress = {
        ...{ restarts, products },
        ...{ converged: known + converged, eigenpairs: known + wanted },
      };
      options.onRestart?.({ ...progress, excess: Math.max(...excess) });
      const isFirst = found === undefined && converged === wanted;
      if (isFirst) {
        const vectors = await basis.vectors(ritz.vectors);
        found = { values: ritz.values.slice(0, wanted), vectors };
        confirmed = 0;
      } else if (found === undefined && restarts >= options.restarts) {
        throw notConverged(problem.label, progress, excess);
      }
      // A search for more begins anew beside what was found.
      keptValues = ritz.values.slice(0, kept);
      if (isFirst) keptValues.fill(missing, wanted);
      const renewed = Array.from(projected.lengths.subarray(size), (one) => isFirst || one === 0);
      basis.restart(ritz.vectors, isFirst ? wanted : kept, renewed, restarts);
    }
  } finally {
    memory.destroy();
  }
}

/**
 * Steps that a search from random numbers beside what was found has to bring up nothing more, before it
 * is believed to be all.
 */
const confirmingSteps = 16;

/**
 * The Ritz value of a zero column of the basis: below all eigenvalues of a normalised adjacency, so that
 * it never passes for one of the largest.
 */
const missing = -4;

function notConverged(
  label: string,
  { restarts, products, converged, eigenpairs }: Omit<LanczosProgress, "excess">,
  excess: readonly number[],
): BandpassError {
  return new BandpassError(
    `Cannot find ${eigenpairs} eigenpairs of ${label}: the first ${converged} have converged ` +
      `after ${restarts} restarts and ${products.toLocaleString("en")} products, the largest ` +
      `residual is ${Number(Math.max(...excess).toPrecision(2))} times the tolerance`,
    "Use a larger tolerance, more restarts, a larger basis or fewer eigenpairs",
  );
}

/** T: the kept Ritz values on the diagonal, and beside them what the device has measured. */
function assembled(
  { matrix, lengths }: ProjectedProblem,
  keptValues: Float64Array,
  size: number,
  block: number,
): Float64Array {
  const result = new Float64Array(size * size);
  keptValues.forEach((value, k) => result[k * size + k] = value);
  for (let column = keptValues.length; column < size; column++) {
    const end = (Math.floor(column / block) + 1) * block;
    for (let row = 0; row < end; row++) {
      const above = matrix[row * size + column];
      // Within a block both triangles are there; their mean is symmetric.
      const isInBlock = row >= end - block;
      const value = isInBlock ? (above + matrix[column * size + row]) / 2 : above;
      result[row * size + column] = result[column * size + row] = value;
    }
    if (lengths[column] === 0) result[column * size + column] = missing;
  }
  return result;
}

/** `‖Ay − θy‖ = ‖R·s‖` with s the last rows of a Ritz vector in the basis. */
function residualOf(
  { vectors }: Eigenpairs,
  { next }: ProjectedProblem,
  size: number,
  block: number,
  k: number,
): number {
  let squares = 0;
  for (let i = 0; i < block; i++) {
    let sum = 0;
    for (let j = 0; j < block; j++) {
      sum += next[i * block + j] * vectors[(size - block + j) * size + k];
    }
    squares += sum * sum;
  }
  return Math.sqrt(squares);
}
