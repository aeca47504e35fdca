/**
 * Words as POSIX shells read them.
 *
 * @module
 */

/**
 * A word in quotes, where a shell would not take it as it is.
 *
 * @param word Any text.
 * @example
 * ```ts
 * import { shellWord } from "./shell_word.ts";
 * shellWord("runs/a"); // "runs/a"
 * shellWord("it's"); // "'it'\\''s'"
 * ```
 */
export function shellWord(word: string): string {
  return /^[\w./:,=@%+-][\w./:,=@%+#-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
