/**
 * Texts to features: weighted terms, reduced to their leading directions.
 *
 * @module
 */
import { latentSemantics } from "../../algebra/latent_semantics.ts";
import { featuresOfTexts, type TextFit } from "./text_fit.ts";
import { weighKnownTerms, weighTerms } from "./tf_idf.ts";

/** Features of texts, and how they follow from them. */
export interface FittedTexts extends Omit<TextFit, "textColumns"> {
  /** `texts×columns`; zeros for a text without a term. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Number of columns. */
  readonly columns: number;
  /** Whether each text has a term. */
  readonly present: Uint8Array;
  /** The share of the squared weights that the columns keep. */
  readonly kept: number;
  /** Terms that were left out as too many texts have them. */
  readonly common: readonly string[];
  /** How many texts have words at all. */
  readonly withWords: number;
}

/**
 * Learns how texts become features, and makes them.
 *
 * @param texts The texts.
 * @param dimensions The number of columns, at most.
 * @param known 1 for each text to learn from (default: all).
 * @example
 * ```ts
 * import { fitTexts } from "./fit_texts.ts";
 * fitTexts(["red shoe", "red hat", "hat"], 2).columns; // 2
 * fitTexts(["red", "red", "hat", "hat"], 2, new Uint8Array([1, 1, 1, 0])).terms; // ["red"]
 * ```
 */
export function fitTexts(
  texts: readonly string[],
  dimensions: number,
  known?: Uint8Array,
): FittedTexts {
  const learnt = known === undefined ? texts : texts.filter((_, text) => known[text] === 1);
  const { matrix, terms, inverse, common, withWords } = weighTerms(learnt);
  const { values, columns, directions, kept } = latentSemantics(matrix, dimensions);
  const fit = { terms, inverse, directions };
  const isAll = learnt.length === texts.length;
  const { rowStart } = isAll ? matrix : weighKnownTerms(texts, fit);
  return {
    ...fit,
    columns,
    ...{ kept, common, withWords },
    values: isAll ? values : featuresOfTexts(texts, fit),
    present: Uint8Array.from(texts, (_, text) => Number(rowStart[text + 1] > rowStart[text])),
  };
}
