/**
 * The spectra of the datasets of runs, where a search for them has been kept.
 *
 * @module
 */
import { BandpassError } from "../../errors.ts";
import { bipartiteAdjacency, interactionMatrix } from "../../graph/interaction_graph.ts";
import { keptEigenvalues } from "../../graph/spectrum_cache.ts";
import { lineChart } from "./line_chart.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import type { ReportedRun } from "./reported_run.ts";
import type { DatasetOf } from "./run_dataset.ts";

/**
 * Eigenvalues of the normalised adjacency of the train interactions, a line a dataset. Nothing is computed.
 *
 * @param page The page.
 * @param runs The runs.
 * @param datasetOf Reads their datasets.
 * @param cache The folder in which eigenpairs are kept.
 * @returns Nothing where none are kept.
 */
export async function spectrumSection(
  page: ReportPage,
  runs: readonly ReportedRun[],
  datasetOf: DatasetOf,
  cache: string,
): Promise<PageElement[]> {
  const lines = new Map<string, readonly { readonly x: number; readonly y: number }[]>();
  for (const run of runs) {
    const name = String(run.options.dataset);
    if (lines.has(name)) continue;
    try {
      const { train, users, items } = await datasetOf(run);
      const graph = bipartiteAdjacency(interactionMatrix(train, users, items));
      const values = await keptEigenvalues(graph, cache);
      if (values !== undefined) lines.set(name, Array.from(values, (y, x) => ({ x, y })));
    } catch (error) {
      // What a dataset lacks is told where its users are; without it there is no spectrum.
      if (!(error instanceof BandpassError)) throw error;
    }
  }
  if (lines.size === 0) return [];
  const chart = lineChart(page, {
    title: "Eigenvalues λ of the interactions, by number",
    x: "eigenpair",
    lines: Array.from(lines, ([name, points]) => ({ name, points })),
  });
  return [
    page.element("h3", {}, "Spectrum"),
    page.element("div", { class: "charts" }, chart),
    page.element(
      "p",
      { class: "quiet" },
      "Of Â = D^-½ A D^-½ of users and items; the frequency of an eigenvector is 1 − λ.",
    ),
  ];
}
