/**
 * A terminal's screen as an SVG: what a program wrote, with its colours.
 *
 * @module
 */
import { escaped } from "../cli/common/xml_text.ts";

/** A character on the screen, and how it looks. */
interface Cell {
  readonly character: string;
  readonly style: Style;
}

interface Style {
  /** 0 to 15, or nothing for the terminal's own. */
  readonly colour?: number;
  readonly bold?: boolean;
  readonly dim?: boolean;
}

/** The 16 colours of a terminal, on a dark ground. */
const palette = [
  ...["#484f58", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4"],
  ...["#6e7681", "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#f0f6fc"],
];
const [ground, frame, ink] = ["#0d1117", "#30363d", "#e6edf3"];
const [fontSize, cellWidth, lineHeight, padding] = [14, 8.4, 20, 18];

/**
 * Draws what stands on the screen after a program has written.
 *
 * It has its own ground, so that it can be read on a light page and on a dark one.
 *
 * @param written Text with escape sequences; colours and what progress lines need (return, erase,
 * columns) are followed, others are left out.
 * @param title What the picture shows, for those who cannot see it.
 * @param columns Width of the terminal, where long lines are broken.
 * @example
 * ```ts
 * import { terminalSvg } from "./terminal_svg.ts";
 * terminalSvg("$ \x1b[1mls\x1b[0m\r\n", "A folder"); // "<svg …"
 * ```
 */
export function terminalSvg(written: string, title: string, columns = 80): string {
  const lines = screen(written, columns);
  const width = Math.ceil(columns * cellWidth) + 2 * padding;
  const height = lines.length * lineHeight + 2 * padding;
  const texts = lines.flatMap((line, row) => lineTexts(line, padding + (row + 0.75) * lineHeight));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
    `width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" ` +
    `fill="${ground}" stroke="${frame}"/>`,
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" ` +
    `font-size="${fontSize}" fill="${ink}">`,
    ...texts,
    "</g>",
    "</svg>\n",
  ].join("\n");
}

/** The lines that stand on the screen, without empty ones at the end. */
function screen(written: string, columns: number): Cell[][] {
  const lines: Cell[][] = [[]];
  let [row, column] = [0, 0];
  let style: Style = {};
  // deno-lint-ignore no-control-regex
  for (const [token, parameters, end] of written.matchAll(/\x1b\[([\d;?]*)([A-Za-z])|[^]/gu)) {
    if (end !== undefined) {
      const count = Number(parameters) || 1;
      if (end === "m") style = restyled(style, parameters);
      else if (end === "A") row = Math.max(0, row - count);
      else if (end === "G") column = count - 1;
      else if (end === "K") lines[row].length = parameters === "2" ? 0 : column;
      else if (end === "J") lines.length = row + 1;
    } else if (token === "\r") {
      column = 0;
    } else if (token === "\n") {
      lines[++row] ??= [];
    } else if (token >= " ") {
      if (column === columns) {
        lines[++row] ??= [];
        column = 0;
      }
      while (lines[row].length < column) lines[row].push({ character: " ", style: {} });
      lines[row][column++] = { character: token, style };
    }
  }
  const last = lines.findLastIndex((line) => line.some(({ character }) => character !== " "));
  return lines.slice(0, last + 1);
}

/** The style after a sequence "m". */
function restyled(style: Style, parameters: string): Style {
  return parameters.split(";").map(Number).reduce<Style>((now, code) => {
    if (code === 0) return {};
    if (code === 1) return { ...now, bold: true };
    if (code === 2) return { ...now, dim: true };
    if (code === 22) return { ...now, bold: false, dim: false };
    if (code === 39) return { ...now, colour: undefined };
    if (code >= 30 && code <= 37) return { ...now, colour: code - 30 };
    if (code >= 90 && code <= 97) return { ...now, colour: code - 90 + 8 };
    return now;
  }, style);
}

/**
 * A text for each word, or for the words of one style with single spaces between; its length keeps
 * columns in line whatever the font is.
 */
function lineTexts(line: readonly Cell[], y: number): string[] {
  const isWord = (n: number) => n < line.length && line[n].character !== " ";
  const texts: string[] = [];
  for (let start = 0; start < line.length; start++) {
    if (!isWord(start)) continue;
    const { style } = line[start];
    const goesOn = (n: number) => line[n]?.style === style && (isWord(n) || isWord(n + 1));
    let end = start + 1;
    while (goesOn(end)) end++;
    const text = line.slice(start, end).map(({ character }) => character).join("");
    const x = (padding + start * cellWidth).toFixed(1);
    const length = ((end - start) * cellWidth).toFixed(1);
    texts.push(
      `<text x="${x}" y="${y}" textLength="${length}"${look(style)}>${escaped(text)}</text>`,
    );
    start = end - 1;
  }
  return texts;
}

function look({ colour, bold, dim }: Style): string {
  return (colour === undefined ? "" : ` fill="${palette[colour]}"`) +
    (bold ? ' font-weight="bold"' : "") + (dim ? ' opacity=".65"' : "");
}
