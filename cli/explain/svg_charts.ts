/**
 * The charts of `explain --plot`, each drawn below the other.
 *
 * @module
 */
import { cutTo, widest } from "../common/text_width.ts";
import { escaped } from "../common/xml_text.ts";
import { type BarChart, type Chart, type Matrix, signed } from "./shown_parts.ts";

/** Sizes in pixels. */
const [width, margin, line] = [760, 24, 18];
/** Where bars have their zero, and how long they are at most. */
const [widestLabel, letterWidth, valueWidth] = [300, 7, 64];
const [cellWidth, cellHeight, rowLabel] = [92, 24, 96];
/** Letters of a line of text, of a label, and of a label of a row or column. */
const letters = { line: 108, label: 42, side: 14 };

/** Colours that people tell apart whatever their eyes (Okabe and Ito, 2008), on light and on dark. */
const style = "svg{color-scheme:light dark}" +
  ".paper{fill:#fff}text{fill:#1a1a1a}.quiet{fill:#555}.plus{fill:#0072b2}.minus{fill:#d55e00}" +
  ".axis{stroke:#999}.cell{stroke:#bbb}" +
  "@media(prefers-color-scheme:dark){.paper{fill:#15181d}text{fill:#eee}.quiet{fill:#aab}" +
  ".plus{fill:#56b4e9}.minus{fill:#e69f00}.axis{stroke:#889}.cell{stroke:#445}}";

const number = (value: number) => String(Number(value.toFixed(2)));

/** A picture, drawn from above. */
export class SvgCharts {
  readonly #parts: string[] = [];
  #y = margin;
  /** Of the whole picture: more where a matrix has many columns. */
  #width: number = width;

  /**
   * Writes a line.
   *
   * @param text The line; a longer one goes on below.
   * @param size Its letters in pixels.
   * @param look The class of its colour.
   */
  text(text: string, size = 12, look = ""): void {
    for (const one of linesOf(text, Math.floor(letters.line * 12 / size))) {
      this.#y += size + 6;
      this.#label(margin, this.#y, one, { "font-size": String(size), ...look && { class: look } });
    }
  }

  /** Leaves room. */
  gap(): void {
    this.#y += line;
  }

  /**
   * Draws a chart.
   *
   * @param chart The chart.
   */
  chart(chart: Chart): void {
    this.#y += 6;
    this.text(chart.heading, 12, "quiet");
    this.#y += 6;
    if ("bars" in chart) this.#bars(chart);
    else this.#matrix(chart);
    this.#y += 6;
  }

  /**
   * The whole file.
   *
   * @param title What the picture shows.
   */
  toString(title: string): string {
    const height = this.#y + margin;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${this.#width} ${height}" ` +
      `width="${this.#width}" height="${height}" font-family="sans-serif" font-size="12" role="img">`,
      `<title>${escaped(title)}</title>`,
      `<style>${style}</style>`,
      `<rect class="paper" width="${this.#width}" height="${height}"/>`,
      ...this.#parts,
      "</svg>\n",
    ].join("\n");
  }

  /** Bars to the right of zero for what speaks for an item, and to the left for what speaks against it. */
  #bars({ bars }: BarChart): void {
    const least = Math.min(0, ...bars.map(({ value }) => value));
    const most = Math.max(0, ...bars.map(({ value }) => value));
    const labels = bars.map(({ label }) => cutTo(label, letters.label));
    const labelWidth = Math.min(widestLabel, 16 + letterWidth * widest(labels));
    const room = width - 2 * margin - labelWidth - 2 * valueWidth;
    const scale = most > least ? room / (most - least) : 0;
    const zero = margin + labelWidth + valueWidth - least * scale;
    const top = this.#y;
    for (const [n, { value }] of bars.entries()) {
      const [x, length] = [zero + Math.min(0, value) * scale, Math.abs(value) * scale];
      this.#label(margin + labelWidth - 8, this.#y + 13, labels[n], {
        "text-anchor": "end",
      });
      this.#rectangle(x, this.#y + 3, length, line - 6, value);
      const isMinus = value < 0;
      this.#label(isMinus ? x - 4 : x + length + 4, this.#y + 13, signed(value), {
        "text-anchor": isMinus ? "end" : "start",
        class: "quiet",
      });
      this.#y += line;
    }
    this.#parts.push(
      `<line class="axis" x1="${number(zero)}" x2="${number(zero)}" y1="${top}" y2="${this.#y}"/>`,
    );
  }

  #matrix({ rows, columns, values }: Matrix): void {
    const left = margin + rowLabel;
    this.#width = Math.max(this.#width, left + columns.length * cellWidth + margin);
    const most = Math.max(...values.flat().map(Math.abs));
    columns.forEach((column, c) =>
      this.#label(left + (c + 0.5) * cellWidth, this.#y + 12, cutTo(column, letters.side), {
        "text-anchor": "middle",
      })
    );
    this.#y += line;
    rows.forEach((row, r) => {
      this.#label(left - 8, this.#y + 16, cutTo(row, letters.side), { "text-anchor": "end" });
      values[r].forEach((value, c) => {
        const x = left + c * cellWidth;
        const share = most > 0 ? Math.abs(value) / most : 0;
        this.#rectangle(x, this.#y, cellWidth, cellHeight, value, 0.6 * share, "cell");
        this.#label(x + cellWidth / 2, this.#y + 16, signed(value), { "text-anchor": "middle" });
      });
      this.#y += cellHeight;
    });
  }

  #rectangle(
    x: number,
    y: number,
    length: number,
    height: number,
    value: number,
    opacity = 1,
    look = "",
  ): void {
    const sign = value < 0 ? "minus" : "plus";
    this.#parts.push(
      `<rect class="${look === "" ? sign : `${sign} ${look}`}" x="${number(x)}" y="${number(y)}" ` +
        `width="${number(length)}" height="${height}" fill-opacity="${number(opacity)}"/>`,
    );
  }

  #label(x: number, y: number, text: string, attributes: Readonly<Record<string, string>>): void {
    const rest = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`).join("");
    this.#parts.push(`<text x="${number(x)}" y="${number(y)}"${rest}>${escaped(text)}</text>`);
  }
}

function linesOf(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").map((word) => cutTo(word, most))) {
    const last = lines.at(-1);
    if (last !== undefined && widest([`${last} ${word}`]) <= most) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
