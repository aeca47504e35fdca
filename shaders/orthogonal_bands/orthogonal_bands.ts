/**
 * Orthogonal bands of matrices: their rows' projections on groups of principal directions, largest
 * first (FITMM; methods.md, §4 d), without a singular value decomposition: of the Gram matrix alone,
 * on the device, with no readback.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import { type BufferRange, rangeStep, type Tensor } from "../../gpu/tensor.ts";
import { fill } from "../elementwise/elementwise.ts";
import { joinsProducts, launchProducts } from "../matmul/product_batches.ts";
import backwardMiddleSource from "./backward_middle.wgsl" with { type: "text" };
import backwardProductSource from "./backward_product.wgsl" with { type: "text" };
import { eigenpairs } from "./eigenpairs.ts";
import matricesSource from "./matrices.wgsl" with { type: "text" };
import projectorsSource from "./projectors.wgsl" with { type: "text" };

const made = (name: string, source: string) =>
  kernel(`orthogonal_bands/${name}`, matricesSource, source);
const projectorsKernel = made("projectors", projectorsSource);
const backwardMiddle = made("backward_middle", backwardMiddleSource);
const backwardProduct = made("backward_product", backwardProductSource);

/** The largest block: a round of its rotations stays below the turns of a launch. */
const largestSize = 1024;

/** Rows of a table whose principal directions are wanted, for each block of its columns. */
export interface BandSource {
  /** The table, `n×(blocks·d)`. */
  readonly table: Tensor;
  /** The first row that takes part (default: 0). */
  readonly firstRow?: number;
  /** How many take part (default: all). */
  readonly rows?: number;
}

/** Projections on bands, a `d×d` matrix for each source, block and band. */
export interface BandBasis {
  /** Width d of a block. */
  readonly size: number;
  /** Number of blocks. */
  readonly blocks: number;
  /** Number of bands. */
  readonly bands: number;
  /** Whether the bands of a row add up to it: directions have no gains. */
  readonly complete: boolean;
  /** Eigenvalues, `(sources·blocks)×d`, descending: the squared singular values. */
  readonly values: Tensor;
  /** The projection of a band. */
  projector(source: number, block: number, band: number): BufferRange;
  /** Where the gradient of a projection is to be added; undefined where it does not matter. */
  projectorGradient(
    source: number,
    block: number,
    band: number,
  ): { range: BufferRange; accumulate: boolean } | undefined;
}

/** How bands are cut. */
export interface BandOptions {
  /** Blocks of columns, each with directions of its own. */
  readonly blocks: number;
  /** Number of bands. */
  readonly bands: number;
  /** Directions to take in place of the principal ones, `d×d` with a direction a row. */
  readonly directions?: Float32Array;
  /** Appends what computes the gains of the directions, `(sources·blocks)×d`; all are 1 without. */
  readonly gains?: (basis: GainInputs) => Tensor;
}

/** What gains may be computed from. */
export interface GainInputs {
  /** Eigenvalues, `(sources·blocks)×d`. */
  readonly values: Tensor;
  /** Eigenvectors: for each source and block a `d×d` matrix, a vector a row, `stride` numbers apart. */
  readonly vectors: Allocation;
  /** Numbers from one matrix to the next. */
  readonly stride: number;
}

/**
 * The bands of tables: thin SVD without the SVD. With `G = YᵀY = VΛVᵀ`, band b of Y is `Y·V_b·V_bᵀ`.
 *
 * Differentiated: for the gradients A_b that arrive at the projections,
 * `∂Y += 2Y·Σ_b V(Ω_b∘(Vᵀ·sym(A_b)·V))Vᵀ` (methods.md, §4 d).
 *
 * @param program The program.
 * @param sources The tables.
 * @param options Blocks and bands.
 * @throws {Error} A block has no multiple of 4 columns, or more than 1,024.
 */
export function bandBasis(
  program: Program,
  sources: readonly BandSource[],
  options: BandOptions,
): BandBasis {
  const { blocks, bands, directions } = options;
  const size = sources[0].table.columns / blocks;
  if (size % 4 !== 0 || size > largestSize) {
    throw new Error(`Cannot cut bands of ${size} columns, expected 4·n, at most ${largestSize}`);
  }
  const matrices = sources.length * blocks;
  const blockNumbers = Array.from({ length: blocks }, (_, block) => block);
  // Matrices begin where a binding may.
  const stride = Math.ceil(size * size / rangeStep) * rangeStep;
  // What lies between them is never written.
  const isPadded = stride > size * size;
  const uniforms = { matrices, size, stride, bands };
  const stack = (label: string, count: number, data?: Float32Array) =>
    program.buffer(label, count * stride * 4, data);
  const rangeOf = (allocation: Allocation, place: number): BufferRange => ({
    allocation,
    offset: place * stride * 4,
    bytes: size * size * 4,
  });
  const private_ = { differentiable: false };
  const values = program.tensor("band eigenvalues", matrices, size, private_);
  let vectors: Allocation;
  if (directions === undefined) {
    const gram = stack("Gram matrices", matrices);
    sources.forEach(({ table, firstRow = 0, rows = table.rows }, source) => {
      const products = blockNumbers.map((block) => ({
        a: table,
        aRow: firstRow,
        aStride: table.columns,
        aColumn: block * size,
        b: table,
        bRow: firstRow,
        bStride: table.columns,
        bColumn: block * size,
        c: rangeOf(gram, source * blocks + block),
        m: size,
        n: size,
        k: rows,
        transposeA: true,
      }));
      launchProducts(program, products);
    });
    vectors = stack("band directions", matrices);
    eigenpairs(program, gram, { vectors, values }, { matrices, size, stride });
  } else {
    const data = new Float32Array(matrices * stride);
    for (let matrix = 0; matrix < matrices; matrix++) data.set(directions, matrix * stride);
    vectors = stack("band directions", matrices, data);
  }
  const gains = options.gains?.({ values, vectors, stride }) ??
    program.tensor("band gains", matrices, size, {
      ...private_,
      data: new Float32Array(matrices * size).fill(1),
    });
  const places = matrices * bands;
  const projectors = stack("band projections", places);
  program.launch(projectorsKernel, {
    buffers: { vectors, gains, projectors },
    partial: isPadded ? ["projectors"] : [],
    uniforms,
    threads: places * size * size / 4,
  });

  const isLearned = directions === undefined &&
    sources.some(({ table }) => table.differentiable);
  let gradients: Allocation | undefined;
  const reached = new Set<number>();
  if (isLearned) {
    program.onBackward(() => {
      if (gradients === undefined) return;
      // Vᵀ·sym(A_b), a product for A_b and one for its transpose.
      const turned = stack("turned band gradients", places, new Float32Array(places * stride));
      const arrived = gradients;
      const products = [...reached].sort((a, b) => a - b).flatMap((place) =>
        [false, true].map((transposeB) => ({
          a: rangeOf(vectors, Math.floor(place / bands)),
          b: rangeOf(arrived, gradientPlace(place)),
          c: rangeOf(turned, place),
          ...{ m: size, n: size, k: size, transposeB },
          alpha: 0.5,
          accumulate: transposeB,
          batch: Number(transposeB),
        }))
      );
      launchProducts(program, products);
      const middle = stack("band gradients in the eigenbasis", matrices);
      program.launch(backwardMiddle, {
        buffers: { vectors, values, gains, turned, middle },
        partial: isPadded ? ["middle"] : [],
        uniforms,
        threads: matrices * size * size,
      });
      const half = stack("half of the Gram gradients", matrices);
      const whole = stack("Gram gradients", matrices);
      const threads = matrices * size * size / 4;
      const partial = isPadded ? ["c"] : [];
      const factors = [
        { left: middle, right: vectors, c: half, transposeA: false },
        { left: vectors, right: half, c: whole, transposeA: true },
      ];
      for (const { left, right, c, transposeA } of factors) {
        if (joinsProducts(program.memory.gpu, size, size)) {
          const all = Array.from({ length: matrices }, (_, matrix) => ({
            ...{ a: rangeOf(left, matrix), b: rangeOf(right, matrix), c: rangeOf(c, matrix) },
            ...{ m: size, n: size, k: size, transposeA },
          }));
          launchProducts(program, all);
          continue;
        }
        program.launch(backwardProduct, {
          buffers: { left, right, c },
          partial,
          uniforms,
          constants: transposeA ? { transpose_left: 1 } : {},
          threads,
        });
      }
      sources.forEach(({ table, firstRow = 0, rows = table.rows }, source) => {
        const isReached = Array.from(
          reached,
          (place) => Math.floor(place / bands / blocks),
        ).includes(source);
        const target = isReached && program.gradientTarget(table);
        if (!target) return;
        if (!target.accumulate) fill(program, target.gradient, 0);
        const width = table.columns;
        const toTable = blockNumbers.map((block) => ({
          a: table,
          b: rangeOf(whole, source * blocks + block),
          c: target.gradient,
          m: rows,
          n: size,
          k: size,
          ...{ aRow: firstRow, aStride: width, aColumn: block * size },
          ...{ cRow: firstRow, cStride: width, cColumn: block * size },
          alpha: 2,
          accumulate: true,
        }));
        launchProducts(program, toTable);
      });
    });
  }
  /** Gradients of the blocks of a band lie side by side, as products whose sums are cut need. */
  const gradientPlace = (place: number) => {
    const [matrix, band] = [Math.floor(place / bands), place % bands];
    return (Math.floor(matrix / blocks) * bands + band) * blocks + matrix % blocks;
  };
  const placeOf = (source: number, block: number, band: number) =>
    (source * blocks + block) * bands + band;
  return {
    size,
    blocks,
    bands,
    complete: options.gains === undefined,
    values,
    projector: (source, block, band) => rangeOf(projectors, placeOf(source, block, band)),
    projectorGradient(source, block, band) {
      if (!isLearned || !sources[source].table.differentiable) return undefined;
      // Zeros, which stay where no gradient arrives.
      const zeros = () => new Float32Array(places * stride);
      gradients ??= stack("gradients of band projections", places, zeros());
      const place = placeOf(source, block, band);
      const accumulate = reached.has(place);
      reached.add(place);
      return { range: rangeOf(gradients, gradientPlace(place)), accumulate };
    },
  };
}
