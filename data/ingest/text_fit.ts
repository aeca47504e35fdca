/**
 * What was learnt from the texts of a dataset's items: how a text becomes features. It is kept beside them, so that the
 * text of an item that comes later becomes features in the same columns.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { readChecked, writeChecked } from "../checked_safetensors.ts";
import type { StoredTensor } from "../safetensors.ts";
import { exists } from "../exists.ts";
import { weighKnownTerms } from "./tf_idf.ts";

/** How texts become features. */
export interface TextFit {
  /** The columns of text that were read. */
  readonly textColumns: readonly string[];
  /** The terms. */
  readonly terms: readonly string[];
  /** The factor of each term that follows from the number of texts with it. */
  readonly inverse: Float64Array;
  /** `terms×columns`. */
  readonly directions: Float32Array;
}

/**
 * The file of a modality.
 *
 * @param modality Its name.
 */
export function textFitFile(modality: string): string {
  return `${modality}_text.safetensors`;
}

/**
 * The features of texts.
 *
 * @param texts The texts.
 * @param fit How they become features.
 * @returns `texts×columns`; zeros for a text without a known term.
 */
export function featuresOfTexts(
  texts: readonly string[],
  fit: Omit<TextFit, "textColumns">,
): Float32Array<ArrayBuffer> {
  const { terms, directions } = fit;
  const columns = directions.length / terms.length;
  const { rowStart, column, value } = weighKnownTerms(texts, fit);
  const features = new Float32Array(texts.length * columns);
  const row = new Float64Array(columns);
  texts.forEach((_, text) => {
    row.fill(0);
    for (let entry = rowStart[text]; entry < rowStart[text + 1]; entry++) {
      const from = column[entry] * columns;
      for (let c = 0; c < columns; c++) row[c] += value[entry] * directions[from + c];
    }
    features.set(row, text * columns);
  });
  return features;
}

/**
 * Writes the file.
 *
 * @param path The file; its folder must exist.
 * @param fit What it holds.
 * @throws {BandpassError} It cannot be written.
 */
export async function writeTextFit(path: string, fit: TextFit): Promise<void> {
  const { textColumns, terms, inverse, directions } = fit;
  await writeChecked(path, {
    metadata: { text_columns: JSON.stringify(textColumns) },
    tensors: new Map<string, StoredTensor>([
      ["terms", words(terms)],
      ["inverse", { shape: [terms.length], values: Float64Array.from(inverse) }],
      ["directions", {
        shape: [terms.length, directions.length / terms.length],
        values: Float32Array.from(directions),
      }],
    ]),
  });
}

/** Terms with a line feed between, their UTF-8 bytes four to a number; terms have no white space. */
function words(terms: readonly string[]) {
  const bytes = new TextEncoder().encode(terms.join("\n"));
  const values = new Uint32Array(Math.ceil(bytes.length / 4));
  const padded = new Uint8Array(values.buffer);
  padded.set(bytes);
  padded.fill("\n".charCodeAt(0), bytes.length);
  return { shape: [values.length], values };
}

/**
 * Reads the file.
 *
 * @param path The file.
 * @param columns Columns that the features have.
 * @returns Nothing where there is none.
 * @throws {DataError} It is not what was written, or of other features.
 */
export async function readTextFit(path: string, columns: number): Promise<TextFit | undefined> {
  if (!await exists(path)) return undefined;
  const { metadata, tensors } = await readChecked(path);
  const [packed, inverse, directions] = ["terms", "inverse", "directions"]
    .map((name) => tensors.get(name)?.values);
  const terms = packed instanceof Uint32Array
    ? new TextDecoder().decode(new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength))
      .trimEnd().split("\n")
    : [];
  if (
    inverse instanceof Float64Array && inverse.length === terms.length &&
    directions instanceof Float32Array && directions.length === terms.length * columns
  ) {
    const textColumns: string[] = JSON.parse(metadata.text_columns);
    return { textColumns, terms, inverse, directions };
  }
  throw new DataError(
    `Cannot use "${path}": it is not of features of ${columns} columns`,
    ({ command }) => `Make the dataset again: ${command("preprocess")}`,
  );
}
