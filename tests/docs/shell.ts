/**
 * Commands in documents: the blocks that are marked `sh`.
 *
 * @module
 */

/** A block of commands. */
export interface ShellBlock {
  /** The line that it begins in, from 1. */
  readonly line: number;
  /** What a reader types. */
  readonly text: string;
}

/**
 * The blocks of a document.
 *
 * @param text What it says.
 */
export function shellBlocks(text: string): ShellBlock[] {
  return Array.from(text.matchAll(/^```sh\n([^]*?)^```$/gm), ({ 1: block, index }) => ({
    line: text.slice(0, index).split("\n").length + 1,
    text: block,
  }));
}

/**
 * The lines of a block, those that go on in the next one joined.
 *
 * @param text A block.
 */
export function logicalLines(text: string): string[] {
  return text.replaceAll(/\\\n\s*/g, "").split("\n").filter((line) => line.trim() !== "");
}

/** What a shell reads as one: a string, an escaped character, a mark between commands, or others. */
const piece =
  /'([^']*)'|"([^"]*)"|\\\n|\\(.)|([ \t]+)|(#[^\n]*)|([;&|\n]+)|([<>]+)|([^\s'"\\;&|<>]+)/gy;

/**
 * The simple commands of a block, each as its words: without comments, redirections and the keywords
 * of loops. Variables stand as they are.
 *
 * @param text A block.
 */
export function simpleCommands(text: string): string[][] {
  const commands: string[][] = [[]];
  let word: string | undefined;
  let isTarget = false;
  const endWord = () => {
    if (word !== undefined && !isTarget) commands.at(-1)!.push(word);
    if (word !== undefined) isTarget = false;
    word = undefined;
  };
  for (
    const [, single, double, escaped, space, comment, mark, arrow, other] of text.matchAll(piece)
  ) {
    if (space !== undefined) endWord();
    else if (comment !== undefined && word === undefined) continue;
    else if (mark !== undefined) {
      endWord();
      commands.push([]);
    } else if (arrow !== undefined) {
      endWord();
      isTarget = true;
    } else {
      const part = single ?? double ?? escaped ?? comment ?? other;
      if (part !== undefined) word = (word ?? "") + part;
    }
  }
  endWord();
  return commands.map((words) => words[0] === "do" ? words.slice(1) : words)
    .filter((words) => words.length > 0 && !["for", "done"].includes(words[0]));
}
