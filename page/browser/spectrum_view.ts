/**
 * The spectrum of the dataset's graph, its bands, and where the energy of each modality is.
 *
 * @module
 */
import type { PageSpectrum } from "../page_index.ts";
import { barTable } from "./bars.ts";
import { drawn, element } from "./dom.ts";
import { shareText } from "./numbers.ts";

const size = { width: 640, height: 260, left: 24, right: 8, top: 12, bottom: 36 };

/**
 * The spectrum.
 *
 * @param spectrum What was found.
 */
export function spectrumView({ eigenvalues, bands, modalities }: PageSpectrum): HTMLElement {
  const frequency = (eigenpair: number) => (1 - eigenvalues[eigenpair]).toFixed(3);
  const names = bands.map(({ first, end }, n) =>
    first === end
      ? `band ${n}: none`
      : `band ${n}: frequencies ${frequency(first)} to ${frequency(end - 1)}`
  );
  return element(
    "section",
    { "aria-labelledby": "spectrum" },
    element("h2", { id: "spectrum" }, "Spectrum"),
    element(
      "p",
      {},
      `The ${eigenvalues.length} lowest frequencies of the graph of users and items: an eigenvector of ` +
        "eigenvalue λ has frequency 1 − λ, and varies the more from neighbour to neighbour, the higher that is.",
    ),
    drawing(eigenvalues, bands),
    element(
      "div",
      { class: "side-by-side" },
      ...modalities.map(({ name, bands: shares, remainder }) =>
        barTable(
          `Where the energy of ${name} is`,
          [
            ...shares.map((value, n) => ({ name: names[n], value })),
            { name: "higher frequencies", value: remainder },
          ],
          shareText,
        )
      ),
    ),
  );
}

function drawing(eigenvalues: readonly number[], bands: PageSpectrum["bands"]): SVGElement {
  const { width, height, left, right, top, bottom } = size;
  const last = Math.max(1, eigenvalues.length - 1);
  const highest = Math.max(1e-9, ...eigenvalues.map((value) => 1 - value));
  const x = (eigenpair: number) => left + (width - left - right) * eigenpair / last;
  const y = (frequency: number) => height - bottom - (height - top - bottom) * frequency / highest;
  const text = (at: number, height: number, content: string, anchor: string) =>
    drawn("text", { x: String(at), y: String(height), "text-anchor": anchor }, content);
  const grounds = bands.filter(({ first, end }) => first < end).map(({ first, end }, n) => {
    const [from, to] = [x(Math.max(0, first - 0.5)), x(Math.min(last, end - 0.5))];
    return drawn("rect", {
      class: `band band-${n % 3}`,
      ...{ x: String(from), y: String(top) },
      ...{ width: String(Math.max(1, to - from)), height: String(height - top - bottom) },
    });
  });
  const points = eigenvalues.map((value, n) =>
    `${n === 0 ? "M" : "L"}${x(n).toFixed(1)} ${y(1 - value).toFixed(1)}`
  );
  return drawn(
    "svg",
    {
      class: "spectrum",
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": `Frequencies of ${eigenvalues.length} eigenvectors, from ${
        (1 - eigenvalues[0]).toFixed(3)
      } to ${highest.toFixed(3)}, in ${bands.length} bands`,
    },
    ...grounds,
    drawn("path", { class: "line", d: points.join("") }),
    text(left - 6, y(0) + 4, "0", "end"),
    text(left + 4, y(highest) + 18, highest.toFixed(3), "start"),
    text(left, height - bottom + 16, "0", "start"),
    text(width - right, height - bottom + 16, String(last), "end"),
    text((left + width - right) / 2, height - 4, "eigenvector, by frequency", "middle"),
  );
}
