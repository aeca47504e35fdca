/**
 * What `spectrum` does with what the user asked for.
 *
 * @module
 */
import { writeFileAtomically } from "../../data/atomic_file.ts";
import type { Csr } from "../../algebra/csr.ts";
import type { Dataset } from "../../data/dataset.ts";
import { standardiseColumns } from "../../data/modalities.ts";
import { datasetFolder, readDataset } from "../../data/folder.ts";
import { writeSafetensors } from "../../data/safetensors.ts";
import { nearest, UsageError } from "../../errors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { coefficientEnergies } from "../../graph/coefficient_energies.ts";
import { bipartiteAdjacency, interactionMatrix } from "../../graph/interaction_graph.ts";
import { itemGraph } from "../../graph/item_graph.ts";
import { symmetrised } from "../../graph/normalised_adjacency.ts";
import { graphSpectrum, nextEigenvalue } from "../../graph/spectrum.ts";
import type { GraphSpectrum, SpectrumOptions } from "../../graph/spectrum_plan.ts";
import { grouped } from "../../data/counts.ts";
import { openDevice } from "../common/device.ts";
import { graphCache } from "../common/graph_cache.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { openedPath, shownPath } from "../common/paths.ts";
import { createProgress, stderrSink } from "../common/progress.ts";
import { interactionsGraph, type SpectrumRequest } from "./spectrum_command.ts";
import { bandReports, cutReport, modalityReport, type SpectrumReport } from "./spectrum_report.ts";
import { spectrumSvg } from "./spectrum_svg.ts";
import { spectrumPlot, spectrumText } from "./spectrum_text.ts";

/** Eigenvalues nearer to zero have no negative twin. */
const zero = 1e-6;

/**
 * Finds the eigenpairs of a graph of a dataset, and prints what they are.
 *
 * @param request What the user asked for.
 */
export async function runSpectrum(request: SpectrumRequest): Promise<void> {
  const { dataset: name, dataDirectory, graph, neighbours, json, out, plot } = request;
  const dataset = await readDataset(await datasetFolder(openedPath(dataDirectory), name));
  assertGraph(dataset, graph);
  const gpu = await openDevice(request.adapter);
  const progress = createProgress(stderrSink());
  try {
    const cache = graphCache(progress.note);
    const adjacency = await adjacencyOf(gpu, dataset, graph, neighbours, cache);
    const { eigenpairs, tolerance, block, basis, restarts, seed } = request;
    const options = {
      ...{ eigenpairs, tolerance, block, basis, restarts, seed },
      label: graph === interactionsGraph
        ? `the interactions of "${name}"`
        : `the ${graph} graph of "${name}"`,
      onProgress: ({ restarts, products, converged, eigenpairs: wanted }) =>
        progress.status(
          `restart ${restarts}  ${grouped(products)} products  ` +
            `${converged} of ${wanted} eigenpairs`,
          converged / wanted,
        ),
    } satisfies SpectrumOptions;
    const spectrum = await graphSpectrum(gpu, adjacency, options, cache);
    progress.end();
    const next = await nextEigenvalue(gpu, adjacency, spectrum, options, cache);
    const report = await reportOf(gpu, request, dataset, adjacency, spectrum, next);
    if (out !== undefined) await writeSpectrum(out, report, spectrum);
    if (plot !== undefined) await writeFileAtomically(plot, spectrumSvg(report));
    if (json) await writeJson(report);
    else {
      const drawn = Deno.stdout.isTerminal() ? `\n${spectrumPlot(report.eigenvalues)}` : "";
      await writeResult(spectrumText(report) + drawn);
    }
    for (const path of [out, plot]) {
      if (path !== undefined) progress.note(`Wrote ${shownPath(path)}`);
    }
  } finally {
    progress.end();
    gpu.close();
  }
}

function assertGraph({ name, modalities }: Dataset, graph: string): void {
  const names = modalities.map((modality) => modality.name);
  if (graph === interactionsGraph || names.includes(graph)) return;
  const near = nearest(graph, [interactionsGraph, ...names]);
  throw new UsageError(
    `Cannot use --graph "${graph}": "${name}" has ` +
      (names.length === 0 ? "no modalities" : `the modalities ${names.join(", ")}`),
    near === undefined
      ? `Use ${[interactionsGraph, ...names].join(" or ")}`
      : `Did you mean "${near}"?`,
  );
}

async function adjacencyOf(
  gpu: Gpu,
  { train, users, items, modalities }: Dataset,
  graph: string,
  k: number,
  cache: ReturnType<typeof graphCache>,
): Promise<Csr> {
  if (graph === interactionsGraph) {
    return bipartiteAdjacency(interactionMatrix(train, users, items));
  }
  const modality = standardiseColumns(modalities.find(({ name }) => name === graph)!);
  return symmetrised(await itemGraph(gpu, modality, { k, weighting: "mean" }, cache));
}

async function reportOf(
  gpu: Gpu,
  { dataset: name, graph, bands: bandCount, tolerance }: SpectrumRequest,
  { users, modalities }: Dataset,
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

async function writeSpectrum(
  path: string,
  report: SpectrumReport,
  spectrum: GraphSpectrum,
): Promise<void> {
  const { values, vectors, residuals } = spectrum;
  if (path.endsWith(".json")) {
    return await writeFileAtomically(path, `${JSON.stringify(report, null, 2)}\n`);
  }
  if (path.endsWith(".csv")) {
    const lines = report.eigenvalues.map((value, k) =>
      `${k},${value},${1 - value},${residuals[k]}\n`
    );
    const header = "eigenpair,eigenvalue,frequency,residual\n";
    return await writeFileAtomically(path, header + lines.join(""));
  }
  const k = values.length;
  await writeSafetensors(path, {
    metadata: { dataset: report.dataset, graph: report.graph },
    tensors: new Map([
      ["values", { shape: [k], values }],
      ["vectors", { shape: [report.nodes, k], values: vectors }],
      ["residuals", { shape: [k], values: residuals }],
    ]),
  });
}
