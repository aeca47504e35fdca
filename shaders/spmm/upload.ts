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
  const bits = new Uint32Array(matrix.value.buffer, matrix.value.byteOffset, nonzeros);
  const chunkCount = chunks.chunkRow.length;
  // Invocations that run side by side wait for the longest of their chunks, so chunks of the same
  // length stand together; within windows, for neighbouring rows find their neighbours in the cache.
  const length = (n: number) => chunks.chunkEnd[n] - chunks.chunkStart[n];
  const windowOf = (n: number) => Math.floor(n / sortWindow);
  const byLength = Uint32Array.from({ length: chunkCount }, (_, n) => n)
    .sort((a, b) => windowOf(a) - windowOf(b) || length(b) - length(a) || a - b);
  const reserve = (part: string, data: Uint32Array) =>
    memory.reserve(`${label}: ${part}`, data.byteLength, "graphs", data);
  const { maxStorageBufferBindingSize: limit } = memory.gpu.limits;
  const blocks = blocksOf(Array.from(byLength, length), limit).map(({ first, end, entryCount }) => {
    const packed = new Uint32Array(4 * (end - first));
    const entries = new Uint32Array(2 * entryCount);
    const entryOrder = new Uint32Array(entryCount);
    let filled = 0;
    for (let place = first; place < end; place++) {
      const n = byLength[place];
      const row = [chunks.chunkRow[n], filled, filled + length(n), chunks.chunkSlot[n]];
      packed.set(row, 4 * (place - first));
      // The entries in the order of their chunks, so that they are read one after the other.
      for (let entry = chunks.chunkStart[n]; entry < chunks.chunkEnd[n]; entry++, filled++) {
        entries[2 * filled] = matrix.column[entry];
        entries[2 * filled + 1] = bits[entry];
        entryOrder[filled] = entry;
      }
    }
    return {
      entries: reserve("entries", entries),
      entryOrder,
      chunkCount: end - first,
      chunkWords: packed,
      chunks: reserve("chunks", packed),
    };
  });
  const splitCount = chunks.splitRow.length;
  const splits = new Uint32Array(4 * splitCount);
  for (let n = 0; n < splitCount; n++) {
    splits[4 * n] = chunks.splitRow[n];
    splits[4 * n + 1] = chunks.splitStart[n];
    splits[4 * n + 2] = chunks.splitStart[n + 1];
  }
  return {
    label,
    rows: matrix.rows,
    columns: matrix.columns,
    blocks,
    entryColumns: matrix.column,
    slots: chunks.slots,
    splitCount,
    splits: reserve("split rows", splits),
  };
}

/**
 * Cuts chunks in blocks that the device binds; one where all fit.
 *
 * @param lengths Entries of each chunk.
 * @param limit Bytes that are bound at once.
 * @returns The first chunk of each block, the one after its last, and how many entries they have.
 */
function blocksOf(
  lengths: readonly number[],
  limit: number,
): { first: number; end: number; entryCount: number }[] {
  // Buffers are multiples of 16 bytes.
  const mostChunks = Math.floor(limit / 16);
  const mostEntries = 2 * mostChunks;
  const blocks = [{ first: 0, end: 0, entryCount: 0 }];
  for (const length of lengths) {
    let block = blocks[blocks.length - 1];
    if (block.entryCount + length > mostEntries || block.end - block.first + 1 > mostChunks) {
      blocks.push(block = { first: block.end, end: block.end, entryCount: 0 });
    }
    block.end++;
    block.entryCount += length;
  }
  return blocks;
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
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (const block of matrix.blocks) {
    const { chunkWords, entryOrder } = block;
    const entries = new Uint32Array(2 * entryOrder.length);
    const chunks = chunkWords.slice();
    let stored = 0;
    for (let word = 0; word < chunks.length; word += 4) {
      chunks[word + 1] = stored;
      for (let place = chunkWords[word + 1]; place < chunkWords[word + 2]; place++) {
        const entry = entryOrder[place];
        if (values[entry] === 0) continue;
        entries[2 * stored] = matrix.entryColumns[entry];
        entries[2 * stored + 1] = bits[entry];
        stored++;
      }
      chunks[word + 2] = stored;
    }
    memory.write(block.entries, entries.subarray(0, 2 * stored));
    memory.write(block.chunks, chunks);
  }
}
