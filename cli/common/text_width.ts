/**
 * How wide text is on a terminal: names and ids of the user's own may be in any script, and a Chinese
 * character takes two columns, a combining accent none.
 *
 * @module
 */
import textWidth from "string-width";

/**
 * The columns that the widest of some texts takes.
 *
 * @param texts The texts, one at least.
 * @example
 * ```ts
 * import { widest } from "./text_width.ts";
 * widest(["标题", "abc"]); // 4
 * ```
 */
export function widest(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => textWidth(text)));
}

/**
 * The text with spaces after it, up to a width.
 *
 * @param text The text.
 * @param columns The width; a wider text stays as it is.
 * @example
 * ```ts
 * import { padEnd } from "./text_width.ts";
 * padEnd("标题", 6); // "标题  "
 * ```
 */
export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - textWidth(text)));
}

/**
 * The text with spaces before it, up to a width.
 *
 * @param text The text.
 * @param columns The width; a wider text stays as it is.
 * @example
 * ```ts
 * import { padStart } from "./text_width.ts";
 * padStart("标题", 6); // "  标题"
 * ```
 */
export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - textWidth(text))) + text;
}

/**
 * As much of the beginning of a text as a width has room for.
 *
 * @param text The text.
 * @param columns The width.
 * @example
 * ```ts
 * import { cut } from "./text_width.ts";
 * cut("标题", 3); // "标"
 * ```
 */
export function cut(text: string, columns: number): string {
  let kept = "";
  // By what is seen as one character: half of one is none.
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (textWidth(kept + segment) > columns) break;
    kept += segment;
  }
  return kept;
}

/**
 * The text, or as much of it as a width has room for and a mark that it goes on.
 *
 * @param text The text.
 * @param columns The width.
 * @example
 * ```ts
 * import { cutTo } from "./text_width.ts";
 * cutTo("abcdef", 4); // "abc…"
 * ```
 */
export function cutTo(text: string, columns: number): string {
  return widest([text]) <= columns ? text : `${cut(text, columns - 1)}…`;
}

/**
 * A text in lines of a width, broken at spaces; a longer word stays whole.
 *
 * @param text The text; spaces in front of it stay.
 * @param columns The width (default: none, and the text stays as it is).
 * @param indent What stands before each line but the first (default: nothing).
 * @example
 * ```ts
 * import { wrap } from "./text_width.ts";
 * wrap("one two three", 8); // "one two\nthree"
 * ```
 */
export function wrap(text: string, columns = Infinity, indent = ""): string {
  const front = /^ */.exec(text)![0];
  const [first, ...words] = text.slice(front.length).split(" ");
  let [lines, last] = ["", front + first];
  for (const word of words) {
    const longer = `${last} ${word}`;
    if (textWidth(longer) <= columns) last = longer;
    else [lines, last] = [`${lines}${last}\n`, indent + word];
  }
  return lines + last;
}
