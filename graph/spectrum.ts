/**
 * The lowest frequencies of a graph: the largest eigenpairs of `Â = D^-½ A D^-½`, which are the
 * smallest of `I − Â`, at any size of the graph.
 *
 * @module
 */
import type { Csr } from "../data/csr.ts";
import { UsageError } from "../errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { LanczosProgress } from "./lanczos.ts";
import type { GraphCache } from "./kept_file.ts";
import { keptSpectrum } from "./spectrum_cache.ts";
import { solveSpectrum } from "./spectrum_solver.ts";

/** How eigenpairs are searched for. */
export interface SpectrumOptions {
  /** Number of eigenpairs K, at least 1 and at most the number of nodes. */
  readonly eigenpairs: number;
  /** The greatest residual `‖Âv − λv‖` of an eigenpair; 1e-5 where nothing is said. */
  readonly tolerance?: number;
  /** Columns of a block, a multiple of 4 up to 32; 16 where nothing is said. */
  readonly block?: number;
  /** Columns of the basis; 2.5·K, and at least K and 8 blocks, for the K that is searched for. */
  readonly basis?: number;
  /** Decides on the first block; 0 where nothing is said. */
  readonly seed?: number;
  /** The search fails after so many restarts; 60 where nothing is said. */
  readonly restarts?: number;
  /** What the graph is; errors and notes name it. */
  readonly label?: string;
  /** Told how the search goes, once a restart. */
  readonly onProgress?: (progress: LanczosProgress) => void;
}

/** Eigenpairs of a graph. */
export interface GraphSpectrum {
  /** K eigenvalues of Â, descending: frequencies ascending. */
  readonly values: Float64Array<ArrayBuffer>;
  /** `N×K`, row-major: column k is the unit eigenvector of value k; its largest entry is positive. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** `‖Âv − λv‖` of each pair, computed in f64 from the vectors as they are. */
  readonly residuals: Float64Array<ArrayBuffer>;
  /** The greatest entry of `|VᵀV − I|`. */
  readonly orthogonality: number;
  /** Components with edges: the multiplicity of eigenvalue 1. */
  readonly components: number;
  /** What was solved: Â itself, or the Gram operator of a bipartite graph's smaller side. */
  readonly operator: "adjacency" | "gram";
  /**
   * How: block Lanczos on the device, a dense solver in f64 on the CPU for a small graph, or not at
   * all where the components alone have K eigenpairs.
   */
  readonly method: "lanczos" | "dense" | "components";
  /** Restarts of Lanczos. */
  readonly restarts: number;
  /** Products of the operator with a vector. */
  readonly products: number;
  /** Seconds that it took when it was computed. */
  readonly seconds: number;
  /** Whether it was kept from an earlier run. */
  readonly kept: boolean;
}

/** Values of {@linkcode SpectrumOptions} where nothing is said. */
export const spectrumDefaults = {
  tolerance: 1e-5,
  block: 16,
  seed: 0,
  restarts: 60,
  label: "the graph",
} as const;

/** Options with the values of {@linkcode spectrumDefaults} where nothing was said. */
export type SpectrumPlan =
  & Required<Omit<SpectrumOptions, "basis" | "onProgress">>
  & Pick<SpectrumOptions, "basis" | "onProgress">;

/** In f32 residuals end somewhat below this. */
const leastTolerance = 1e-6;
/**
 * Finds the K largest eigenpairs of the normalised adjacency.
 *
 * Components of the graph are known to have eigenvalue 1 with the vectors `D^½·1_C`: they are put in
 * the result and left out of the search. A bipartite graph is solved on its smaller side. A graph so
 * small that the search would span it is solved densely.
 *
 * @param gpu The device.
 * @param adjacency A, `N×N`, symmetric, with weights of at least 0; not normalised.
 * @param options What is wanted.
 * @param cache Where results are kept between runs; nowhere if nothing is given.
 * @throws {UsageError} K or the basis does not suit the graph, or the tolerance is below what f32
 * can reach.
 * @throws {DataError} The graph has no edges, is not symmetric, or has a weight that is negative or no
 * number.
 * @throws {BandpassError} The search has not converged; the message says how far it got.
 * @throws {GpuError} The device reports an error, or lacks memory.
 * @example
 * ```ts no-eval
 * import { openGpu } from "../gpu/device.ts";
 * import { bipartiteAdjacency, interactionMatrix } from "./interaction_graph.ts";
 * import { graphSpectrum } from "./spectrum.ts";
 * const gpu = await openGpu("auto");
 * const pairs = { users: new Uint32Array([0, 0]), items: new Uint32Array([0, 1]) };
 * const graph = bipartiteAdjacency(interactionMatrix(pairs, 1, 2));
 * (await graphSpectrum(gpu, graph, { eigenpairs: 2 })).values; // [1, 0]
 * ```
 */
export async function graphSpectrum(
  gpu: Gpu,
  adjacency: Csr,
  options: SpectrumOptions,
  cache?: GraphCache,
): Promise<GraphSpectrum> {
  const plan = planned(options, adjacency.rows);
  return await keptSpectrum(adjacency, plan, cache, () => solveSpectrum(gpu, adjacency, plan));
}

function planned(options: SpectrumOptions, nodes: number): SpectrumPlan {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const plan = { ...spectrumDefaults, ...Object.fromEntries(given) } as SpectrumPlan;
  const { eigenpairs, tolerance, block, basis, label } = plan;
  const failed = (what: string, nextStep: string) =>
    new UsageError(`Cannot find ${eigenpairs} eigenpairs of ${label}: ${what}`, nextStep);
  if (!Number.isInteger(eigenpairs) || eigenpairs < 1) {
    throw failed("expected an integer of at least 1", "Ask for 1 or more");
  }
  if (eigenpairs > nodes) {
    const found = nodes.toLocaleString("en");
    throw failed(`a graph of ${found} nodes has ${found}`, `Ask for at most ${nodes}`);
  }
  if (!(tolerance >= leastTolerance)) {
    throw failed(
      `the tolerance is ${tolerance}, expected at least ${leastTolerance}`,
      "Use a larger tolerance: the device computes in f32",
    );
  }
  if (block % 4 !== 0 || !(block >= 4 && block <= 32)) {
    throw failed(`a block of ${block} columns`, "Use a multiple of 4 from 4 to 32");
  }
  const least = eigenpairs + 3 * block;
  if (basis !== undefined && !(Number.isInteger(basis) && basis >= least)) {
    throw failed(
      `a basis of ${basis} columns is too small`,
      `Use at least ${least}: the eigenpairs and three blocks of ${block}`,
    );
  }
  return plan;
}
