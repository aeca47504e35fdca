/**
 * Encodes the texts or images of items, a batch after the other.
 *
 * @module
 */
import { readFailure } from "../file_failure.ts";
import { DataError, InterruptedError, printable } from "../../errors.ts";
import { grouped } from "../counts.ts";
import { excerpt } from "../excerpt.ts";
import { sha256 } from "../sha256.ts";
import type { Encoder, EncoderInput } from "./encoder.ts";
import type { RowStore } from "./row_store.ts";

/** An input that has no row, and why. */
export interface UnusableInput {
  /** The input. */
  readonly input: EncoderInput;
  /** Why, in a few words. */
  readonly reason: string;
}

/** What came of the inputs. */
export interface EncodedRows {
  /** The SHA-256 of each input, by which the store has its row; nothing where it has none. */
  readonly hashes: readonly (string | undefined)[];
  /** Inputs that have no row. */
  readonly unusable: readonly UnusableInput[];
  /** Rows that were computed now, and not before. */
  readonly computed: number;
}

/** How far it is. */
export interface EncodingStatus {
  /** Inputs that are done, however they ended. */
  readonly done: number;
  /** All inputs. */
  readonly inputs: number;
  /** Rows that were computed now. */
  readonly computed: number;
}

/** How inputs are encoded. */
export interface EncodingOptions {
  /** The bytes of an input's content. */
  readonly read: (content: string) => Promise<Uint8Array>;
  /** Told after each input and each batch (default: nobody is). */
  readonly status?: (status: EncodingStatus) => void;
  /** Ends it between two batches (default: nothing does). */
  readonly signal?: AbortSignal;
}

/**
 * Encodes inputs, and keeps their rows. What has a row already is not computed again, and neither is what
 * two items share.
 *
 * @param inputs The inputs, in the order in which they are computed.
 * @param encoder Computes rows.
 * @param store Keeps them.
 * @param options How.
 * @throws {InterruptedError} The signal was aborted; the rows so far are kept.
 * @throws {DataError} No input has a row.
 * @throws {BandpassError} The encoder failed.
 */
export async function encodeRows<Prepared>(
  inputs: readonly EncoderInput[],
  encoder: Encoder<Prepared>,
  store: RowStore,
  { read, status, signal }: EncodingOptions,
): Promise<EncodedRows> {
  const hashes: (string | undefined)[] = [];
  const unusable: UnusableInput[] = [];
  const waiting = new Map<string, Prepared>();
  let computed = 0;
  const compute = async () => {
    if (waiting.size === 0) return;
    const values = await encoder.encode([...waiting.values()]);
    await store.append([...waiting.keys()], values);
    computed += waiting.size;
    waiting.clear();
  };
  const tell = () => status?.({ done: hashes.length, inputs: inputs.length, computed });
  for (const input of inputs) {
    if (signal?.aborted) {
      throw new InterruptedError(
        `Interrupted; ${grouped(hashes.length)} of ${grouped(inputs.length)} inputs are done`,
        "Run the same command again: it goes on from there",
      );
    }
    try {
      const bytes = await read(input.content).catch((error) => {
        throw readFailure(input.content, error);
      });
      const hash = sha256([bytes]);
      if (!store.has(hash) && !waiting.has(hash)) {
        waiting.set(hash, await encoder.prepare(bytes));
      }
      hashes.push(hash);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      hashes.push(undefined);
      unusable.push({ input, reason: error.message });
    }
    if (waiting.size === encoder.batch) await compute();
    tell();
  }
  await compute();
  tell();
  if (inputs.length > 0 && unusable.length === inputs.length) throw noneUsable(unusable);
  return { hashes, unusable, computed };
}

/**
 * An input that has no row, in words.
 *
 * @param unusable The input, and why.
 * @example
 * ```ts
 * import { unusableText } from "./encode_rows.ts";
 * unusableText({ input: { id: "B1", content: "B1.jpg" }, reason: "It is damaged" });
 * // 'item "B1": "B1.jpg": It is damaged'
 * ```
 */
export function unusableText({ input: { id, content }, reason }: UnusableInput): string {
  // A reason names the file only where it could not be read.
  const place = reason.startsWith("It ") ? `"${printable(content)}": ` : "";
  return `item "${excerpt(id)}": ${place}${reason}`;
}

function noneUsable(unusable: readonly UnusableInput[]): DataError {
  return new DataError(
    `Cannot encode any of ${grouped(unusable.length)} inputs; the first: ${
      unusableText(unusable[0])
    }`,
    "Check the files, and where the paths lead",
  );
}
