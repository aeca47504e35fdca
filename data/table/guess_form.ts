/**
 * How the fields of a table are parted, told by its first line.
 *
 * @module
 */
import type { Remarks } from "./remarks.ts";
import { type DelimitedForm, delimiterBytes, type QuoteRule } from "./table.ts";

const quote = 34;
const lineFeed = 10;
const space = 32;

/** What the first line tells. */
export interface GuessedForm {
  /** The form. */
  readonly form: DelimitedForm;
  /** Bytes of a line before the names of the columns that tells the delimiter, as Excel writes it. */
  readonly skipped: number;
}

/**
 * Guesses the form of a table: of tab, comma, semicolon and vertical bar its delimiter is the one that
 * the first line holds most often outside quotes; the comma where it holds none. A line `sep=;` before
 * the first one names it.
 *
 * @param bytes The table, or its beginning.
 * @param rule What quotation marks mean.
 * @param remarks Takes note of what is odd.
 * @example
 * ```ts
 * import { guessForm } from "./guess_form.ts";
 * import { Remarks } from "./remarks.ts";
 * const bytes = new TextEncoder().encode("user;item\n");
 * guessForm(bytes, "guess", new Remarks()).form.delimiter; // 59
 * ```
 */
export function guessForm(bytes: Uint8Array, rule: QuoteRule, remarks: Remarks): GuessedForm {
  const named = /^"?sep=([\t,;|])"?\r?\n/i.exec(new TextDecoder().decode(bytes.subarray(0, 12)));
  const quoted = rule !== "none";
  const delimiter = named?.[1].charCodeAt(0) ?? guessDelimiter(bytes, quoted);
  const skipped = named?.[0].length ?? 0;
  const isTsv = delimiter === delimiterBytes.tab;
  const spaced = !isTsv && delimitersAreSpaced(bytes.subarray(skipped), delimiter);
  if (spaced) remarks.note("spaces", skipped > 0 ? 2 : 1);
  return {
    form: {
      delimiter,
      quoted,
      padded: spaced,
      trimmed: spaced,
      loose: isTsv && rule === "guess",
      remarks,
    },
    skipped,
  };
}

function guessDelimiter(bytes: Uint8Array, quotes: boolean): number {
  const counts = new Map<number, number>(Object.values(delimiterBytes).map((byte) => [byte, 0]));
  let quoted = false;
  for (const byte of bytes) {
    if (quotes && byte === quote) quoted = !quoted;
    if (quoted) continue;
    if (byte === lineFeed) break;
    const count = counts.get(byte);
    if (count !== undefined) counts.set(byte, count + 1);
  }
  let best: number = delimiterBytes.comma;
  for (const [byte, count] of counts) if (count > counts.get(best)!) best = byte;
  return best;
}

/** Whether a space follows each delimiter of the first line. */
function delimitersAreSpaced(bytes: Uint8Array, delimiter: number): boolean {
  const line = bytes.subarray(0, bytes.indexOf(lineFeed));
  return line.includes(delimiter) &&
    line.every((byte, n) => byte !== delimiter || line[n + 1] === space);
}
