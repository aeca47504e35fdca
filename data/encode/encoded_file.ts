/**
 * Files of encoded features: the vectors, the ids of their items, and how they came to be, in one
 * safetensors file with a checksum.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { openChecked, streamChecked } from "../checked_safetensors.ts";
import { isObject } from "../is_object.ts";

/** What the ending of such a file's name is. */
export const encodedEnding = ".safetensors";

/** What the tensor of vectors is called. */
const tensorName = "features";

/** What a file holds, without its vectors. */
export interface EncodedHead {
  /** The id of each row. */
  readonly ids: readonly string[];
  /** Number of columns. */
  readonly columns: number;
  /** How the vectors came to be. */
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** What a file holds. */
export interface EncodedFeatures extends EncodedHead {
  /** `ids×columns`, row-major. */
  readonly values: Float32Array<ArrayBuffer>;
}

/**
 * Writes a file, in the memory of a row.
 *
 * @param path The file.
 * @param head The ids, the columns and the provenance.
 * @param rows The vectors, one an id.
 * @throws {BandpassError} It cannot be written.
 * @example
 * ```ts
 * import { readEncoded, writeEncoded } from "./encoded_file.ts";
 * const path = `${await Deno.makeTempDir()}/image.safetensors`;
 * const head = { ids: ["B1"], columns: 2, provenance: {} };
 * await writeEncoded(path, head, [new Float32Array([1, 2])]);
 * (await readEncoded(path)).values; // [1, 2]
 * ```
 */
export async function writeEncoded(
  path: string,
  { ids, columns, provenance }: EncodedHead,
  rows: Iterable<Float32Array<ArrayBuffer>> | AsyncIterable<Float32Array<ArrayBuffer>>,
): Promise<void> {
  await streamChecked(path, {
    metadata: { ids: JSON.stringify(ids), encoding: JSON.stringify(provenance) },
    tensors: new Map([[tensorName, { type: "F32", shape: [ids.length, columns] }]]),
    blocks: async function* () {
      for await (const row of rows) yield new Uint8Array(row.buffer);
    }(),
  });
}

/**
 * Reads a file.
 *
 * @param path The file.
 * @throws {DataError} It is no such file, damaged, or names an item twice.
 */
export async function readEncoded(path: string): Promise<EncodedFeatures> {
  // One of another program has no checksum, and is told by that.
  using file = await openChecked(path, { required: false });
  const { ids: idText = "", encoding = "", checksum } = file.metadata;
  const [ids, provenance] = [parsed(idText), parsed(encoding)];
  const { type, shape } = file.tensors.get(tensorName) ?? {};
  const isEncoded = checksum !== undefined && Array.isArray(ids) &&
    ids.every((id) => typeof id === "string") &&
    isObject(provenance) && type === "F32" && shape?.length === 2 && shape[0] === ids.length;
  if (!isEncoded) {
    throw new DataError(
      `Cannot read "${path}": it is not a file of encoded features, with ids and a matrix ` +
        `"${tensorName}"`,
      ({ command }) =>
        `Make one with ${command("encode")}; give other vectors as .npy with ids, or as a table`,
    );
  }
  const first = new Set<string>();
  const repeated = ids.find((id) => first.size === first.add(id).size);
  if (repeated !== undefined) {
    throw new DataError(
      `Cannot read "${path}": it has two rows of the item "${repeated}"`,
      "Keep one row of features for each item",
    );
  }
  const { values } = await file.tensor(tensorName);
  return { ids, columns: shape[1], provenance, values: values as Float32Array<ArrayBuffer> };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
