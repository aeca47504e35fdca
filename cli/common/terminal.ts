/**
 * What a terminal can show: colours with restraint, and lines that are redrawn.
 *
 * @module
 */

/** A stream that may lead to a terminal. */
export interface Stream {
  /** Whether it does. */
  isTerminal(): boolean;
}

/** How parts of a text are set off; each gives its text as it is where nothing is to be set off. */
export interface Style {
  /** What counts most. */
  bold(text: string): string;
  /** What counts least. */
  dim(text: string): string;
  /** What went well. */
  green(text: string): string;
  /** What may be wrong. */
  yellow(text: string): string;
  /** What failed. */
  red(text: string): string;
}

/** Goes to the beginning of the terminal's line, and clears it. */
export const clearedLine = "\r\x1b[2K";

/** The columns of a terminal that does not say how many it has. */
const usualColumns = 80;

const asIs = (text: string) => text;

/** Sets nothing off. */
export const plainStyle: Style = { bold: asIs, dim: asIs, green: asIs, yellow: asIs, red: asIs };

const inAnsi = (code: number) => (text: string) => `\x1b[${code}m${text}\x1b[0m`;
const ansiStyle: Style = {
  ...{ bold: inAnsi(1), dim: inAnsi(2) },
  ...{ green: inAnsi(32), yellow: inAnsi(33), red: inAnsi(31) },
};

/**
 * Whether a stream leads to a terminal that obeys more than line feeds: not where `TERM` is `dumb`.
 *
 * @param stream The stream.
 */
export function obeysControls(stream: Stream): boolean {
  return stream.isTerminal() && !isDumb();
}

function isDumb(): boolean {
  // Commands that may not read it redraw nothing.
  const { state } = Deno.permissions.querySync({ name: "env", variable: "TERM" });
  return state === "granted" && Deno.env.get("TERM") === "dumb";
}

/**
 * How a stream's texts are set off: not at all in files and pipes, and where `NO_COLOR` is set.
 *
 * @param stream The stream.
 * @example
 * ```ts
 * import { styleOf } from "./terminal.ts";
 * console.error(styleOf(Deno.stderr).bold("Bandpass"));
 * ```
 */
export function styleOf(stream: Stream): Style {
  return !Deno.noColor && obeysControls(stream) ? ansiStyle : plainStyle;
}

/**
 * The columns of the terminal that a stream leads to, as it is now.
 *
 * @param stream The stream.
 * @returns Nothing where lines cannot be redrawn.
 */
export function columnsOf(stream: Stream): number | undefined {
  return obeysControls(stream) ? Deno.consoleSize().columns || usualColumns : undefined;
}
