/**
 * Polynomials of a sparse matrix by Chebyshev's recurrence (methods.md, §5): one sparse product a
 * degree, forward and backward, and no eigenvectors.
 *
 * `T_0 = 1`, `T_1 = A`, `T_{k+1} = 2A·T_k − T_{k−1}`. A polynomial is given by its coefficients
 * `c_k` of `T_k(A)`; the spectrum of A lies in [−1, 1], or the recurrence grows. For the Laplacian
 * `L̃ = −Â` of the papers, `T_k(L̃) = (−1)^k·T_k(Â)`.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import type { SparseOperator } from "../spmm/device_matrix.ts";
import { launchSpmm } from "../spmm/spmm.ts";
import { columnsOf, rowsOf, type RowSubset } from "../spmm/row_subset.ts";
import { launchWeightedSum, type Term } from "../weighted_sum/weighted_sum.ts";

/**
 * `[x, T_1(A)·x, …, T_order(A)·x]`, differentiated: for callers that read few rows of each, and then
 * make bands of those rows alone by {@linkcode weightedSums}.
 *
 * @param program The program.
 * @param operator A, `n×n`.
 * @param x `n×d`, d a multiple of 4.
 * @param order The degree of the last, at least 0.
 * @param subset The rows that are read of the last one; it is computed for them alone, and the first
 * product of the backward pass knows that its gradient is zero elsewhere (default: all
 * rows).
 * @returns `order+1` tensors of `n×d`, x itself the first; the last one's rows outside the subset
 * hold nothing of use.
 */
export function chebyshevTerms(
  program: Program,
  operator: SparseOperator,
  x: Tensor,
  order: number,
  subset?: RowSubset,
): Tensor[] {
  const { rows, columns, differentiable } = x;
  const { matrix } = operator;
  const lastRows = subset && order > 0 ? rowsOf(program, matrix, subset) : matrix;
  const terms = [x];
  for (let k = 1; k <= order; k++) {
    const y = program.tensor(`T${k} of ${x.label}`, rows, columns, { differentiable });
    const factors = k === 1 ? {} : { alpha: 2, base: terms[k - 2], beta: -1 };
    launchSpmm(program, k === order ? lastRows : matrix, terms[k - 1], y, columns, factors);
    terms.push(y);
  }
  program.onBackward(() => {
    // The gradient of T_k: what arrived at it, and 2Aᵀ·dT_{k+1} − dT_{k+2}.
    for (let k = order - 1; k >= 0; k--) {
      const next = program.gradient(terms[k + 1]);
      const target = next && program.gradientTarget(terms[k]);
      if (!target) continue;
      const isFirst = subset !== undefined && k === order - 1;
      const { transposed } = operator;
      const columnsRead = isFirst ? columnsOf(program, transposed, subset) : transposed;
      const afterNext = terms.at(k + 2);
      launchSpmm(program, columnsRead, next, target.gradient, columns, {
        alpha: k === 0 ? 1 : 2,
        base: afterNext && program.gradient(afterNext),
        beta: -1,
        accumulate: target.accumulate,
      });
    }
  });
  return terms;
}

/** Buffers in turn: four terms of a sum, and the two before that the recurrence reads. */
const ringLength = 6;
const termsPerSum = 4;

/**
 * Several polynomials of A, `y_b = Σ_k bank[b][k]·T_k(A)·x`, differentiated.
 *
 * Terms are added to the bands as they come, so that memory does not grow with the degree. The
 * gradient `Σ_b p_b(Aᵀ)·dy_b` takes as many products as one polynomial (Clenshaw's recurrence).
 *
 * @param program The program.
 * @param operator A, `n×n`, its spectrum in [−1, 1].
 * @param x `n×d`, d a multiple of 4.
 * @param bank For each band the coefficients of `T_0, T_1, …`, as many in all.
 * @returns The bands, `n×d` each.
 * @throws {Error} The bank is empty, or its rows differ in length.
 */
export function chebyshevBands(
  program: Program,
  operator: SparseOperator,
  x: Tensor,
  bank: readonly (readonly number[])[],
): Tensor[] {
  const { rows, columns, differentiable } = x;
  const { matrix } = operator;
  const count = rows * columns;
  const size = bank[0]?.length ?? 0;
  if (size === 0 || bank.some((row) => row.length !== size)) {
    throw new Error("A Chebyshev bank has as many coefficients in each band, at least one");
  }
  // Degrees without a coefficient at the end need no product.
  const degree = bank.reduce((most, row) => Math.max(most, row.findLastIndex((c) => c !== 0)), 0);
  const bands = bank.map((_, b) =>
    program.tensor(`band ${b} of ${x.label}`, rows, columns, { differentiable })
  );
  const buffers = (length: number, what: string) =>
    Array.from(
      { length: Math.min(length, degree) },
      (_, n) => program.tensor(`${what} ${n} of ${x.label}`, rows, columns),
    );

  const ring = buffers(ringLength, "Chebyshev term");
  const term = (k: number) => k === 0 ? x : ring[(k - 1) % ringLength];
  for (let first = 0; first <= degree; first += termsPerSum) {
    const end = Math.min(first + termsPerSum, degree + 1);
    for (let k = Math.max(first, 1); k < end; k++) {
      const factors = k === 1 ? {} : { alpha: 2, base: term(k - 2), beta: -1 };
      launchSpmm(program, matrix, term(k - 1), term(k), columns, factors);
    }
    bands.forEach((band, b) => {
      const terms: Term[] = [];
      for (let k = first; k < end; k++) terms.push({ x: term(k), weight: bank[b][k] });
      launchWeightedSum(program, terms, band, count, first > 0);
    });
  }

  program.onBackward(() => {
    const upstream = bands.flatMap((band, b) => {
      const x = program.gradient(band);
      return x ? [{ x, coefficients: bank[b] }] : [];
    });
    const target = upstream.length > 0 ? program.gradientTarget(x) : undefined;
    if (target === undefined) return;
    const { transposed } = operator;
    const sums = buffers(3, "Clenshaw sum");
    const sum = (k: number) => sums[(k - 1) % 3];
    for (let k = degree; k >= 0; k--) {
      // B_k = Σ_b c_bk·dy_b − B_{k+2} + 2Aᵀ·B_{k+1}; the gradient is B_0 with Aᵀ·B_1 once.
      const terms: Term[] = upstream.map(({ x, coefficients }) => ({
        x,
        weight: coefficients[k],
      }));
      if (k + 2 <= degree) terms.push({ x: sum(k + 2), weight: -1 });
      const { gradient: y, accumulate } = k === 0
        ? target
        : { gradient: sum(k), accumulate: false };
      launchWeightedSum(program, terms, y, count, accumulate);
      if (k === degree) continue;
      const alpha = k === 0 ? 1 : 2;
      launchSpmm(program, transposed, sum(k + 1), y, columns, { alpha, accumulate: true });
    }
  });
  return bands;
}
