/**
 * Text in images: ids and names are the user's own, and may hold anything.
 *
 * @module
 */
import { printable } from "../../errors.ts";

/**
 * Text as it stands between tags and in attributes of an SVG: without what XML forbids, and without what it obeys.
 *
 * @param text The text.
 * @example
 * ```ts
 * import { escaped } from "./xml_text.ts";
 * escaped('a<b> & "c"'); // "a&lt;b> &amp; &quot;c&quot;"
 * ```
 */
export function escaped(text: string): string {
  return printable(text.toWellFormed()).replaceAll(/[\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
