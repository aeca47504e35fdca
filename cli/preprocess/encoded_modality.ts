/**
 * A modality that an encoder computes of texts or images.
 *
 * @module
 */
import { matchEncoded } from "../../data/ingest/encoded_features.ts";
import { featuresOf } from "../../data/ingest/item_features.ts";
import type { ItemIndex } from "../../data/ingest/item_index.ts";
import type { QuoteRule } from "../../data/table/table.ts";
import { BandpassError, inWords } from "../../errors.ts";
import { flags } from "../common/flags.ts";
import { note } from "../common/note.ts";
import { type EncodeSource, sourcePath } from "../encode/encode_options.ts";
import { encodeSource } from "../encode/encode_source.ts";
import { encodedText } from "../encode/encode_text.ts";
import { ingestedFeatures, type IngestedModality } from "./ingest_modalities.ts";

/**
 * Encodes the texts or images of a dataset's items; items without any get the mean.
 *
 * @param name The modality's name.
 * @param source Where the texts or images are.
 * @param model The encoder's folder.
 * @param items The items of the dataset.
 * @param itemColumn The name of the interactions' item column.
 * @param quote What quotation marks of a table mean.
 * @throws {DataError} The encoder or the source cannot be used.
 */
export async function encodedModality(
  name: string,
  source: EncodeSource,
  model: string,
  items: ItemIndex,
  itemColumn: string,
  quote: QuoteRule,
): Promise<IngestedModality> {
  const isWanted = (id: string) => (items.indexOf[items.ids.indexOf(id)] ?? -1) >= 0;
  using encoded = await encodeSource(source, {
    ...{ model, weights: "fp32", choice: {} },
    ...{ itemColumn, quote, isWanted },
  }).catch((error) => {
    throw inWordsOfEncode(error);
  });
  const { ids, columns, provenance, found, unusable, computed } = encoded;
  for (const line of encodedText(source.kind, found, unusable, computed)) {
    note(inWords(line, flags));
  }
  const values = new Float32Array(ids.length * columns);
  let filled = 0;
  for await (const row of encoded.rows()) {
    values.set(row, filled);
    filled += columns;
  }
  const { sources, rowsAre, unknown } = found;
  const rows = matchEncoded({ ids, columns, values, provenance }, items, sources, rowsAre);
  const path = sourcePath(source);
  return ingestedFeatures(featuresOf(name, { ...rows, unknown }, path, items.known));
}

/** What only `encode` can be told of an encoder. */
const ofEncode = ["weights", "output", "pooling", "batch"];

/** An error whose next step is an option of `encode`, so that nobody looks for it here. */
function inWordsOfEncode(error: unknown): unknown {
  if (!(error instanceof BandpassError)) return error;
  let isNamed = false;
  const told = error.told({
    ...flags,
    setting(name, value) {
      if (!ofEncode.includes(name)) return flags.setting(name, value);
      isNamed = true;
      return `${flags.setting(name, value)} of ${
        flags.command("encode")
      }, whose file --features takes`;
    },
  });
  return isNamed ? new BandpassError(told.message, told.nextStep, error.exitCode) : error;
}
