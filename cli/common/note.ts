/**
 * Notes on stderr: on a terminal their lines end between words.
 *
 * @module
 */
import { widest } from "./text_width.ts";

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
  const front = /^ */.exec(line)![0];
  const lines: string[] = [];
  let current = front;
  for (const word of line.slice(front.length).split(" ")) {
    const isBegun = current.trim() !== "";
    if (isBegun && widest([`${current} ${word}`]) > width) {
      lines.push(current);
      current = front + indent + word;
    } else {
      current = isBegun ? `${current} ${word}` : current + word;
    }
  }
  return [...lines, current].join("\n");
}

/**
 * Prints a note.
 *
 * @param text Lines.
 */
export function note(text: string): void {
  if (!Deno.stderr.isTerminal()) return console.error(text);
  const { columns } = Deno.consoleSize();
  console.error(text.split("\n").map((line) => wrapped(line, columns)).join("\n"));
}
