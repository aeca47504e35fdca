/**
 * Rows cut in bands.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import { launchBinary } from "../elementwise/elementwise.ts";
import { launchProduct } from "../matmul/matmul.ts";
import type { BandBasis } from "./orthogonal_bands.ts";

/** Rows, and the source whose directions cut them. */
export interface BandedRows {
  /** `rows×(blocks·d)`. */
  readonly x: Tensor;
  /** The source's place in the basis. */
  readonly source: number;
}

/**
 * The bands of sums: `band_b = Σ_n x_n·P_b^(source of x_n)` in each block of columns, differentiated.
 *
 * Where the bands of a row add up to it, the last one L is what the others leave, and costs no products:
 * with E_b the gradients of the bands, `∂x = E_L + Σ_{b<L} (E_b−E_L)·P_b` and `∂P_b = xᵀ·(E_b−E_L)`, b < L.
 *
 * @param program The program.
 * @param basis The projections.
 * @param parts The summands, of the same shape.
 * @param label What the bands are called.
 * @param count How many rows count, a u32, where only the step knows: the first ones, and the summands are
 * 0 beyond. Bands and gradients hold nothing of use there (default: all).
 * @returns A tensor of that shape for each band.
 */
export function applyBands(
  program: Program,
  basis: BandBasis,
  parts: readonly BandedRows[],
  label: string,
  count?: Bindable,
): Tensor[] {
  const { size, blocks, bands, complete } = basis;
  const { rows, columns } = parts[0].x;
  const outputs = Array.from(
    { length: bands },
    (_, band) => program.tensor(`band ${band} of ${label}`, rows, columns),
  );
  const last = outputs[bands - 1];
  const projected = complete ? outputs.slice(0, -1) : outputs;
  const ofRows = count && { limit: { count, factor: 1, mFirst: 0 } };
  const ofSums = count && { limit: { count, factor: 1, kFirst: 0 } };
  const blockOf = (block: number) => ({
    a: { aStride: columns, aColumn: block * size },
    b: { bStride: columns, bColumn: block * size },
    c: { cStride: columns, cColumn: block * size, completes: block === blocks - 1 },
  });
  /** c = alpha·a, or c += alpha·a. */
  const put = (a: Tensor, alpha: number, c: Tensor, accumulate: boolean) =>
    launchBinary(program, { a, b: a, c, count: rows * columns, alpha, beta: 0, accumulate });
  projected.forEach((c, band) => {
    parts.forEach(({ x, source }, n) => {
      for (let block = 0; block < blocks; block++) {
        launchProduct(program, {
          a: x,
          b: basis.projector(source, block, band),
          c,
          m: rows,
          n: size,
          k: size,
          ...blockOf(block).a,
          ...blockOf(block).c,
          ...ofRows,
          accumulate: n > 0,
        });
      }
    });
  });
  if (complete) {
    parts.forEach(({ x }, n) => put(x, 1, last, n > 0));
    for (const band of projected) put(band, -1, last, true);
  }
  program.onBackward(() => {
    const ofLast = complete ? program.gradient(last) : undefined;
    const upstream = projected.flatMap((output, band) => {
      // Nobody reads the gradient of a band after this.
      if (ofLast !== undefined) {
        const { gradient, accumulate } = program.gradientTarget(output)!;
        put(ofLast, -1, gradient, accumulate);
      }
      const gradient = program.gradient(output);
      return gradient === undefined ? [] : [{ gradient, band }];
    });
    for (const { x, source } of parts) {
      if (ofLast !== undefined) {
        const target = program.gradientTarget(x);
        if (target !== undefined) put(ofLast, 1, target.gradient, target.accumulate);
      }
      upstream.forEach(({ gradient, band }) => {
        const target = program.gradientTarget(x);
        for (let block = 0; block < blocks; block++) {
          const { a, b, c } = blockOf(block);
          if (target !== undefined) {
            launchProduct(program, {
              a: gradient,
              // Projections are symmetric.
              b: basis.projector(source, block, band),
              c: target.gradient,
              m: rows,
              n: size,
              k: size,
              ...a,
              ...c,
              ...ofRows,
              accumulate: target.accumulate,
            });
          }
          const toProjector = basis.projectorGradient(source, block, band);
          if (toProjector === undefined) continue;
          launchProduct(program, {
            a: x,
            b: gradient,
            c: toProjector.range,
            m: size,
            n: size,
            k: rows,
            transposeA: true,
            ...a,
            ...b,
            ...ofSums,
            accumulate: toProjector.accumulate,
          });
        }
      });
    }
  });
  return outputs;
}
