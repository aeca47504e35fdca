/**
 * Encodes a folder of images, or columns of a table, by an encoder in a folder.
 *
 * @module
 */
import { grouped } from "../../data/counts.ts";
import type { Encoder, EncoderInput } from "../../data/encode/encoder.ts";
import { type EncoderFolder, readEncoderFolder } from "../../data/encode/encoder_folder.ts";
import type { WeightType } from "../../data/encode/encoder_folder.ts";
import { encodeRows, type UnusableInput } from "../../data/encode/encode_rows.ts";
import { folderInputs, imagePath, readImage } from "../../data/encode/image_inputs.ts";
import { RowStore } from "../../data/encode/row_store.ts";
import { type FoundInputs, tableInputs } from "../../data/encode/table_inputs.ts";
import { sha256 } from "../../data/sha256.ts";
import type { QuoteRule } from "../../data/table/table.ts";
import { folderOfTable } from "../../data/table/wildcards.ts";
import { DataError } from "../../errors.ts";
import { cacheFolder } from "../common/graph_cache.ts";
import { Interruption } from "../common/interruption.ts";
import { note } from "../common/note.ts";
import { createProgress, stderrSink } from "../common/progress.ts";
import { encodingStatus } from "./encode_text.ts";
import { type EncodeSource, tableForm } from "./encode_options.ts";
import { type EncoderChoice, loadEncoder } from "./load_encoder.ts";
import { importLibraries } from "./transformers.ts";

/** How something is encoded. */
export interface EncodeOptions {
  /** The encoder's folder. */
  readonly model: string;
  /** The type of its weights. */
  readonly weights: WeightType;
  /** What else was chosen. */
  readonly choice: EncoderChoice;
  /** The name of an item column, by which ids are looked for first. */
  readonly itemColumn: string;
  /** What quotation marks of a table mean. */
  readonly quote?: QuoteRule;
  /** Which items are wanted (default: all). */
  readonly isWanted?: (id: string) => boolean;
}

/** The rows of a source. */
export interface EncodedSource extends Disposable {
  /** The id of each row, in the order of the source. */
  readonly ids: readonly string[];
  /** Number of columns. */
  readonly columns: number;
  /** The rows, in the order of the ids. */
  rows(): AsyncGenerator<Float32Array<ArrayBuffer>>;
  /** How they came to be. */
  readonly provenance: Readonly<Record<string, unknown>>;
  /** What was found in the source. */
  readonly found: FoundInputs;
  /** Texts and images that have no row. */
  readonly unusable: readonly UnusableInput[];
  /** Rows that were computed now, and not before. */
  readonly computed: number;
}

/**
 * Encodes a source. Its rows are kept in `.cache/encoders/`, by which an encoder computes none twice.
 *
 * @param source What is encoded.
 * @param options How.
 * @throws {DataError} The encoder's folder or the source cannot be used, or no input can be encoded.
 * @throws {InterruptedError} A signal came; the rows so far are kept.
 */
export async function encodeSource(
  source: EncodeSource,
  options: EncodeOptions,
): Promise<EncodedSource> {
  const folder = await readEncoderFolder(options.model, source.kind, options.weights);
  const found = await inputsOf(source, options);
  const encoder = await loadEncoder(folder, options.choice, await importLibraries());
  const { identity } = encoder;
  const key = sha256([JSON.stringify(identity)]);
  const store = await RowStore.open(`${cacheFolder}/encoders/${key.slice(0, 32)}.rows`);
  if (store.damagedBytes > 0) {
    note(`"${store.path}" is damaged: ${grouped(store.damagedBytes)} of its bytes are passed over`);
  }
  try {
    const { hashOf, unusable, computed } = await compute(source, found, encoder, store);
    const kept = found.inputs.filter(({ id }) => hashOf.has(id));
    const provenance = {
      encoder: encoderName(folder),
      ...identity,
      source: { files: found.sources, sha256: inputsHash(kept, hashOf) },
      ...{ rows: kept.length, columns: store.columns },
      ...{ unusable: unusable.length, empty: found.empty.length },
    };
    return {
      ids: kept.map(({ id }) => id),
      ...{ columns: store.columns, provenance, found, unusable, computed },
      async *rows() {
        for (const { id } of kept) yield await store.row(hashOf.get(id)!);
      },
      [Symbol.dispose]: () => store[Symbol.dispose](),
    };
  } catch (error) {
    store[Symbol.dispose]();
    throw error;
  }
}

async function inputsOf(source: EncodeSource, options: EncodeOptions): Promise<FoundInputs> {
  const { itemColumn, quote, isWanted } = options;
  if ("folder" in source) return await folderInputs(source.folder, isWanted);
  const option = source.kind;
  const reading = { option, form: tableForm, itemColumn, quote, isWanted };
  const found = await tableInputs(source.table, reading);
  if (found.inputs.length > 0) return found;
  const { path, columns } = source.table;
  const named = columns.map((column) => `"${column}"`).join(", ");
  throw new DataError(
    found.empty.length > 0
      ? `Cannot encode ${named} of "${path}": it is empty for all ${
        grouped(found.empty.length)
      } items`
      : `Cannot encode ${named} of "${path}": it has ${
        found.unknown > 0 ? "no row for any of the items" : "no rows"
      }`,
    found.unknown > 0
      ? "Check that its ids are those of the interactions"
      : "Choose a column that has something to encode",
  );
}

/** Computes what has no row yet: texts by their length, so that those of a batch need little padding. */
async function compute(
  source: EncodeSource,
  found: FoundInputs,
  encoder: Encoder<unknown>,
  store: RowStore,
) {
  const progress = createProgress(stderrSink());
  using interruption = new Interruption("finishing the batch", progress.note);
  const folder = "table" in source ? folderOfTable(source.table.path) : "";
  const read = source.kind === "text"
    ? (content: string) => Promise.resolve(new TextEncoder().encode(content))
    : async (content: string) =>
      await readImage("table" in source ? imagePath(content, folder) : content);
  const inputs = source.kind === "text"
    ? found.inputs.toSorted((a, b) => a.content.length - b.content.length)
    : found.inputs;
  const status = encodingStatus(progress, source.kind);
  try {
    const { signal } = interruption;
    const { hashes, ...rest } = await encodeRows(inputs, encoder, store, { read, status, signal });
    const hashOf = new Map<string, string>();
    inputs.forEach(({ id }, n) => {
      const hash = hashes[n];
      if (hash !== undefined) hashOf.set(id, hash);
    });
    return { hashOf, ...rest };
  } finally {
    progress.clear();
  }
}

/** What the encoder is called: by its folder, and by the model that its configuration says it is of. */
function encoderName({ path, config, weightName, subfolder }: EncoderFolder) {
  const weights = [subfolder, weightName].filter((part) => part !== "").join("/");
  return { folder: path, model_type: config.model_type, name: config._name_or_path, weights };
}

/** One hash of all inputs that have a row, with the items that they are of. */
function inputsHash(inputs: readonly EncoderInput[], hashOf: ReadonlyMap<string, string>): string {
  return sha256(function* () {
    for (const { id } of inputs) yield `${JSON.stringify([id, hashOf.get(id)])}\n`;
  }());
}
