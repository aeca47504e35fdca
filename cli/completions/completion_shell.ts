/**
 * Words of a shell script.
 *
 * @module
 */

/**
 * A text as one word of bash or zsh, in which nothing is expanded.
 *
 * @param text The text.
 * @example
 * ```ts
 * import { quoted } from "./completion_shell.ts";
 * quoted("user's"); // "'user'\\''s'"
 * ```
 */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
