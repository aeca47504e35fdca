/**
 * What `spectrum` does with what the user asked for.
 *
 * @module
 */
import { writeFileAtomically } from "../../data/atomic_file.ts";
import type { Dataset } from "../../data/dataset.ts";
import { datasetFolder, readDataset } from "../../data/folder.ts";
import { writeSafetensors } from "../../data/safetensors.ts";
import { nearest, UsageError } from "../../errors.ts";
import type { GraphSpectrum } from "../../graph/spectrum_plan.ts";
import { openDevice } from "../common/device.ts";
import { graphCache } from "../common/graph_cache.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { openedPath, shownPath } from "../common/paths.ts";
import { createProgress, stderrSink } from "../common/progress.ts";
import { findSpectrum } from "./find_spectrum.ts";
import { interactionsGraph, type SpectrumRequest } from "./spectrum_command.ts";
import type { SpectrumReport } from "./spectrum_report.ts";
import { spectrumSvg } from "./spectrum_svg.ts";
import { spectrumPlot, spectrumText } from "./spectrum_text.ts";

/**
 * Finds the eigenpairs of a graph of a dataset, and prints what they are.
 *
 * @param request What the user asked for.
 */
export async function runSpectrum(request: SpectrumRequest): Promise<void> {
  const { dataset: name, dataDirectory, graph, json, out, plot } = request;
  const dataset = await readDataset(await datasetFolder(openedPath(dataDirectory), name));
  assertGraph(dataset, graph);
  const gpu = await openDevice(request.adapter);
  const progress = createProgress(stderrSink());
  try {
    const { report, spectrum } = await findSpectrum(gpu, dataset, request, {
      cache: graphCache(progress.note),
      onProgress: progress.status,
    });
    progress.end();
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
    await gpu.close();
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
