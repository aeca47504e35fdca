/**
 * What is kept of encoders' work: the rows that were computed, and files of features.
 *
 * @module
 */
import { readEncoded, writeEncoded } from "../../data/encode/encoded_file.ts";
import { RowStore } from "../../data/encode/row_store.ts";
import { type Format, ofText } from "./format.ts";

/** The rows of an encoder, of which damage costs those that come after it. */
const rows: Format = ofText({
  name: "encoded rows",
  file: "a.rows",
  tokens: ["\0\0\0\0", "\x01\0\0\0", "\xff\xff\xff\xff"],
  async make(folder) {
    const path = `${folder}/made.rows`;
    {
      using store = await RowStore.open(path);
      await store.append(["0", "1"].map((digit) => digit.repeat(64)), new Float32Array(4));
      await store.append(["2".repeat(64)], new Float32Array(2));
    }
    return [[await Deno.readFile(path)]];
  },
  async read(folder) {
    using store = await RowStore.open(`${folder}/a.rows`);
    for (const hash of ["0", "1", "2"].map((digit) => digit.repeat(64))) {
      if (store.has(hash)) await store.row(hash);
    }
  },
});

const features: Format = ofText({
  name: "encoded features",
  file: "a.safetensors",
  tokens: ['"ids":', '"encoding":', '"features":', "[]", "null", "F32", "\\"],
  async make(folder) {
    const path = `${folder}/a.safetensors`;
    const head = { ids: ["a", "é"], columns: 1, provenance: { encoder: "x" } };
    await writeEncoded(path, head, [new Float32Array(1), new Float32Array(1)]);
    return [[await Deno.readFile(path)]];
  },
  read: async (folder) => void await readEncoded(`${folder}/a.safetensors`),
});

/** Both. */
export const encodingFormats: readonly Format[] = [rows, features];
