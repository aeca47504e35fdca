/**
 * The first eigenvectors of the item graph `G = XᵀX`, `X = D_U^-½ R D_I^-½`: the item half of the singular
 * vectors of X (methods.md, §8).
 *
 * A cut never divides a repeated eigenvalue: which of its vectors were taken would depend on the solver.
 *
 * @module
 */
import { type Csr, rowCounts, transpose } from "../algebra/csr.ts";
import { symmetricEigenAsync } from "../algebra/symmetric_eigen.ts";
import { counted, grouped } from "../data/counts.ts";
import { UsageError } from "../errors.ts";
import type { ComputeObservers } from "../gpu/compute_observers.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { megabytes } from "../gpu/memory.ts";
import { type ConnectedPart, connectedParts } from "./connected_parts.ts";
import { bipartiteAdjacency } from "./interaction_graph.ts";
import { degreePowers } from "./item_gram.ts";
import type { GraphCache } from "./kept_file.ts";
import { searchProgress } from "./lanczos_problem.ts";
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

/** Where eigenpairs are kept, and who watches a search for them. */
export interface EigenpairOptions extends ComputeObservers {
  /** Where results are kept between runs (default: nowhere). */
  readonly cache?: GraphCache;
}

/**
 * The smaller side of a connected part up to which all eigenpairs are found in f64, on the CPU; and up to which
 * they are where more than a quarter is wanted, so that a search would have nothing to gain.
 */
const [largestDense, largestLateDense] = [600, 2000];
/** Bytes of eigenvectors at most: there are several copies of them at a time. */
const mostBytes = 2 ** 31;
const tolerances = { dense: 1e-10, lanczos: 1e-6 };
/** Eigenpairs that are searched for at least, so that smaller cuts share them; and those to see the next. */
const [leastSearch, beyond] = [256, 8];

/**
 * Finds eigenpairs of the item graph: all that are not 0 where that is quickly done, and else as many as are
 * asked for and some more. Each connected part is solved by itself: each has an eigenvalue 1, and small ones that
 * are alike have all others in common, of which a search for the largest of all together would find one copy after
 * the other.
 *
 * @param gpu The device.
 * @param interactions The train interactions, `U×I`, value 1 each.
 * @param eigenpairs How many.
 * @param options Where results are kept between runs, and who watches.
 * @throws {UsageError} There are too many to be searched for, or to be held in memory.
 * @throws {BandpassError} The search has not converged.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function knownEigenpairs(
  gpu: Gpu,
  interactions: Csr,
  eigenpairs: number,
  options: EigenpairOptions = {},
): Promise<KnownEigenpairs> {
  const { columns: items } = interactions;
  const parts = connectedParts(interactions);
  const found: KnownEigenpairs[] = [];
  for (let wanted = searchedEigenpairs(eigenpairs) + beyond;; wanted *= 2) {
    // Before those of one part come the eigenvalues 1 of all others.
    const own = Math.max(beyond, wanted - parts.length + 1);
    for (const [n, part] of parts.entries()) {
      if (!found[n]?.isAll) found[n] = await partEigenpairs(gpu, part.interactions, own, options);
    }
    const known = joinedEigenpairs(parts, found, items, searchedEigenpairs(eigenpairs));
    if (visibleEnd(known, eigenpairs) !== undefined) return known;
  }
}

/** The eigenpairs of a connected part. */
async function partEigenpairs(
  gpu: Gpu,
  interactions: Csr,
  eigenpairs: number,
  { cache, signal, onProgress }: EigenpairOptions,
): Promise<KnownEigenpairs> {
  const { rows, columns } = interactions;
  const size = Math.min(rows, columns);
  const count = Math.min(eigenpairs, size);
  if (size <= largestDense || size <= largestLateDense && count > size / 4) {
    return await denseEigenpairs(interactions, signal);
  }
  const label = "the interactions";
  const onRestart = searchProgress(label, onProgress);
  const options = { eigenpairs: count, label, signal, onProgress: onRestart };
  const adjacency = bipartiteAdjacency(interactions);
  const { values, vectors } = await graphSpectrum(gpu, adjacency, options, cache);
  return {
    values: values.map((value) => Math.max(0, value) ** 2),
    // Both halves of an eigenvector have the same length, so half of its square is the items'.
    vectors: vectors.slice(rows * count).map((entry) => entry * Math.SQRT2),
    isAll: count === size,
    tolerance: tolerances.lanczos,
  };
}

function tooMany(count: number, items: number, parts: number): UsageError {
  const [vectors, size] = [grouped(count), grouped(items)];
  return new UsageError(
    `Cannot use ${vectors} eigenvectors of ${size} items: they take ${
      megabytes(4 * items * count)
    }, expected ` +
      `${megabytes(mostBytes)} at most; the interactions fall into ${
        counted(parts, "part")
      } that nothing ` +
      "connects, and each has an eigenvalue 1 of its own",
    ({ command }) =>
      `Use a model without eigenvectors, such as turbocf, or leave out small parts with ${
        command("preprocess", { k_core: "5" })
      }`,
  );
}

/** The eigenpairs of all parts in descending order, as many as show where so many end. */
function joinedEigenpairs(
  parts: readonly ConnectedPart[],
  found: readonly KnownEigenpairs[],
  items: number,
  eigenpairs: number,
): KnownEigenpairs {
  const pairs = found.flatMap(({ values }, part) =>
    Array.from(values, (value, column) => ({ value, part, column }))
  ).sort((a, b) => b.value - a.value || a.part - b.part || a.column - b.column);
  // What lies below the last one of a part may have others of that part before it.
  const least = found.reduce(
    (most, { values, isAll }) => isAll ? most : Math.max(most, values.at(-1)!),
    0,
  );
  const certain = pairs.filter(({ value }) => value >= least);
  const tolerance = found.reduce((most, one) => Math.max(most, one.tolerance), 0);
  const isAll = found.every((one) => one.isAll);
  const values = Float64Array.from(certain, ({ value }) => value);
  const end = visibleEnd({ values, isAll, tolerance }, eigenpairs) ?? Infinity;
  // The one after the cut shows that it ends there.
  const count = Math.min(end + 1, certain.length);
  if (4 * items * count > mostBytes) throw tooMany(count, items, parts.length);
  const vectors = new Float32Array(items * count);
  certain.slice(0, count).forEach(({ part, column }, k) => {
    const { values, vectors: own } = found[part];
    parts[part].items.forEach((item, row) => {
      vectors[item * count + k] = own[row * values.length + column];
    });
  });
  return {
    values: values.slice(0, count),
    vectors,
    isAll: isAll && count === certain.length,
    tolerance,
  };
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
function visibleEnd(
  { values, isAll, tolerance }: Omit<KnownEigenpairs, "vectors">,
  eigenpairs: number,
): number | undefined {
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
async function denseEigenpairs(
  interactions: Csr,
  signal: AbortSignal | undefined,
): Promise<KnownEigenpairs> {
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
  const pairs = await symmetricEigenAsync(gram, size, signal);
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
