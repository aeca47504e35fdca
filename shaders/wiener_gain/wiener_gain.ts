/**
 * The Gaussian information bottleneck in closed form: how much of each principal direction passes
 * (FITMM's theory, arXiv 2601.22498; methods.md, §4 i).
 *
 * The bottleneck of a row x about a counterpart y is `T = A·x + ξ` with unit noise. Along a direction
 * of variance r it has the gain `a² = max(0, (β(1−λ)−1)/(λ·r))`, with λ the share of the variance that
 * y does not explain (Chechik, Globerson, Tishby and Weiss, JMLR 6, 2005): a direction is shut off
 * at β < 1/(1−λ). a has the unit of 1/x, and A·x is whitened. What it lets through is brought back to
 * the scale of x by the best linear estimate of x from T, Wiener's filter, whose factor is
 *
 * `a²r/(1+a²r) = max(0, 1 − λ/((β−1)(1−λ)))`,
 *
 * between 0 and 1, whatever r is. This factor is the gain here.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { type BatchedProduct, launchProducts } from "../matmul/product_batches.ts";
import type { BandSource, GainInputs } from "../orthogonal_bands/orthogonal_bands.ts";
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("wiener_gain/forward", forwardSource);

/** Two sources of bands whose rows are told of each other by pairs. */
export interface Relation {
  /** The place of the source x in the basis. */
  readonly source: number;
  /** The place of the source y. */
  readonly counterpart: number;
  /** The rows of x. */
  readonly rows: BandSource;
  /** R̂·y: for each row of x the normalised sum of its counterparts, of as many columns. */
  readonly related: BandSource;
  /** Whose gains follow from it (default: those of x alone). */
  readonly gains?: "source" | "both";
}

/**
 * The gains of the directions of all sources.
 *
 * The relevance of a direction is `1−λ_k = ρ²_k = Σ_l (x_kᵀ·R̂·y_l)²/(‖x_k‖²‖y_l‖²)`, with x_k = X·v_k and
 * y_l = Y·w_l the rows' coefficients in their principal directions: how much of x_k the coefficients
 * of the counterparts explain, a squared multiple correlation over the pairs of R. It needs no
 * inverse, for the y_l are orthogonal, and it lies in [0, 1], for `R̂ = D_u^-½·R·D_i^-½` has norm 1:
 * it is the matrix whose singular values are the canonical correlations of a table of pairs
 * (correspondence analysis).
 *
 * No gradient flows through the gains: they are the solution of the bottleneck for the rows as they
 * are, and at its optimum the bottleneck's objective does not change with them to first order.
 * Differentiated, they would let the other losses open directions by bending the statistics that
 * are to judge them. Through the directions gradients do flow (orthogonal_bands.ts).
 *
 * @param program The program.
 * @param inputs The directions and their eigenvalues.
 * @param relations Each source once: as source, or as the counterpart of a relation for both.
 * @param options Blocks of columns; β, at least 1.
 * @returns `(sources·blocks)×d`.
 */
export function wienerGains(
  program: Program,
  inputs: GainInputs,
  relations: readonly Relation[],
  options: { blocks: number; beta: number },
): Tensor {
  const { values, vectors, stride } = inputs;
  const { blocks, beta } = options;
  const { rows: matrices, columns: size } = values;
  const gains = program.tensor("band gains", matrices, size, { differentiable: false });
  const bytes = size * size * 4;
  const rangeOf = (allocation: typeof vectors, place: number) => ({
    allocation,
    offset: place * stride * 4,
    bytes,
  });
  const stack = (label: string) => program.buffer(label, blocks * stride * 4);
  const square = { m: size, n: size, k: size };
  for (const { source, counterpart, rows: x, related, gains: whose } of relations) {
    const [cross, turned, products] = ["cross", "turned cross", "canonical"].map((name) =>
      stack(`${name} products of ${x.table.label}`)
    );
    const launched: BatchedProduct[] = [];
    for (let block = 0; block < blocks; block++) {
      launched.push({
        a: x.table,
        aRow: x.firstRow ?? 0,
        aStride: x.table.columns,
        aColumn: block * size,
        b: related.table,
        bRow: related.firstRow ?? 0,
        bStride: related.table.columns,
        bColumn: block * size,
        c: rangeOf(cross, block),
        m: size,
        n: size,
        k: x.rows ?? x.table.rows,
        transposeA: true,
      });
      const directions = rangeOf(vectors, source * blocks + block);
      const theirs = rangeOf(vectors, counterpart * blocks + block);
      launched.push({
        ...{ a: directions, b: rangeOf(cross, block), c: rangeOf(turned, block) },
        ...square,
        batch: 1,
      });
      launched.push({
        ...{ a: rangeOf(turned, block), b: theirs, c: rangeOf(products, block), transposeB: true },
        ...square,
        batch: 2,
      });
    }
    launchProducts(program, launched);
    for (const ofColumns of whose === "both" ? [false, true] : [false]) {
      const [own, other] = ofColumns ? [counterpart, source] : [source, counterpart];
      program.launch(forward, {
        buffers: { products, values, gains },
        partial: ["gains"],
        uniforms: { blocks, size, stride, own: own * blocks, other: other * blocks, beta },
        constants: { of_columns: Number(ofColumns) },
        threads: blocks * size,
      });
    }
  }
  return gains;
}
