/**
 * The lowest frequencies of a graph: the largest eigenpairs of `Â = D^-½ A D^-½`, which are the
 * smallest of `I − Â`, at any size of the graph.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import { type Message, UsageError } from "../errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { ownKernels } from "../gpu/kernel_choices.ts";
import type { GraphCache } from "./kept_file.ts";
import { keptNext, keptSpectrum } from "./spectrum_cache.ts";
import { solveNext } from "./spectrum_next.ts";
import {
  type GraphSpectrum,
  spectrumDefaults,
  type SpectrumOptions,
  type SpectrumPlan,
} from "./spectrum_plan.ts";
import { solveSpectrum } from "./spectrum_solver.ts";

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
 * @param cache Where results are kept between runs (default: nowhere).
 * @throws {UsageError} K or the basis does not suit the graph, or the tolerance is below what f32
 * can reach.
 * @throws {DataError} The graph has no edges, is not symmetric, or has a weight that is negative or no
 * number.
 * @throws {BandpassError} The search has not converged; the message says how far it got.
 * @throws {GpuError} The device reports an error, or lacks memory.
 * @throws {InterruptedError} The signal is aborted.
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
  const solve = () => solveSpectrum(gpu, adjacency, plan);
  return await keptSpectrum(adjacency, { ...plan, kernels: ownKernels(gpu) }, cache, solve);
}

/**
 * Finds the eigenvalue after those that were found: where it is as large as the last of them, they end
 * within a repeated one, of whose eigenvectors they have an arbitrary part.
 *
 * @param gpu The device.
 * @param adjacency A, as it was given to {@linkcode graphSpectrum}.
 * @param spectrum What that found.
 * @param options What was wanted of it.
 * @param cache Where results are kept between runs (default: nowhere).
 * @returns The eigenvalue; −∞ where there is none that could matter.
 * @throws {BandpassError} The search has not converged.
 */
export async function nextEigenvalue(
  gpu: Gpu,
  adjacency: Csr,
  spectrum: GraphSpectrum,
  options: SpectrumOptions,
  cache?: GraphCache,
): Promise<number> {
  const plan = planned(options, adjacency.rows);
  const solve = () => solveNext(gpu, adjacency, spectrum, plan);
  return await keptNext(adjacency, { ...plan, kernels: ownKernels(gpu) }, cache, solve);
}

function planned(options: SpectrumOptions, nodes: number): SpectrumPlan {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const plan = { ...spectrumDefaults, ...Object.fromEntries(given) } as SpectrumPlan;
  const { eigenpairs, tolerance, block, basis, label } = plan;
  const failed = (what: string, nextStep: Message) =>
    new UsageError(`Cannot find ${eigenpairs} eigenpairs of ${label}: ${what}`, nextStep);
  if (!Number.isInteger(eigenpairs) || eigenpairs < 1) {
    throw failed("expected an integer of at least 1", "Ask for 1 or more");
  }
  if (eigenpairs > nodes) {
    const found = nodes.toLocaleString("en");
    throw failed(
      `a graph of ${found} nodes has ${found}`,
      ({ setting }) => `Ask for at most ${nodes}: ${setting("eigenpairs", String(nodes))}`,
    );
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
