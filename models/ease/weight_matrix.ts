/**
 * The place of EASE's dense matrix: whether it fits is known before anything is computed.
 *
 * @module
 */
import { grouped } from "../../data/counts.ts";
import { GpuError } from "../../errors.ts";
import { freeMemory } from "../../gpu/free_memory.ts";
import { megabytes, type Memory } from "../../gpu/memory.ts";
import { paddedColumns } from "../../gpu/tensor.ts";
import {
  type MatrixRows,
  mostSymmetricRows,
  type SymmetricMatrix,
  symmetricRows,
} from "../../shaders/cholesky_inverse/symmetric_matrix.ts";

/** Share of the free memory that the matrix may take: the rest is for panels, scores and the system. */
const share = 0.8;

/** The most items whose matrix has so many bytes. */
function itemsOf(bytes: number): number {
  return Math.floor(Math.sqrt(bytes / 4) / 4) * 4;
}

/**
 * Plans the matrix, and gives it its memory.
 *
 * @param memory Where it is planned.
 * @param items Number of items I.
 * @param free Bytes that the device can take, where that is known.
 * @returns `I×I`.
 * @throws {GpuError} It does not fit; the message names the most items that do.
 */
export async function weightMatrix(
  memory: Memory,
  items: number,
  free: number | undefined = freeMemory(memory.gpu),
): Promise<SymmetricMatrix> {
  const { limits, name } = memory.gpu;
  const stride = paddedColumns(items);
  const refusal = (most: number) =>
    new GpuError(
      `Cannot compute "ease" for ${grouped(items)} items: its matrix of all pairs takes ` +
        `${megabytes(4 * stride * stride)}, and "${name}" has room for ${
          grouped(most)
        } items at most`,
      "Train a filter such as turbocf, whose item graph is sparse, or leave out items",
    );
  const most = Math.min(mostSymmetricRows(limits), itemsOf((free ?? Infinity) * share));
  if (items > most) throw refusal(most);
  const blocks: MatrixRows[] = [];
  let bytes = 0;
  for (const rows of symmetricRows(memory, "item weights", items)) {
    // A GPU does not tell how much memory it has: how far one comes says it.
    try {
      await memory.allocate();
    } catch (error) {
      throw error instanceof GpuError ? refusal(itemsOf(bytes)) : error;
    }
    blocks.push(rows);
    bytes += rows.table.allocation.bytes;
  }
  return { size: items, stride, blocks };
}

/**
 * Whether there is room for copies of a matrix beside it, as far as is known.
 *
 * @param memory Where the matrix is.
 * @param matrix The matrix.
 * @param copies How many.
 * @param free Bytes that there are beside the matrix, where that is known.
 */
export function hasRoom(
  memory: Memory,
  { stride }: SymmetricMatrix,
  copies: number,
  free: number | undefined = freeMemory(memory.gpu),
): boolean {
  // A software driver has not yet touched the memory of the matrix itself.
  return 4 * stride * stride * (copies + 1) <= (free ?? Infinity) * share;
}
