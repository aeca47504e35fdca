/**
 * The upload of sparse matrices, cut into chunks and stored in the order in which products read them.
 *
 * @module
 */
import { type Csr, transpose } from "../../algebra/csr.ts";
import type { Memory } from "../../gpu/memory.ts";
import { buildChunks } from "./chunks.ts";
import type { DeviceMatrix, SparseOperator } from "./device_matrix.ts";

/** Entries of a chunk, and chunks that are sorted by length together; measured on lavapipe. */
const longestChunk = 64;
const sortWindow = 64;

/**
 * Plans a sparse matrix on the device.
 *
 * @param memory Where its buffers are planned.
 * @param label What it is.
 * @param matrix The matrix.
 * @param options Whether it equals its transpose, and so needs to be stored once only.
 */
export function uploadSparse(
  memory: Memory,
  label: string,
  matrix: Csr,
  options: { symmetric?: boolean } = {},
): SparseOperator {
  const stored = uploadMatrix(memory, label, matrix);
  if (options.symmetric) return { matrix: stored, transposed: stored };
  let transposed: DeviceMatrix | undefined;
  return {
    matrix: stored,
    get transposed() {
      return transposed ??= uploadMatrix(memory, `${label} transposed`, transpose(matrix));
    },
  };
}

function uploadMatrix(memory: Memory, label: string, matrix: Csr): DeviceMatrix {
  const chunks = buildChunks(matrix, longestChunk);
  const nonzeros = matrix.column.length;
  const entries = new Uint32Array(2 * nonzeros);
  const bits = new Uint32Array(matrix.value.buffer, matrix.value.byteOffset, nonzeros);
  const chunkCount = chunks.chunkRow.length;
  const packed = new Uint32Array(4 * chunkCount);
  // Invocations that run side by side wait for the longest of their chunks, so chunks of the same
  // length stand together; within windows, for neighbouring rows find their neighbours in the cache.
  const length = (n: number) => chunks.chunkEnd[n] - chunks.chunkStart[n];
  const windowOf = (n: number) => Math.floor(n / sortWindow);
  const byLength = Uint32Array.from({ length: chunkCount }, (_, n) => n)
    .sort((a, b) => windowOf(a) - windowOf(b) || length(b) - length(a) || a - b);
  const entryOrder = new Uint32Array(nonzeros);
  let stored = 0;
  byLength.forEach((n, place) => {
    packed.set([chunks.chunkRow[n], stored, stored + length(n), chunks.chunkSlot[n]], 4 * place);
    // The entries in the order of their chunks, so that they are read one after the other.
    for (let entry = chunks.chunkStart[n]; entry < chunks.chunkEnd[n]; entry++, stored++) {
      entries[2 * stored] = matrix.column[entry];
      entries[2 * stored + 1] = bits[entry];
      entryOrder[stored] = entry;
    }
  });
  const splitCount = chunks.splitRow.length;
  const splits = new Uint32Array(4 * splitCount);
  for (let n = 0; n < splitCount; n++) {
    splits[4 * n] = chunks.splitRow[n];
    splits[4 * n + 1] = chunks.splitStart[n];
    splits[4 * n + 2] = chunks.splitStart[n + 1];
  }
  const reserve = (part: string, data: Uint32Array) =>
    memory.reserve(`${label}: ${part}`, data.byteLength, "graphs", data);
  return {
    label,
    rows: matrix.rows,
    columns: matrix.columns,
    entries: reserve("entries", entries),
    entryOrder,
    entryColumns: matrix.column,
    chunkCount,
    chunkWords: packed,
    chunks: reserve("chunks", packed),
    slots: chunks.slots,
    splitCount,
    splits: reserve("split rows", splits),
  };
}

/**
 * Uploads other values for the entries of a matrix that is allocated. Entries of value 0 leave it until
 * the next call: chunks become shorter, and stay where they are, so launches stay the same.
 *
 * @param memory Where the matrix is.
 * @param matrix The matrix.
 * @param values The value of each entry, in the order in which the matrix was given.
 */
export function writeValues(memory: Memory, matrix: DeviceMatrix, values: Float32Array): void {
  const { chunkWords, entryOrder, entryColumns } = matrix;
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const entries = new Uint32Array(2 * values.length);
  const chunks = chunkWords.slice();
  let stored = 0;
  for (let word = 0; word < chunks.length; word += 4) {
    chunks[word + 1] = stored;
    for (let place = chunkWords[word + 1]; place < chunkWords[word + 2]; place++) {
      const entry = entryOrder[place];
      if (values[entry] === 0) continue;
      entries[2 * stored] = entryColumns[entry];
      entries[2 * stored + 1] = bits[entry];
      stored++;
    }
    chunks[word + 2] = stored;
  }
  memory.write(matrix.entries, entries.subarray(0, 2 * stored));
  memory.write(matrix.chunks, chunks);
}
