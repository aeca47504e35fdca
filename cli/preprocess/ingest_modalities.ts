/**
 * The modalities that `preprocess` makes, and what it says of them.
 *
 * @module
 */
import { flags } from "../common/flags.ts";
import { note } from "../common/note.ts";
import type { Modality } from "../../data/dataset.ts";
import type { Fingerprint } from "../../data/table/byte_source.ts";
import {
  type FeatureSource,
  type IngestedFeatures,
  ingestFeatures,
} from "../../data/ingest/item_features.ts";
import { constantRemarks } from "../../data/ingest/constant_columns.ts";
import { fillMissing } from "../../data/ingest/fill_missing.ts";
import { type FittedTexts, fitTexts } from "../../data/ingest/fit_texts.ts";
import type { ItemIndex } from "../../data/ingest/item_index.ts";
import { type ItemTexts, readItemTexts, type TextSource } from "../../data/ingest/item_texts.ts";
import type { TextFit } from "../../data/ingest/text_fit.ts";
import { mostShare } from "../../data/ingest/tf_idf.ts";
import type { QuoteRule } from "../../data/table/table.ts";
import { DataError, inWords } from "../../errors.ts";
import { counted } from "../../data/counts.ts";
import { excerptOfNames } from "../../data/excerpt.ts";

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
  /** For what an encoder has computed: how. */
  readonly encoding?: Readonly<Record<string, unknown>>;
  /** For text: its columns. */
  readonly text_columns?: readonly string[];
  /** For text: the terms that were weighed. */
  readonly terms?: number;
  /** For text: the share of the texts above which a word is left out. */
  readonly most_share?: number;
  /** For text: the words that were left out so. */
  readonly common_terms?: readonly string[];
  /** For text: the share of the squared weights that the columns keep. */
  readonly kept_share?: number;
}

/** A modality, and how it came to be. */
export interface IngestedModality {
  /** One row an item of the dataset. */
  readonly modality: Modality;
  /** How it came to be. */
  readonly provenance: Provenance;
  /** How texts become features, where it is made of texts. */
  readonly textFit?: TextFit;
}

/**
 * Makes a modality of a file of features.
 *
 * @param source The file.
 * @param items The items of the dataset.
 * @param itemColumn The name of the interactions' item column.
 * @param quote What quotation marks mean.
 * @throws {DataError} See {@linkcode ingestFeatures}.
 */
export async function modalityOfFeatures(
  source: FeatureSource,
  items: ItemIndex,
  itemColumn: string,
  quote: QuoteRule,
): Promise<IngestedModality> {
  return ingestedFeatures(await ingestFeatures(source, items, itemColumn, quote));
}

/**
 * A modality of features, of which it is said what they are.
 *
 * @param features The features.
 */
export function ingestedFeatures(features: IngestedFeatures): IngestedModality {
  const { modality, sources, rowsAre, columnsAre, missing, unknown, encoding } = features;
  const { name, columns } = modality;
  const names = columnsAre === undefined ? "" : ` (${columnsAre})`;
  note(
    `Features "${name}": ${counted(columns, "column")}${names}; rows: ${rowsAre}` +
      notes(missing, unknown),
  );
  for (const remark of features.remarks) note(`  ${inWords(remark, flags)}`);
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
      encoding,
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
 * @param quote What quotation marks mean.
 * @throws {DataError} The table is malformed, or no two items share a word.
 */
export async function modalityOfTexts(
  source: TextSource,
  items: ItemIndex,
  itemColumn: string,
  dimensions: number,
  quote: QuoteRule,
): Promise<IngestedModality> {
  const { name, path } = source;
  const read = await readItemTexts(source, items, itemColumn, quote);
  const { texts, source: file, idColumn, unknown, repeated } = read;
  const fitted = fitTexts(texts, dimensions, items.known);
  const { terms, inverse, directions, values, columns, kept, present, common } = fitted;
  refuseWithoutTerms(source, read, fitted);
  const isConstant = constantRemarks(values, 1, present).length > 0 && columns === 1;
  const missing = fillMissing(values, columns, present, path, items.known);
  note(
    `Text "${name}": ${counted(terms.length, "term")} that two or more items share, in ` +
      `${counted(columns, "column")} that keep ${(100 * kept).toFixed(1)}%; rows: by the ` +
      `column "${idColumn}"` +
      notes(missing, unknown) +
      (repeated > 0 ? "; an item's first row is used" : "") +
      (common.length > 0 ? `; left out, as ${ofMost}: ${excerptOfNames(common, 4)}` : ""),
  );
  const empty = read.emptyColumns.map((column) => `The column "${column}" is empty for all items`);
  const alike = isConstant ? ["All items have the same words, which cannot tell them apart"] : [];
  for (const remark of [...read.remarks, ...empty, ...alike]) {
    note(`  ${inWords(remark, flags)}`);
  }
  return {
    modality: { name, rows: texts.length, columns, values },
    textFit: { textColumns: source.columns, terms, inverse, directions },
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
      most_share: mostShare,
      common_terms: common,
      kept_share: Number(kept.toFixed(4)),
    },
  };
}

const ofMost = `more than ${100 * mostShare} % of the items have them`;

/** Tells ids that do not match from columns without text, and these from texts without terms. */
function refuseWithoutTerms(
  { name, path, columns }: TextSource,
  { texts, matched, idColumn, emptyColumns }: ItemTexts,
  { terms, common, withWords }: FittedTexts,
): void {
  if (terms.length > 0) return;
  const named = columns.map((column) => `"${column}"`).join(", ");
  if (matched === 0) {
    throw new DataError(
      `Cannot use "${path}": it has no text for any of the ${texts.length} items`,
      `Check that its column "${idColumn}" has the same ids as the interactions; ` +
        "FILE#ID_COLUMN:COLUMN names another id column",
    );
  }
  const rows = `the rows of ${counted(matched, "item")}`;
  const next = "Choose columns with words, such as titles, categories or brands";
  if (emptyColumns.length === columns.length) {
    throw new DataError(
      `Cannot use "${path}" for --text ${name}: found ${named} empty in ${rows}`,
      next,
    );
  }
  throw new DataError(
    `Cannot use "${path}" for --text ${name}: ` +
      (withWords === 0
        ? `found no words in ${named} in ${rows}`
        : common.length > 0
        ? `two items share no words but ${excerptOfNames(common, 4)}, ${ofMost}`
        : `no two items share a word: the first row of each has words for ` +
          `${withWords} of ${texts.length}`),
    next,
  );
}

function notes(missing: number, unknown: number): string {
  return (missing > 0 ? `; ${counted(missing, "item")} without any got the mean` : "") +
    (unknown > 0 ? `; ${counted(unknown, "row")} for items that are not in the dataset` : "");
}
