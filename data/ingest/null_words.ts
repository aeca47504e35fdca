/**
 * What databases and programs write for nothing, and what looks like an id all the same.
 *
 * @module
 */

const words = [
  ...["null", "(null)", "<null>", "nil", "none", "nan", "na", "n/a", "#n/a", "<na>", "nat", "\\n"],
  ...["undefined", "missing", "-", "--", "?", "."],
];

/** Such words as they may be written: in small letters, in capitals, and as Python and R do. */
export const nullWords: readonly string[] = [
  ...new Set(words.flatMap((word) => [
    word,
    word.toUpperCase(),
    word.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  ])),
  ...["NaN", "NaT", "<NaN>"],
];
