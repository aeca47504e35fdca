/**
 * The plot of `spectrum --plot`: eigenvalues, and the energy of features up to each.
 *
 * @module
 */
import { escaped } from "../common/xml_text.ts";
import type { SpectrumReport } from "./spectrum_report.ts";

/** Sizes in pixels. */
const [width, panelHeight, gap] = [720, 220, 56];
const margin = { left: 64, right: 24, top: 52, bottom: 40 };
/** Colours that people tell apart whatever their eyes (Okabe and Ito, 2008). */
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

const number = (value: number) => String(Number(value.toFixed(2)));

/**
 * An SVG image.
 *
 * @param report The result of `spectrum`.
 * @returns A whole file.
 */
export function spectrumSvg(report: SpectrumReport): string {
  const { dataset, graph, eigenvalues, modalities, bands } = report;
  const panels = modalities.length > 0 ? 2 : 1;
  const height = margin.top + panels * panelHeight + (panels - 1) * gap + margin.bottom;
  const x = (k: number) =>
    margin.left + (width - margin.left - margin.right) * k / Math.max(1, eigenvalues.length - 1);
  const [high, low] = [eigenvalues[0], eigenvalues[eigenvalues.length - 1]];
  const upper = panel(
    margin.top,
    low === high ? low - 1 : low,
    high,
    "eigenvalue λ",
    (v) => v.toFixed(3),
  );
  const borders = bands.slice(1).map(({ first }) => x(first - 0.5));
  const line = (points: readonly (readonly [number, number])[], colour: string) =>
    `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${
      points.map(([px, py]) => `${number(px)},${number(py)}`).join(" ")
    }"/>`;
  const cuts = (top: number) =>
    borders.map((at) =>
      `<line x1="${number(at)}" x2="${number(at)}" y1="${top}" y2="${top + panelHeight}" ` +
      `stroke="#999" stroke-dasharray="4 3"/>`
    );
  const parts = [
    ...upper.axes,
    ...cuts(margin.top),
    line(eigenvalues.map((value, k) => [x(k), upper.y(value)]), "#000"),
  ];
  if (panels === 2) {
    const top = margin.top + panelHeight + gap;
    const lower = panel(top, 0, 1, "energy up to here", (v) => `${Math.round(100 * v)} %`);
    parts.push(...lower.axes, ...cuts(top));
    modalities.forEach(({ name, eigenpairs }, m) => {
      const colour = colours[m % colours.length];
      let sum = 0;
      parts.push(
        line(eigenpairs.map((share, k) => [x(k), lower.y(sum += share)]), colour),
        label(margin.left + 12, top + 18 + 16 * m, escaped(name), { fill: colour }),
      );
    });
  }
  const last = String(eigenvalues.length - 1);
  const title = `${dataset}, ${graph}: the ${eigenvalues.length} largest eigenvalues of Â`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" ` +
    `height="${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    label(margin.left, 22, escaped(title), { "font-size": "14" }),
    ...parts,
    label(x(0), height - 16, "0", { "text-anchor": "middle" }),
    label(x(eigenvalues.length - 1), height - 16, last, { "text-anchor": "middle" }),
    label((margin.left + width - margin.right) / 2, height - 16, "eigenpair; dashed: bands", {
      "text-anchor": "middle",
    }),
    "</svg>\n",
  ].join("\n");
}

/** The frame of a panel, and how high a value stands in it. */
function panel(
  top: number,
  low: number,
  high: number,
  name: string,
  text: (value: number) => string,
) {
  const y = (value: number) => top + panelHeight * (high - value) / (high - low);
  const axes = [
    `<rect x="${margin.left}" y="${top}" width="${width - margin.left - margin.right}" ` +
    `height="${panelHeight}" fill="none" stroke="#000"/>`,
    label(margin.left, top - 6, name, {}),
    ...[0, 0.25, 0.5, 0.75, 1].map((share) => {
      const value = low + share * (high - low);
      return label(margin.left - 6, y(value) + 4, text(value), { "text-anchor": "end" });
    }),
  ];
  return { y, axes };
}

function label(x: number, y: number, text: string, attributes: Record<string, string>): string {
  const rest = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`).join("");
  return `<text x="${number(x)}" y="${number(y)}"${rest}>${text}</text>`;
}
