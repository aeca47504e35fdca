/**
 * Readback: the one place where the CPU waits for the device.
 *
 * A wait ends the overlap of CPU and device, and the first one of a staging buffer costs at least 11 ms (webgpu.md, trap 2),
 * so callers read rarely and much at once.
 *
 * @module
 */
import { joinSlices, rangesOfRows } from "./column_slices.ts";
import type { Allocation, Memory } from "./memory.ts";
import { createStaging, keptBytes, mapToRead, readKept } from "./staging.ts";
import type { Tensor } from "./tensor.ts";

/** A range of a buffer to be read. */
export interface ReadRange {
  /** The buffer. */
  readonly allocation: Allocation;
  /** The first byte, a multiple of 4 (default: 0). */
  readonly offset?: number;
  /** Number of bytes, a multiple of 4 (default: up to the end). */
  readonly bytes?: number;
}

/**
 * Reads ranges of buffers, after all work submitted before.
 *
 * @param memory Where the buffers are.
 * @param ranges What to read.
 * @returns A copy of each range.
 * @throws {GpuError} The device has reported an error.
 * @throws {Error} A buffer shares its memory, and holds nothing of use: a defect of the caller.
 */
export async function readBuffers(
  memory: Memory,
  ranges: readonly ReadRange[],
): Promise<ArrayBuffer[]> {
  const { device } = memory.gpu;
  // One behind the other, each of a multiple of four bytes, as copies want it.
  let end = 0;
  const places = ranges.map(({ allocation, offset = 0, bytes = allocation.bytes - offset }) => {
    const place = { buffer: memory.ownBuffer(allocation), offset, bytes, start: end };
    end += bytes;
    return place;
  });
  if (end <= keptBytes) {
    const read = await readKept(device, end, (encoder, staging) => {
      for (const { buffer, offset, bytes, start } of places) {
        if (bytes > 0) encoder.copyBufferToBuffer(buffer, offset, staging, start, bytes);
      }
    });
    memory.gpu.check();
    return places.map(({ start, bytes }) => read.slice(start, start + bytes));
  }
  const encoder = device.createCommandEncoder({ label: "readback" });
  const staged = places.map(({ buffer, offset, bytes }) => {
    const staging = createStaging(device, Math.max(bytes, 4));
    if (bytes > 0) encoder.copyBufferToBuffer(buffer, offset, staging.buffer, 0, bytes);
    return { staging, bytes };
  });
  device.queue.submit([encoder.finish()]);
  try {
    const read = await Promise.all(
      staged.map(({ staging }) => mapToRead(staging, staging.buffer.size)),
    );
    memory.gpu.check();
    return read.map((range, n) => range.slice(0, staged[n].bytes));
  } finally {
    for (const { staging } of staged) staging.buffer.destroy();
  }
}

/** Bytes that are staged at a time: few beside a table, and many for one wait. */
const blockBytes = 4 << 20;

/**
 * Reads ranges of buffers one after the other, after all work submitted before, in the memory of a few
 * MiB: for what goes on to a file.
 *
 * @param memory Where the buffers are.
 * @param ranges What to read.
 * @returns The bytes of all ranges in order, cut anywhere; a block is valid until the next one is asked
 * for.
 * @throws {GpuError} The device has reported an error.
 */
export async function* streamBuffers(
  memory: Memory,
  ranges: readonly ReadRange[],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { device } = memory.gpu;
  const pieces = ranges.flatMap(({ allocation, offset = 0, bytes = allocation.bytes - offset }) => {
    const starts = Array.from({ length: Math.ceil(bytes / blockBytes) }, (_, n) => n * blockBytes);
    return starts.map((start) => ({
      buffer: memory.buffer(allocation),
      offset: offset + start,
      bytes: Math.min(blockBytes, bytes - start),
    }));
  });
  const all = pieces.reduce((sum, { bytes }) => sum + bytes, 0);
  if (all === 0) return;
  const staging = createStaging(device, Math.min(blockBytes, all));
  const { buffer: block } = staging;
  try {
    for (let next = 0; next < pieces.length;) {
      const encoder = device.createCommandEncoder({ label: "readback" });
      let filled = 0;
      while (next < pieces.length && filled + pieces[next].bytes <= block.size) {
        const { buffer, offset, bytes } = pieces[next++];
        encoder.copyBufferToBuffer(buffer, offset, block, filled, bytes);
        filled += bytes;
      }
      device.queue.submit([encoder.finish()]);
      const read = await mapToRead(staging, filled);
      memory.gpu.check();
      yield new Uint8Array(read);
      block.unmap();
    }
  } finally {
    block.destroy();
  }
}

/**
 * Reads rows of a table block by block, after all work submitted before: for what goes on to a file.
 *
 * @param memory Where the table is.
 * @param table The table, cut by columns or not.
 * @param first The first row.
 * @param rows How many.
 * @returns Their bytes, row-major, cut anywhere; a block is valid until the next one is asked for.
 * @throws {GpuError} The device has reported an error.
 */
export async function* streamRows(
  memory: Memory,
  table: Tensor,
  first: number,
  rows: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (table.sliceColumns === undefined) {
    return yield* streamBuffers(memory, rangesOfRows(table, first, rows));
  }
  const most = Math.max(1, Math.floor(blockBytes / (table.columns * 4)));
  for (let start = 0; start < rows; start += most) {
    const count = Math.min(most, rows - start);
    const parts = await readBuffers(memory, rangesOfRows(table, first + start, count));
    yield new Uint8Array(joinSlices(table, parts.map((bytes) => new Uint32Array(bytes))).buffer);
  }
}

/**
 * Reads tables one after the other, as {@linkcode streamRows} reads one of them.
 *
 * @param memory Where they are.
 * @param tables The tables.
 */
export async function* streamTables(
  memory: Memory,
  tables: readonly Tensor[],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  // Small tables are staged together, for one wait.
  let together: ReadRange[] = [];
  for (const table of tables) {
    if (table.sliceColumns === undefined) {
      together.push(...rangesOfRows(table, 0, table.rows));
      continue;
    }
    yield* streamBuffers(memory, together);
    together = [];
    yield* streamRows(memory, table, 0, table.rows);
  }
  yield* streamBuffers(memory, together);
}

/**
 * Reads `count` numbers of a buffer of f32.
 *
 * @param memory Where the buffer is.
 * @param allocation The buffer.
 * @param count How many, from the first.
 */
export async function readFloats(
  memory: Memory,
  allocation: Allocation,
  count = allocation.bytes / 4,
): Promise<Float32Array<ArrayBuffer>> {
  const [bytes] = await readBuffers(memory, [{ allocation, bytes: count * 4 }]);
  return new Float32Array(bytes);
}
