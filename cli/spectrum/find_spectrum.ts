/**
 * The spectrum of a graph of a dataset, and where the energy of its features is.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { grouped } from "../../data/counts.ts";
import type { Dataset } from "../../data/dataset.ts";
import { standardiseColumns } from "../../data/modalities.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { coefficientEnergies } from "../../graph/coefficient_energies.ts";
import { bipartiteAdjacency, interactionMatrix } from "../../graph/interaction_graph.ts";
import { itemGraph } from "../../graph/item_graph.ts";
import type { GraphCache } from "../../graph/kept_file.ts";
import { symmetrised } from "../../graph/normalised_adjacency.ts";
import { graphSpectrum, nextEigenvalue } from "../../graph/spectrum.ts";
import type { GraphSpectrum, SpectrumOptions } from "../../graph/spectrum_plan.ts";
import { interactionsGraph, type SpectrumSettings } from "./spectrum_command.ts";
import { bandReports, cutReport, modalityReport, type SpectrumReport } from "./spectrum_report.ts";

/** Eigenvalues nearer to zero have no negative twin. */
const zero = 1e-6;

/** Where what was found is kept, and who is told how the search goes. */
export interface SpectrumSearch {
  /** Where eigenpairs and item graphs are kept. */
  readonly cache: GraphCache;
  /** Told how the search goes, and which share of it is done. */
  readonly onProgress: (text: string, share: number) => void;
}

/**
 * Finds it.
 *
 * @param gpu The device.
 * @param dataset The dataset; it has the graph.
 * @param settings Which graph, and how.
 * @param search Where it is kept, and who is told.
 * @throws {UsageError} It has fewer eigenpairs, or the search fails.
 */
export async function findSpectrum(
  gpu: Gpu,
  dataset: Dataset,
  settings: SpectrumSettings,
  { cache, onProgress }: SpectrumSearch,
): Promise<{ report: SpectrumReport; spectrum: GraphSpectrum }> {
  const { graph, neighbours, eigenpairs, tolerance, block, basis, restarts, seed } = settings;
  const adjacency = await adjacencyOf(gpu, dataset, graph, neighbours, cache);
  const options = {
    ...{ eigenpairs, tolerance, block, basis, restarts, seed },
    label: graph === interactionsGraph
      ? `the interactions of "${dataset.name}"`
      : `the ${graph} graph of "${dataset.name}"`,
    onProgress: ({ restarts, products, converged, eigenpairs: wanted }) =>
      onProgress(
        `restart ${restarts}  ${grouped(products)} products  ` +
          `${converged} of ${wanted} eigenpairs`,
        converged / wanted,
      ),
  } satisfies SpectrumOptions;
  const spectrum = await graphSpectrum(gpu, adjacency, options, cache);
  const next = await nextEigenvalue(gpu, adjacency, spectrum, options, cache);
  return { report: await reportOf(gpu, settings, dataset, adjacency, spectrum, next), spectrum };
}

async function adjacencyOf(
  gpu: Gpu,
  { train, users, items, modalities }: Dataset,
  graph: string,
  k: number,
  cache: GraphCache,
): Promise<Csr> {
  if (graph === interactionsGraph) {
    return bipartiteAdjacency(interactionMatrix(train, users, items));
  }
  const modality = standardiseColumns(modalities.find(({ name }) => name === graph)!);
  return symmetrised(await itemGraph(gpu, modality, { k, weighting: "mean" }, { cache }));
}

async function reportOf(
  gpu: Gpu,
  { graph, bands: bandCount, tolerance }: SpectrumSettings,
  { name, users, modalities }: Dataset,
  adjacency: Csr,
  spectrum: GraphSpectrum,
  next: number,
): Promise<SpectrumReport> {
  const { values, vectors, residuals, ...rest } = spectrum;
  const eigenvalues = Array.from(values);
  const bands = bandReports(eigenvalues, bandCount);
  const isBipartite = graph === interactionsGraph;
  const atItems = isBipartite ? vectors.subarray(users * values.length) : vectors;
  const reports = [];
  for (const modality of modalities) {
    const signal = standardiseColumns(modality);
    const energies = await coefficientEnergies(gpu, atItems, signal);
    const total = signal.values.reduce((sum, value) => sum + value * value, 0);
    // The eigenvector of −λ is that of λ with the other sign at the users: at the items it has the
    // same coefficient.
    const counted = energies.map((energy, k) =>
      !isBipartite ? energy : values[k] > zero ? 2 * energy : values[k] < -zero ? 0 : energy
    );
    reports.push(modalityReport(modality.name, counted, total, bands));
  }
  return {
    dataset: name,
    graph,
    nodes: adjacency.rows,
    edges: edgeCount(adjacency),
    ...rest,
    eigenvalues,
    residuals: Array.from(residuals),
    adapter: gpu.name,
    bands,
    modalities: reports,
    cut: cutReport(eigenvalues, next, tolerance, reports),
  };
}

/** Each edge once, loops too. */
function edgeCount({ rows, rowStart, column }: Csr): number {
  let edges = 0;
  for (let row = 0; row < rows; row++) {
    for (let entry = rowStart[row]; entry < rowStart[row + 1]; entry++) {
      if (column[entry] >= row) edges++;
    }
  }
  return edges;
}
