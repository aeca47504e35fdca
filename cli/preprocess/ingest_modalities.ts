/**
 * The modalities that `preprocess` makes, and what it says of them.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";
import type { Fingerprint } from "../../data/table/byte_source.ts";
import { type FeatureSource, ingestFeatures } from "../../data/ingest/item_features.ts";
import { fillMissing } from "../../data/ingest/fill_missing.ts";
import type { ItemIndex } from "../../data/ingest/item_index.ts";
import { readItemTexts, type TextSource } from "../../data/ingest/item_texts.ts";
import { weighTerms } from "../../data/ingest/tf_idf.ts";
import { DataError } from "../../errors.ts";
import { latentSemantics } from "../../algebra/latent_semantics.ts";
import { counted } from "../common/counts.ts";

/** How a modality came to be, for `dataset.json`. */
export interface Provenance {
  /** Its name. */
  readonly name: string;
  /** Number of columns. */
  readonly columns: number;
  /** What it was made of. */
  readonly kind: "features" | "text";
  /** The files. */
  readonly sources: readonly Fingerprint[];
  /** Items that had no features, and got the mean. */
  readonly missing_items: number;
  /** Rows of the file that are of no item of the dataset. */
  readonly unknown_rows: number;
  /** How rows were matched with items. */
  readonly rows_are: string;
  /** For text: its columns. */
  readonly text_columns?: readonly string[];
  /** For text: the terms that were weighed. */
  readonly terms?: number;
  /** For text: the share of the squared weights that the columns keep. */
  readonly kept_share?: number;
}

/** A modality, and how it came to be. */
export interface IngestedModality {
  /** One row an item of the dataset. */
  readonly modality: Modality;
  /** How it came to be. */
  readonly provenance: Provenance;
}

/**
 * Makes a modality of a file of features.
 *
 * @param source The file.
 * @param items The items of the dataset.
 * @param itemColumn The name of the interactions' item column.
 * @throws {DataError} See {@linkcode ingestFeatures}.
 */
export async function modalityOfFeatures(
  source: FeatureSource,
  items: ItemIndex,
  itemColumn: string,
): Promise<IngestedModality> {
  const { modality, sources, rowsAre, missing, unknown } = await ingestFeatures(
    source,
    items,
    itemColumn,
  );
  const { name, columns } = modality;
  console.error(
    `Features "${name}": ${counted(columns, "column")}; rows are ${rowsAre}` +
      notes(missing, unknown),
  );
  return {
    modality,
    provenance: {
      name,
      columns,
      kind: "features",
      sources,
      missing_items: missing,
      unknown_rows: unknown,
      rows_are: rowsAre,
    },
  };
}

/**
 * Makes a modality of texts: weighted terms, reduced to their leading directions.
 *
 * @param source The table of texts.
 * @param items The items of the dataset.
 * @param itemColumn The name of the interactions' item column.
 * @param dimensions The number of columns, at most.
 * @throws {DataError} The table is malformed, or no two items share a word.
 */
export async function modalityOfTexts(
  source: TextSource,
  items: ItemIndex,
  itemColumn: string,
  dimensions: number,
): Promise<IngestedModality> {
  const { name, path } = source;
  const { texts, source: file, idColumn, unknown, repeated } = await readItemTexts(
    source,
    items,
    itemColumn,
  );
  if (texts.every((text) => text === "")) {
    throw new DataError(
      `Cannot use "${path}": it has texts of none of the ${texts.length} items`,
      "Check that it is keyed by the same ids as the interactions; FILE#ID_COLUMN:COLUMN names " +
        "another column of ids",
    );
  }
  const { matrix, terms } = weighTerms(texts);
  if (terms.length === 0) {
    throw new DataError(
      `Cannot use "${path}" for --text ${name}: no two items share a word`,
      "Choose columns with words, such as titles, categories or brands",
    );
  }
  const { values, columns, kept } = latentSemantics(matrix, dimensions);
  const present = Uint8Array.from(
    texts,
    (_, n) => Number(matrix.rowStart[n + 1] > matrix.rowStart[n]),
  );
  const missing = fillMissing(values, columns, present, path);
  console.error(
    `Text "${name}": ${counted(terms.length, "term")} that two items or more have, in ` +
      `${counted(columns, "column")} that keep ${(100 * kept).toFixed(1)} %; rows are by the ` +
      `column "${idColumn}"` +
      notes(missing, unknown) +
      (repeated > 0 ? "; of an item's rows the first counts" : ""),
  );
  return {
    modality: { name, rows: texts.length, columns, values },
    provenance: {
      name,
      columns,
      kind: "text",
      sources: [file],
      missing_items: missing,
      unknown_rows: unknown,
      rows_are: `by the column "${idColumn}"`,
      text_columns: source.columns,
      terms: terms.length,
      kept_share: Number(kept.toFixed(4)),
    },
  };
}

function notes(missing: number, unknown: number): string {
  return (missing > 0 ? `; ${counted(missing, "item")} without any got the mean` : "") +
    (unknown > 0 ? `; ${counted(unknown, "row")} of items that the dataset does not have` : "");
}
