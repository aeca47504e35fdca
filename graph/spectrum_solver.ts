/**
 * Which way the eigenpairs of a graph are found, and whether they are what they should be.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import { BandpassError, UsageError } from "../errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { graphStructure } from "./graph_structure.ts";
import { largestEigenpairs } from "./lanczos.ts";
import { normalisedAdjacency } from "./normalised_adjacency.ts";
import type { GraphSpectrum, SpectrumPlan } from "./spectrum_plan.ts";
import { orthogonalityError, residualNorms } from "./spectrum_check.ts";
import {
  adjacencyOperator,
  gramOperator,
  leastEigenvalue,
  type SpectrumOperator,
} from "./spectrum_operator.ts";
import { symmetricEigenAsync } from "../algebra/symmetric_eigen.ts";

/** Operators up to this size can be solved densely, within a minute. */
const largestDense = 2000;
/** Where a basis would have more of the whole space than this, Lanczos has nothing to gain. */
const largestShare = 0.8;
/** The basis beside the wanted eigenpairs: a multiple of them, or some blocks; measured. */
const [basisFactor, basisBlocks] = [2.5, 8];
/** The Gram operator has the squares of these eigenvalues, and cannot tell smaller ones. */
const leastValues = { components: 0, lanczos: Math.sqrt(leastEigenvalue), dense: 1e-6 };
/** Lanczos goes below the tolerance, for the rounding of the vectors comes on top of it. */
const safety = 0.5;
/** The vectors are checked to be orthogonal to so many tolerances. */
const orthogonalityFactor = 10;

/**
 * Finds the K largest eigenpairs of Â and checks them.
 *
 * @param gpu The device.
 * @param adjacency A, `N×N`.
 * @param plan What is wanted.
 * @throws {UsageError} The graph is too large for a dense solver, and K too large for Lanczos.
 * @throws {DataError} A is no graph.
 * @throws {BandpassError} The eigenpairs have not converged.
 */
export async function solveSpectrum(
  gpu: Gpu,
  adjacency: Csr,
  plan: SpectrumPlan,
): Promise<GraphSpectrum> {
  const started = performance.now();
  const { eigenpairs, label, tolerance } = plan;
  const graph = normalisedAdjacency(adjacency, label);
  const structure = graphStructure(graph.matrix);
  const components = structure.components.length;
  const knownCount = Math.min(components, eigenpairs);
  const nodes = adjacency.rows;
  let solution: Solution | undefined;
  if (structure.sides !== undefined && eigenpairs <= structure.sides.smaller.length) {
    solution = await solve(gpu, gramOperator(graph, structure, knownCount), plan, nodes);
    if (solution && solution.values.at(-1)! < leastValues[solution.method]) solution = undefined;
  }
  solution ??= await solve(gpu, adjacencyOperator(graph, structure, knownCount), plan, nodes);
  if (solution === undefined) {
    const size = structure.sides?.smaller.length ?? nodes;
    const space = largestShare * size - plan.block;
    const most = Math.floor(Math.min(space / basisFactor, space - basisBlocks * plan.block));
    throw new UsageError(
      `Cannot find ${eigenpairs} eigenpairs of ${label}: it has ${
        nodes.toLocaleString("en")
      } nodes` +
        (structure.sides ? `, ${size.toLocaleString("en")} of them on its smaller side` : "") +
        ", too many for a dense solver, and too few to search for so many",
      `Ask for at most ${Math.max(1, most)}`,
    );
  }
  const { values, vectors } = solution;
  const residuals = residualNorms(graph, values, vectors);
  const residual = residuals.reduce((most, one) => Math.max(most, one), 0);
  const orthogonality = await orthogonalityError(gpu, vectors, nodes, eigenpairs);
  if (!(residual <= tolerance && orthogonality <= orthogonalityFactor * tolerance)) {
    throw new BandpassError(
      `Cannot find ${eigenpairs} eigenpairs of ${label}: after ${solution.restarts} restarts the ` +
        `largest residual is ${residual.toExponential(1)}, expected at most ${tolerance}, and ` +
        `max |VᵀV−I| is ${orthogonality.toExponential(1)}`,
      "Use a larger tolerance, or fewer eigenpairs",
    );
  }
  const seconds = (performance.now() - started) / 1000;
  return { ...solution, residuals, orthogonality, components, seconds, kept: false };
}

type Solution = Pick<
  GraphSpectrum,
  "values" | "vectors" | "operator" | "method" | "restarts" | "products"
>;

/** Solves an operator the way that suits its size; `undefined` where there is none. */
async function solve(
  gpu: Gpu,
  operator: SpectrumOperator,
  plan: SpectrumPlan,
  nodes: number,
): Promise<Solution | undefined> {
  const { label, tolerance, block, seed, restarts, onProgress, signal } = plan;
  const { size, known, append, valueOf, residualFactor, name } = operator;
  const values = known.map(() => 1);
  const columns: Column[] = known.map((vector) => (n) => vector[n]);
  const wanted = plan.eigenpairs - known.length;
  const work = { operator: name, restarts: 0, products: 0 };
  if (wanted === 0) {
    return { ...work, ...expand(operator, nodes, values, columns), method: "components" };
  }
  const basis = Math.ceil(
    (plan.basis ?? Math.max(basisFactor * wanted, wanted + basisBlocks * block)) / block,
  ) * block;
  if (known.length + basis > largestShare * size) {
    if (size > largestDense || plan.eigenpairs > size) return undefined;
    const pairs = await symmetricEigenAsync(operator.dense(), size, signal);
    const all = Array.from({ length: plan.eigenpairs }, (_, k) => k);
    const vectors = all.map((k): Column => (n) => pairs.vectors[n * size + k]);
    const found = expand(operator, nodes, all.map((k) => valueOf(pairs.values[k])), vectors);
    return { ...work, ...found, method: "dense" };
  }
  const found = await largestEigenpairs(gpu, {
    ...{ label, size, append, known },
    tolerance: (value) => safety * tolerance * residualFactor(value),
  }, { eigenpairs: wanted, block, basis, seed, restarts, onRestart: onProgress, signal });
  for (let k = 0; k < wanted; k++) {
    values.push(valueOf(found.values[k]));
    columns.push((n) => found.vectors[n * wanted + k]);
  }
  const { restarts: done, products } = found;
  const pairs = expand(operator, nodes, values, columns);
  return { ...work, ...pairs, restarts: done, products, method: "lanczos" };
}

/** The entries of an operator's eigenvector. */
type Column = (n: number) => number;

/** Unit eigenvectors of Â for those of an operator. */
function expand(
  operator: SpectrumOperator,
  nodes: number,
  values: readonly number[],
  columns: readonly Column[],
): Pick<GraphSpectrum, "values" | "vectors"> {
  const vectors = new Float32Array(nodes * columns.length);
  const vector = new Float64Array(operator.size);
  const target = new Float64Array(nodes);
  columns.forEach((column, k) => {
    for (let n = 0; n < vector.length; n++) vector[n] = column(n);
    operator.expand(vector, values[k], target);
    let [squares, largest] = [0, 0];
    for (const entry of target) {
      squares += entry * entry;
      if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    }
    // The sign of an eigenvector is free: fixed here, so that results can be compared.
    const scale = (largest < 0 ? -1 : 1) / Math.sqrt(squares);
    for (let n = 0; n < nodes; n++) vectors[n * columns.length + k] = target[n] * scale;
  });
  return { values: Float64Array.from(values), vectors };
}
