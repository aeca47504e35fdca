/**
 * Notes on stderr: on a terminal their lines end between words.
 *
 * @module
 */
import { inWords } from "../../errors.ts";
import { flags } from "./flags.ts";
import { wrap } from "./text_width.ts";

/** What goes on stands further in. */
const indent = "  ";

/**
 * A line in lines of a width, which end between words; a longer word stays whole.
 *
 * @param line The line; spaces in front of it stand before the others too.
 * @param width The columns of each.
 * @example
 * ```ts
 * import { wrapped } from "./note.ts";
 * wrapped("one two three", 9); // "one two\n  three"
 * ```
 */
export function wrapped(line: string, width: number): string {
  return wrap(line, width, `${/^ */.exec(line)![0]}${indent}`);
}

/**
 * Prints a note. Names and ids in it may hold anything, and what a terminal obeys is written out.
 *
 * @param text Lines.
 */
export function note(text: string): void {
  text = inWords(text, flags);
  if (!Deno.stderr.isTerminal()) return console.error(text);
  const { columns } = Deno.consoleSize();
  console.error(text.split("\n").map((line) => wrapped(line, columns)).join("\n"));
}
