/**
 * Texts to a sparse matrix of weighted terms.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { tokenise } from "./tokenise.ts";

/** A term that a larger share of the texts has, as "the" may be, tells hardly any two of them apart. */
export const mostShare = 0.5;

/** A term of fewer texts is kept whatever its share: among a handful, half of them are few. */
const fewestCommon = 20;

/** Terms of texts. */
export interface WeightedTerms {
  /** `texts×terms`; rows have the length 1, or none where no term is left. */
  readonly matrix: Csr;
  /** The term of each column, in order of first appearance. */
  readonly terms: readonly string[];
  /** The factor of each term that follows from the number of texts with it. */
  readonly inverse: Float64Array;
  /** Terms that were left out as too many texts have them. */
  readonly common: readonly string[];
  /** How many texts have words at all. */
  readonly withWords: number;
}

/**
 * Weighs the terms of each text by (1+ln f)·(1+ln((1+n)/(1+d))), with f its occurrences in the text,
 * n the number of texts that have words and d those with the term, and divides by the row's length
 * (Salton and Buckley, Information Processing and Management 24, 1988; smoothed as in scikit-learn).
 *
 * A term that one text alone has says nothing about likeness, and is left out; so is a term of more than
 * {@linkcode mostShare} of the texts that have words, if these are more than 20.
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
  const common: string[] = [];
  const most = Math.max(fewestCommon, mostShare * withWords);
  for (const [term, index] of indexOf) {
    if (documents[index] > most) common.push(term);
    else if (documents[index] >= 2) columnOf[index] = terms.push(term) - 1;
  }
  const inverse = new Float64Array(terms.length);
  columnOf.forEach((column, index) => {
    if (column >= 0) inverse[column] = 1 + Math.log((1 + withWords) / (1 + documents[index]));
  });
  return { matrix: weightedRows(counted, columnOf, inverse), terms, inverse, common, withWords };
}

/**
 * Weighs the terms of other texts by what was learnt from some.
 *
 * @param texts The texts.
 * @param fit The terms, and the second factor of each.
 * @returns `texts×terms`; what is no term does not count.
 * @example
 * ```ts
 * import { weighKnownTerms, weighTerms } from "./tf_idf.ts";
 * const fit = weighTerms(["red shoe", "red hat", "hat"]);
 * weighKnownTerms(["a red shoe"], fit).value; // [1]
 * ```
 */
export function weighKnownTerms(
  texts: readonly string[],
  { terms, inverse }: Pick<WeightedTerms, "terms" | "inverse">,
): Csr {
  const columnOf = new Map(terms.map((term, column) => [term, column]));
  const counted = texts.map((text) => {
    const counts = new Map<number, number>();
    for (const term of tokenise(text)) {
      const column = columnOf.get(term);
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    return counts;
  });
  return weightedRows(counted, Int32Array.from(terms.keys()), inverse);
}

/** Rows of length 1 from the occurrences of terms; those without a column are left out. */
function weightedRows(
  counted: readonly ReadonlyMap<number, number>[],
  columnOf: Int32Array,
  inverse: Float64Array,
): Csr {
  const rowStart = new Uint32Array(counted.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  counted.forEach((counts, row) => {
    const entries = Array.from(counts)
      .filter(([index]) => columnOf[index] >= 0)
      .map(([index, count]) => ({
        column: columnOf[index],
        weight: (1 + Math.log(count)) * inverse[columnOf[index]],
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
    rows: counted.length,
    columns: inverse.length,
    rowStart,
    column: Uint32Array.from(column),
    value: Float32Array.from(value),
  };
}
