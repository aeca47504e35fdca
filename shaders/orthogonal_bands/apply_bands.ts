/**
 * Rows cut in bands.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import { copyColumns, rowsOfInvocation } from "../columns/columns.ts";
import { type BatchedProduct, launchProducts } from "../matmul/product_batches.ts";
import type { BandBasis } from "./orthogonal_bands.ts";
import remainderSource from "./remainder.wgsl" with { type: "text" };
import remainderBackwardSource from "./remainder_backward.wgsl" with { type: "text" };

const remainder = kernel("orthogonal_bands/remainder", remainderSource);
const remainderBackward = kernel("orthogonal_bands/remainder_backward", remainderBackwardSource);

/** Rows, and the source whose directions cut them. */
export interface BandedRows {
  /** `rows×(blocks·d)`. */
  readonly x: Tensor;
  /** The source's place in the basis. */
  readonly source: number;
}

/**
 * The bands of sums side by side: `band_b = Σ_n x_n·P_b^(source of x_n)` in each block of columns, differentiated.
 *
 * Where the bands of a row add up to it, the last one L is what the others leave, and costs no products:
 * with E_b the gradients of the bands, `∂x = E_L + Σ_{b<L} (E_b−E_L)·P_b` and `∂P_b = xᵀ·(E_b−E_L)`, b < L.
 *
 * @param program The program.
 * @param basis The projections on M bands.
 * @param parts The summands, of the same shape.
 * @param label What the bands are called.
 * @param count How many rows count, a u32, where only the step knows: the first ones, and the summands are
 * 0 beyond. Bands and gradients hold nothing of use there (default: all).
 * @returns `rows×(M·blocks·d)`.
 */
export function applyBands(
  program: Program,
  basis: BandBasis,
  parts: readonly BandedRows[],
  label: string,
  count?: Bindable,
): Tensor {
  const { size, blocks, bands, complete } = basis;
  const { rows, columns } = parts[0].x;
  const stride = bands * columns;
  const y = program.tensor(`bands of ${label}`, rows, stride);
  const ofRows = count && { limit: { count, factor: 1, mFirst: 0 } };
  const ofSums = count && { limit: { count, factor: 1, kFirst: 0 } };
  /** What is multiplied: all bands but one that is the remainder of the others. */
  const projected = Array.from({ length: complete ? bands - 1 : bands }, (_, band) => band);
  const places = projected.flatMap((band) =>
    Array.from({ length: blocks }, (_, block) => {
      const column = block * size;
      return { band, block, column, bandColumn: band * columns + column };
    })
  );
  const ofRemainder = {
    uniforms: { rows, vectors: columns / 4 },
    threads: Math.ceil(rows / rowsOfInvocation) * columns / 4,
  };
  const unrolled = { rows_each: rowsOfInvocation, bands };
  for (const [n, { x, source }] of parts.entries()) {
    const products = places.map(({ band, block, column, bandColumn }) => ({
      a: x,
      aStride: columns,
      aColumn: column,
      b: basis.projector(source, block, band),
      c: y,
      cStride: stride,
      cColumn: bandColumn,
      completes: bandColumn + size === stride,
      m: rows,
      n: size,
      k: size,
      ...ofRows,
      accumulate: n > 0,
    }));
    launchProducts(program, products);
  }
  if (complete) {
    for (const [n, { x }] of parts.entries()) {
      const closes = n === parts.length - 1;
      program.launch(remainder, {
        buffers: { x, y },
        partial: closes ? [] : ["y"],
        constants: { ...unrolled, closes: Number(closes), accumulate: Number(n > 0) },
        ...ofRemainder,
      });
    }
  }
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    // Nobody reads the gradients of the bands after this.
    if (complete && bands > 1) {
      program.launch(remainderBackward, {
        buffers: { dy },
        constants: unrolled,
        ...ofRemainder,
      });
    }
    for (const { x, source } of parts) {
      const target = program.gradientTarget(x);
      if (complete && target !== undefined) {
        const { gradient, accumulate } = target;
        copyColumns(program, dy, stride - columns, gradient, 0, columns, { accumulate });
      }
      const products: BatchedProduct[] = [];
      for (const { band, block, column, bandColumn } of places) {
        if (target !== undefined) {
          products.push({
            a: dy,
            aStride: stride,
            aColumn: bandColumn,
            // Projections are symmetric.
            b: basis.projector(source, block, band),
            c: target.gradient,
            cStride: columns,
            cColumn: column,
            completes: block === blocks - 1,
            m: rows,
            n: size,
            k: size,
            ...ofRows,
            accumulate: target.accumulate || complete || band > 0,
            batch: band,
          });
        }
        const toProjector = basis.projectorGradient(source, block, band);
        if (toProjector === undefined) continue;
        products.push({
          a: x,
          aStride: columns,
          aColumn: column,
          b: dy,
          bStride: stride,
          bColumn: bandColumn,
          c: toProjector.range,
          m: size,
          n: size,
          k: rows,
          transposeA: true,
          ...ofSums,
          accumulate: toProjector.accumulate,
          batch: bands,
        });
      }
      launchProducts(program, products);
    }
  });
  return y;
}
