/**
 * Texts to a sparse matrix of weighted terms.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { tokenise } from "./tokenise.ts";

/** The terms that a text has, in their order and as often as it has them. */
export type TermsOf = (text: string) => readonly string[];

/** Terms of texts. */
export interface WeightedTerms {
  /** `texts×terms`; rows have the length 1, or none where no term is left. */
  readonly matrix: Csr;
  /** The term of each column, in order of first appearance. */
  readonly terms: readonly string[];
  /** The factor of each term that follows from the number of texts with it. */
  readonly inverse: Float64Array;
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
 * @param termsOf What their terms are (default: words).
 * @example
 * ```ts
 * import { weighTerms } from "./tf_idf.ts";
 * weighTerms(["red shoe", "red hat", "hat"]).terms; // ["red", "hat"]
 * ```
 */
export function weighTerms(
  texts: readonly string[],
  termsOf: TermsOf = tokenise,
): WeightedTerms {
  const indexOf = new Map<string, number>();
  const found = texts.map((text) =>
    Uint32Array.from(termsOf(text), (term) => {
      const index = indexOf.get(term) ?? indexOf.size;
      if (index === indexOf.size) indexOf.set(term, index);
      return index;
    }).sort()
  );
  const documents = new Uint32Array(indexOf.size);
  for (const indices of found) eachRun(indices, (index) => documents[index]++);
  const withWords = found.filter(({ length }) => length > 0).length;
  const columnOf = new Int32Array(indexOf.size).fill(-1);
  const terms: string[] = [];
  for (const [term, index] of indexOf) {
    if (documents[index] >= 2) columnOf[index] = terms.push(term) - 1;
  }
  const inverse = new Float64Array(terms.length);
  columnOf.forEach((column, index) => {
    if (column >= 0) inverse[column] = 1 + Math.log((1 + withWords) / (1 + documents[index]));
  });
  return { matrix: weightedRows(found, columnOf, inverse), terms, inverse, withWords };
}

/**
 * Weighs the terms of other texts by what was learnt from some.
 *
 * @param texts The texts.
 * @param fit The terms, and the second factor of each.
 * @param termsOf What terms are (default: words).
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
  termsOf: TermsOf = tokenise,
): Csr {
  const columnOf = new Map(terms.map((term, column) => [term, column]));
  const found = texts.map((text) =>
    Uint32Array.from(
      termsOf(text).map((term) => columnOf.get(term)).filter((column) => column !== undefined),
    ).sort()
  );
  return weightedRows(found, Int32Array.from(terms.keys()), inverse);
}

/** Calls back for each of some ascending numbers once, with how often it is there. */
function eachRun(numbers: Uint32Array, take: (number: number, count: number) => void): void {
  for (let from = 0, to = 0; from < numbers.length; from = to) {
    while (to < numbers.length && numbers[to] === numbers[from]) to++;
    take(numbers[from], to - from);
  }
}

/** Rows of length 1 from the terms of texts, as ascending indices; those without a column are left out. */
function weightedRows(
  found: readonly Uint32Array[],
  columnOf: Int32Array,
  inverse: Float64Array,
): Csr {
  const rowStart = new Uint32Array(found.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  found.forEach((indices, row) => {
    const weights: number[] = [];
    eachRun(indices, (index, count) => {
      if (columnOf[index] < 0) return;
      column.push(columnOf[index]);
      weights.push((1 + Math.log(count)) * inverse[columnOf[index]]);
    });
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
    for (const weight of weights) value.push(weight / length);
    rowStart[row + 1] = column.length;
  });
  return {
    rows: found.length,
    columns: inverse.length,
    rowStart,
    column: Uint32Array.from(column),
    value: Float32Array.from(value),
  };
}
