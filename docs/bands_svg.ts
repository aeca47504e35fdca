/**
 * A diagram of SSR: how it cuts a signal into bands, and what becomes of them (methods.md, §5).
 *
 * @module
 */
import { publishedBank } from "../graph/chebyshev_bank.ts";

/** Colours that people tell apart whatever their eyes (Okabe and Ito, 2008), with their bands. */
const bands = [
  { name: "low", colour: "#0072b2" },
  { name: "middle", colour: "#d55e00" },
  { name: "high", colour: "#009e73" },
];
const [width, height] = [760, 410];
/** The plots: left edges, width, top and height. */
const [left, right, plotWidth, top, plotHeight] = [56, 446, 290, 200, 150];
/** Gains that the plots show. */
const [least, greatest] = [-1.1, 1.6];

/**
 * The diagram, on a ground of its own so that it can be read on a light page and on a dark one.
 *
 * @returns A whole file.
 * @example
 * ```ts
 * import { bandsSvg } from "./bands_svg.ts";
 * bandsSvg(); // "<svg …"
 * ```
 */
export function bandsSvg(): string {
  const title = "SSR cuts the signals of users and items into bands of graph frequency, masks " +
    "bands in training, mixes and gates them, and aligns the modalities of each band";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
    `width="${width}" height="${height}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    "<style>",
    "text{font:13px system-ui,sans-serif;fill:#1f2328}.small{font-size:11px;fill:#57606a}",
    ".head{font-weight:600}.line{fill:none;stroke:#57606a}.box{fill:#f6f8fa;stroke:#8c959f}",
    "</style>",
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="#fff" ` +
    `stroke="#d0d7de"/>`,
    ...stages(),
    ...plot(left, "Gains of decomposition=chebyshev", published()),
    ...plot(right, "Gains of decomposition=gft", ideal()),
    "</svg>\n",
  ].join("\n");
}

const text = (x: number, y: number, words: string, rest = "") =>
  `<text x="${x}" y="${y}" ${rest}>${words}</text>`;

/** What happens to a signal, from left to right. */
function stages(): string[] {
  const boxes = [
    ["Signals", "ids, images, texts", "of users and items"],
    ["1 Decompose", "by frequency on", "the interaction graph"],
    ["2 Modulate", "in training, masks", "a band in ten"],
    ["3 Fuse", "mixes the bands,", "gates them by row"],
    ["Scores", "sum of the bands,", "user row · item row"],
  ];
  const [boxWidth, gap, y] = [124, 24, 22];
  const at = (n: number) => 22 + n * (boxWidth + gap);
  const drawn = boxes.flatMap(([head, ...lines], n) => [
    `<rect class="box" x="${at(n)}" y="${y}" width="${boxWidth}" height="66" rx="6"/>`,
    text(at(n) + boxWidth / 2, y + 20, head, 'text-anchor="middle" class="head"'),
    ...lines.map((line, k) =>
      text(at(n) + boxWidth / 2, y + 39 + 16 * k, line, 'text-anchor="middle" class="small"')
    ),
    ...n === 0 ? [] : [arrow(at(n) - gap, y + 33, at(n) - 3, y + 33)],
  ]);
  const middle = at(1) + boxWidth / 2;
  return [
    ...drawn,
    arrow(middle, y + 66, middle, y + 93),
    `<rect class="box" x="${at(1)}" y="${y + 96}" width="${3 * boxWidth + 2 * gap}" height="34" ` +
    `rx="6"/>`,
    `<text x="${at(1) + 12}" y="${y + 118}"><tspan class="head">4 Align</tspan>` +
    `<tspan class="small" dx="10">a loss that brings the modalities of each band together` +
    `</tspan></text>`,
  ];
}

function arrow(x1: number, y1: number, x2: number, y2: number): string {
  const head = x1 === x2 ? `M${x2 - 4},${y2 - 5}L${x2},${y2}L${x2 + 4},${y2 - 5}` : "";
  const side = x1 === x2 ? "" : `M${x2 - 5},${y2 - 4}L${x2},${y2}L${x2 - 5},${y2 + 4}`;
  return `<path class="line" d="M${x1},${y1}L${x2},${y2}${head}${side}"/>`;
}

/** Points of a curve: frequencies from 0 to 2, and the gain of a band there. */
type Curve = readonly (readonly [frequency: number, gain: number])[];

/** The bank that is trained with, as polynomials `T_k` of Â, whose eigenvalue is 1 − frequency. */
function published(): Curve[] {
  const frequencies = Array.from({ length: 51 }, (_, n) => n / 25);
  const gain = (row: readonly number[], frequency: number) =>
    row.reduce((sum, weight, k) => sum + weight * Math.cos(k * Math.acos(1 - frequency)), 0);
  return publishedBank(bands.length, 5).map((row) =>
    frequencies.map((frequency) => [frequency, gain(row, frequency)])
  );
}

/** Borders follow from the energy of the data; these are made up. */
function ideal(): Curve[] {
  const borders = [0, 0.3, 0.85, 2];
  return bands.map((_, b) => {
    const [from, to] = [borders[b], borders[b + 1]];
    return [[0, 0], [from, 0], [from, 1], [to, 1], [to, 0], [2, 0]];
  });
}

function plot(from: number, heading: string, curves: readonly Curve[]): string[] {
  const x = (frequency: number) => (from + plotWidth * frequency / 2).toFixed(1);
  const y = (gain: number) =>
    (top + plotHeight * (greatest - gain) / (greatest - least)).toFixed(1);
  const lines = bands.map(({ colour }, b) => {
    const points = curves[b].map(([frequency, gain]) => `${x(frequency)},${y(gain)}`).join(" ");
    return `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points}"/>`;
  });
  const names = bands.map(({ name, colour }, b) =>
    `<text x="${from + plotWidth - [130, 98, 42][b]}" y="${top + 14}" ` +
    `style="fill:${colour}" class="head">${name}</text>`
  );
  const ticks = [-1, 0, 1].map((gain) =>
    `<path class="line" stroke-opacity=".25" d="M${from},${y(gain)}h${plotWidth}"/>` +
    text(from - 6, Number(y(gain)) + 4, String(gain), 'text-anchor="end" class="small"')
  );
  const base = top + plotHeight;
  return [
    text(from, top - 10, heading, 'class="head"'),
    ...ticks,
    `<path class="line" d="M${from},${top}V${base}H${from + plotWidth}"/>`,
    ...lines,
    ...names,
    text(from, base + 18, "0", 'class="small"'),
    text(from + plotWidth, base + 18, "2", 'text-anchor="end" class="small"'),
    text(from + plotWidth / 2, base + 18, "graph frequency", 'text-anchor="middle"'),
    text(from, base + 36, "neighbours agree", 'class="small"'),
    text(from + plotWidth, base + 36, "neighbours differ", 'text-anchor="end" class="small"'),
  ];
}
