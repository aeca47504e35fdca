/**
 * The result of `spectrum` for people to read.
 *
 * @module
 */
import { counted, grouped } from "../../data/counts.ts";
import { padEnd, padStart, widest } from "../common/text_width.ts";
import { interactionsGraph } from "./spectrum_command.ts";
import { distinct, type SpectrumReport } from "./spectrum_report.ts";

/** Eigenvalues that are shown from the front and from the end. */
const [leading, trailing] = [24, 8];
/** A line of eigenvalues has so many. */
const perLine = 8;

/** Without the sign that rounding can give to zero. */
const frequency = (value: number) => value.toFixed(4).replace(/^-(?=[0.]+$)/, "");

/**
 * What was found, in words and tables.
 *
 * @param report The result.
 */
export function spectrumText(report: SpectrumReport): string {
  const { dataset, graph, nodes, edges, components, eigenvalues, adapter } = report;
  const name = graph === interactionsGraph ? "interactions" : `nearest items by ${graph}`;
  const greatest = report.residuals.reduce((most, one) => Math.max(most, one), 0);
  return [
    `${dataset}, ${name}: ${counted(nodes, "node")}, ${counted(edges, "edge")}, ` +
    `${counted(components, "component")} with edges; ${adapter}`,
    `${counted(eigenvalues.length, "eigenpair")} of Â = D^-½ A D^-½, ${howText(report)}`,
    `largest residual ‖Âv−λv‖ ${greatest.toExponential(1)}, ` +
    `largest entry of |VᵀV−I| ${report.orthogonality.toExponential(1)}`,
    "",
    "eigenvalues, descending (frequency 1−λ ascending)",
    ...eigenvalueLines(eigenvalues),
    "",
    ...energyLines(report),
    ...cutLines(report),
  ].join("\n");
}

function howText(report: SpectrumReport): string {
  const { method, operator, restarts, products, seconds, kept } = report;
  const side = operator === "gram" ? "on the smaller side" : "on all nodes";
  const way = {
    lanczos: `found by block Lanczos ${side} with ${counted(restarts, "restart")} and ` +
      `${counted(products, "product")}`,
    dense: `found by a dense solver ${side}`,
    components: "taken from the components, without a search",
  }[method];
  return `${way}, in ${seconds.toFixed(1)} s${kept ? ", in an earlier run" : ""}`;
}

/** Eigenvalues in lines, equal neighbours as one. */
function eigenvalueLines(values: readonly number[]): string[] {
  const groups: { value: number; times: number }[] = [];
  for (const value of values) {
    const last = groups.at(-1);
    if (last !== undefined && last.value - value < distinct) last.times++;
    else groups.push({ value, times: 1 });
  }
  const text = ({ value, times }: { value: number; times: number }) =>
    `${value.toFixed(6)}${times > 1 ? ` ×${times}` : ""}`;
  const inLines = (some: readonly { value: number; times: number }[]) =>
    Array.from(
      { length: Math.ceil(some.length / perLine) },
      (_, line) => `  ${some.slice(line * perLine, (line + 1) * perLine).map(text).join("  ")}`,
    );
  if (groups.length <= leading + trailing) return inLines(groups);
  const hidden = groups.slice(leading, -trailing).reduce((sum, { times }) => sum + times, 0);
  return [
    ...inLines(groups.slice(0, leading)),
    `  … ${counted(hidden, "more eigenvalue")}: --json and --out have all …`,
    ...inLines(groups.slice(-trailing)),
  ];
}

function energyLines({ graph, bands, eigenvalues, modalities }: SpectrumReport): string[] {
  if (modalities.length === 0) return ["The dataset has no features to show the energy of\n"];
  const header = ["band", "frequency", "eigenpairs", ...modalities.map(({ name }) => name)];
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const rows = bands.map(({ first, end, lowest, highest }, band) => [
    String(band),
    lowest === undefined ? "empty" : `${frequency(lowest)} to ${frequency(highest!)}`,
    String(end - first),
    ...modalities.map((modality) => percent(modality.bands[band])),
  ]);
  const beyond = [
    "beyond",
    `above ${frequency(1 - eigenvalues[eigenvalues.length - 1])}`,
    "",
    ...modalities.map(({ remainder }) => percent(remainder)),
  ];
  const table = [header, ...rows, beyond];
  const widths = header.map((_, c) => widest(table.map((row) => row[c])));
  const equal = modalities.map(({ name, equal_energy_borders: borders }) => {
    const places = borders.map((border) => border === eigenvalues.length ? "all" : grouped(border));
    return `  ${padEnd(name, widths[0])}  ${places.join(", ")}`;
  });
  return [
    "energy of the items' features, columns standardised, in bands of equal width",
    ...graph === interactionsGraph
      ? ["(λ and −λ, which come in pairs in a bipartite graph, are counted together)"]
      : [],
    ...table.map((row) =>
      `  ${
        row.map((cell, c) => c < 2 ? padEnd(cell, widths[c]) : padStart(cell, widths[c])).join("  ")
      }`.trimEnd()
    ),
    "",
    ...bands.length < 2 ? [] : [
      `${bands.length} bands of equal energy would meet after this many eigenpairs`,
      ...equal,
      "",
    ],
  ];
}

function cutLines({ cut }: SpectrumReport): string[] {
  if (cut === undefined) return [];
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    `The last eigenvalue, ${
      cut.eigenvalue.toFixed(6)
    }, is repeated (×${cut.times} found) and goes on beyond these eigenpairs.`,
    "Its eigenvectors are a part of many, which follows from --seed, and so do shares in its band:",
    ...Object.entries(cut.shares).map(([name, [found, most]]) =>
      `  ${name}: ${percent(found)} here, up to ${percent(most)} with all of them`
    ),
    "Ask for more --eigenpairs, until a smaller eigenvalue comes last.",
    "",
  ];
}

/** Size of the text plot, in characters. */
const [plotColumns, plotRows] = [64, 12];

/**
 * A plot of the eigenvalues in characters, for a terminal.
 *
 * @param values Eigenvalues, descending.
 */
export function spectrumPlot(values: readonly number[]): string {
  const columns = Math.min(plotColumns, values.length);
  const [top, bottom] = [values[0], values[values.length - 1]];
  const height = top - bottom || 1;
  const at = (column: number) => values[Math.floor((column + 0.5) * values.length / columns)];
  const lines = Array.from({ length: plotRows }, (_, row) => {
    const level = top - height * (row + 0.5) / plotRows;
    const cells = Array.from({ length: columns }, (_, c) => at(c) >= level ? "█" : " ").join("");
    const label = row === 0 ? top : row === plotRows - 1 ? bottom : undefined;
    return `${label === undefined ? " ".repeat(8) : label.toFixed(4).padStart(8)} │${cells}`
      .trimEnd();
  });
  const last = String(values.length - 1);
  const axis = `${" ".repeat(9)}└${"─".repeat(columns)}`;
  const labels = `${" ".repeat(10)}0${last.padStart(Math.max(columns - 1, last.length + 1))}`;
  return ["eigenvalue λ by number", ...lines, axis, labels, ""].join("\n");
}
