/**
 * The first eigenvectors of the item graph `G = XᵀX`, `X = D_U^-½ R D_I^-½`: the item half of the singular
 * vectors of X (methods.md, §8).
 *
 * A cut never divides a repeated eigenvalue: which of its vectors were taken would depend on the solver.
 *
 * @module
 */
import { type Csr, rowCounts, transpose } from "../algebra/csr.ts";
import { symmetricEigen } from "../algebra/symmetric_eigen.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { graphStructure } from "./graph_structure.ts";
import { bipartiteAdjacency } from "./interaction_graph.ts";
import { degreePowers } from "./item_gram.ts";
import type { GraphCache } from "./kept_file.ts";
import { graphSpectrum } from "./spectrum.ts";

/** Known eigenpairs of G, in descending order. */
export interface KnownEigenpairs {
  /** Eigenvalues of G. */
  readonly values: Float64Array;
  /** `I×values.length`, row-major. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** Whether all others are 0. */
  readonly isAll: boolean;
  /** Eigenvalues that differ by no more are one, and those up to it are 0. */
  readonly tolerance: number;
}

/**
 * The smaller side of interactions up to which all eigenpairs are found in f64, on the CPU; and up to which
 * they are where more than a quarter is wanted, so that a search would have nothing to gain.
 */
const [largestDense, largestLateDense] = [600, 2000];
const tolerances = { dense: 1e-10, lanczos: 1e-6 };
/** Eigenpairs that are searched for at least, so that smaller cuts share them; and those to see the next. */
const [leastSearch, beyond] = [256, 8];

/**
 * Finds eigenpairs of the item graph: all that are not 0 where that is quickly done, and else as many as are
 * asked for and some more.
 *
 * @param gpu The device.
 * @param interactions The train interactions, `U×I`, value 1 each.
 * @param eigenpairs How many.
 * @param cache Where results are kept between runs.
 * @throws {UsageError} There are too many to be searched for.
 * @throws {BandpassError} The search has not converged.
 */
export async function knownEigenpairs(
  gpu: Gpu,
  interactions: Csr,
  eigenpairs: number,
  cache?: GraphCache,
): Promise<KnownEigenpairs> {
  const size = Math.min(interactions.rows, interactions.columns);
  if (size <= largestDense) return denseEigenpairs(interactions);
  const adjacency = bipartiteAdjacency(interactions);
  const { components, sides } = graphStructure(adjacency);
  const greatestRank = sides!.smaller.length;
  for (let wanted = searchedEigenpairs(eigenpairs) + beyond;;) {
    const count = Math.min(wanted, greatestRank);
    const isMost = count > components.length && count > size / 4;
    if (size <= largestLateDense && isMost) return denseEigenpairs(interactions);
    const options = { eigenpairs: count, label: "the interactions" };
    const { values, vectors } = await graphSpectrum(gpu, adjacency, options, cache);
    const known = {
      values: values.map((value) => Math.max(0, value) ** 2),
      // Both halves of an eigenvector have the same length, so half of its square is the items'.
      vectors: vectors.slice(interactions.rows * count).map((entry) => entry * Math.SQRT2),
      isAll: count === greatestRank,
      tolerance: tolerances.lanczos,
    };
    if (visibleEnd(known, eigenpairs) !== undefined) return known;
    // Each component has an eigenvalue 1.
    wanted = wanted < components.length ? components.length + beyond : 2 * wanted;
  }
}

/**
 * As how many eigenpairs a search begins with: cuts for which it is the same share what is found.
 *
 * @param eigenpairs How many are wanted.
 */
export function searchedEigenpairs(eigenpairs: number): number {
  return Math.max(eigenpairs, leastSearch);
}

/**
 * Where a cut ends that divides no repeated eigenvalue.
 *
 * @param known What {@linkcode knownEigenpairs} found for as many or more.
 * @param eigenpairs After how many it was to be made.
 * @returns How many there are up to it; infinity where it would be among eigenvalues 0, so that all
 * eigenvectors are taken and `VVᵀ = I`.
 * @example
 * ```ts
 * import { endOfCut } from "./item_eigenvectors.ts";
 * const values = new Float64Array([1, 1, 0.5]);
 * const known = { values, vectors: new Float32Array(12), isAll: true, tolerance: 1e-10 };
 * [1, 3, 4].map((eigenpairs) => endOfCut(known, eigenpairs)); // [2, 3, Infinity]
 * ```
 */
export function endOfCut(known: KnownEigenpairs, eigenpairs: number): number {
  const end = visibleEnd(known, eigenpairs);
  if (end !== undefined) return end;
  throw new Error(`${known.values.length} eigenpairs do not show where the cut ends`);
}

/** The end of a cut; nothing where it is not known. */
function visibleEnd({ values, isAll, tolerance }: KnownEigenpairs, eigenpairs: number) {
  if (isAll && eigenpairs > values.length) return Infinity;
  const last = values[eigenpairs - 1];
  if (last <= tolerance) return Infinity;
  for (let end = eigenpairs; end < values.length; end++) {
    if (last - values[end] > tolerance) return end;
  }
  return isAll ? values.length : undefined;
}

/**
 * The first eigenvectors.
 *
 * @param known Known ones.
 * @param count How many.
 * @returns `I×count`, row-major.
 */
export function firstEigenvectors(
  { values, vectors }: KnownEigenpairs,
  count: number,
): Float32Array<ArrayBuffer> {
  const items = vectors.length / values.length;
  const first = new Float32Array(items * count);
  for (let item = 0; item < items; item++) {
    const row = item * values.length;
    first.set(vectors.subarray(row, row + count), item * count);
  }
  return first;
}

/** All eigenpairs that are not 0, in f64, on the side that has fewer nodes. */
function denseEigenpairs(interactions: Csr): KnownEigenpairs {
  const items = interactions.columns;
  const [byUser, byItem] = [interactions, transpose(interactions)];
  const [userRoot, itemRoot] = [byUser, byItem].map((side) => degreePowers(rowCounts(side), -0.5));
  const isItemSide = items <= interactions.rows;
  const [own, other] = isItemSide ? [byItem, byUser] : [byUser, byItem];
  const [ownRoot, otherRoot] = isItemSide ? [itemRoot, userRoot] : [userRoot, itemRoot];
  const size = own.rows;
  const gram = new Float64Array(size * size);
  for (let node = 0; node < other.rows; node++) {
    const nodes = other.column.subarray(other.rowStart[node], other.rowStart[node + 1]);
    for (const a of nodes) {
      for (const b of nodes) gram[a * size + b] += otherRoot[node] ** 2 * ownRoot[a] * ownRoot[b];
    }
  }
  const pairs = symmetricEigen(gram, size);
  const firstZero = pairs.values.findIndex((value) => value <= tolerances.dense);
  const count = firstZero === -1 ? size : firstZero;
  const vectors = new Float32Array(items * count);
  for (let k = 0; k < count; k++) {
    const entry = (node: number) => pairs.vectors[node * size + k];
    const scale = 1 / Math.sqrt(pairs.values[k]);
    for (let item = 0; item < items; item++) {
      let sum = 0;
      if (!isItemSide) {
        // v = Xᵀu/σ.
        for (let n = byItem.rowStart[item]; n < byItem.rowStart[item + 1]; n++) {
          sum += userRoot[byItem.column[n]] * entry(byItem.column[n]);
        }
      }
      vectors[item * count + k] = isItemSide ? entry(item) : sum * itemRoot[item] * scale;
    }
  }
  const values = pairs.values.slice(0, count);
  return { values, vectors, isAll: true, tolerance: tolerances.dense };
}
