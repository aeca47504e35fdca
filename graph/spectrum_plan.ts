/**
 * What is asked of a graph's spectrum, and what is found.
 *
 * @module
 */
import type { LanczosProgress } from "./lanczos_problem.ts";

/** How eigenpairs are searched for. */
export interface SpectrumOptions {
  /** Number of eigenpairs K, at least 1 and at most the number of nodes. */
  readonly eigenpairs: number;
  /** The largest residual `‖Âv − λv‖` of an eigenpair (default: 1e-5). */
  readonly tolerance?: number;
  /** Columns of a block, a multiple of 4 up to 32 (default: 16). */
  readonly block?: number;
  /** Columns of the basis; 2.5·K, and at least K and 8 blocks, for the K that is searched for. */
  readonly basis?: number;
  /** Decides on the first block (default: 0). */
  readonly seed?: number;
  /** The search fails after so many restarts (default: 60). */
  readonly restarts?: number;
  /** What the graph is; errors and notes name it. */
  readonly label?: string;
  /** Told how the search goes, once a restart. */
  readonly onProgress?: (progress: LanczosProgress) => void;
  /** Ends the search early. */
  readonly signal?: AbortSignal;
}

/** Eigenpairs of a graph. */
export interface GraphSpectrum {
  /** K eigenvalues of Â, descending: frequencies ascending. */
  readonly values: Float64Array<ArrayBuffer>;
  /** `N×K`, row-major: column k is the unit eigenvector of value k; its largest entry is positive. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** `‖Âv − λv‖` of each pair, computed in f64 from the vectors as they are. */
  readonly residuals: Float64Array<ArrayBuffer>;
  /** The largest entry of `|VᵀV − I|`. */
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

/** The defaults of {@linkcode SpectrumOptions}. */
export const spectrumDefaults = {
  tolerance: 1e-5,
  block: 16,
  seed: 0,
  restarts: 60,
  label: "the graph",
} as const;

/** Options with the values of {@linkcode spectrumDefaults} for those that are not given. */
export type SpectrumPlan =
  & Required<Omit<SpectrumOptions, "basis" | "onProgress" | "signal">>
  & Pick<SpectrumOptions, "basis" | "onProgress" | "signal">;
