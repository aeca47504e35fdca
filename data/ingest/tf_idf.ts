/**
 * Texts to a sparse matrix of weighted terms.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { tokenise } from "./tokenise.ts";

/** Terms of texts. */
export interface WeightedTerms {
  /** `texts×terms`; rows have the length 1, or none where no term is left. */
  readonly matrix: Csr;
  /** The term of each column, in order of first appearance. */
  readonly terms: readonly string[];
  /** How many texts have words at all. */
  readonly withWords: number;
}

/**
 * Weighs the terms of each text by (1+ln f)·(1+ln((1+n)/(1+d))), with f its occurrences in the text,
 * n the number of texts that have words and d those with the term, and divides by the row's length
 * (Salton and Buckley, Information Processing and Management 24, 1988; smoothed as in scikit-learn).
 *
 * A term that one text alone has says nothing about likeness, and is left out.
 *
 * @param texts The texts.
 * @example
 * ```ts
 * import { weighTerms } from "./tf_idf.ts";
 * weighTerms(["red shoe", "red hat", "hat"]).terms; // ["red", "hat"]
 * ```
 */
export function weighTerms(texts: readonly string[]): WeightedTerms {
  const indexOf = new Map<string, number>();
  const documents: number[] = [];
  const counted = texts.map((text) => {
    const counts = new Map<number, number>();
    for (const term of tokenise(text)) {
      let index = indexOf.get(term);
      if (index === undefined) {
        index = indexOf.size;
        indexOf.set(term, index);
        documents.push(0);
      }
      const before = counts.get(index) ?? 0;
      if (before === 0) documents[index]++;
      counts.set(index, before + 1);
    }
    return counts;
  });
  const withWords = counted.filter((counts) => counts.size > 0).length;
  const columnOf = new Int32Array(indexOf.size).fill(-1);
  const terms: string[] = [];
  for (const [term, index] of indexOf) {
    if (documents[index] >= 2) columnOf[index] = terms.push(term) - 1;
  }
  const inverse = documents.map((count) => 1 + Math.log((1 + withWords) / (1 + count)));
  const rowStart = new Uint32Array(texts.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  counted.forEach((counts, row) => {
    const entries = Array.from(counts)
      .filter(([index]) => columnOf[index] >= 0)
      .map(([index, count]) => ({
        column: columnOf[index],
        weight: (1 + Math.log(count)) * inverse[index],
      }))
      .sort((a, b) => a.column - b.column);
    const length = Math.sqrt(entries.reduce((sum, { weight }) => sum + weight * weight, 0));
    for (const entry of entries) {
      column.push(entry.column);
      value.push(entry.weight / length);
    }
    rowStart[row + 1] = column.length;
  });
  return {
    matrix: {
      rows: texts.length,
      columns: terms.length,
      rowStart,
      column: Uint32Array.from(column),
      value: Float32Array.from(value),
    },
    terms,
    withWords,
  };
}
