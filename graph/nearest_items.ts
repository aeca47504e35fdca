/**
 * The nearest items of each item by the cosine of their features, on the device, a tile of items at a
 * time: no matrix of I×I similarities is ever held.
 *
 * @module
 */
import type { Modality } from "../data/dataset.ts";
import { grouped } from "../data/counts.ts";
import { type ComputeObservers, progressOf } from "../gpu/compute_observers.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import { OneAhead } from "../gpu/one_ahead.ts";
import { Program } from "../gpu/program.ts";
import { readBuffers } from "../gpu/readback.ts";
import { rowBlocks } from "../gpu/row_blocks.ts";
import { type Bindable, paddedColumns, type Tensor } from "../gpu/tensor.ts";
import { copyColumns } from "../shaders/columns/columns.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";
import { placesOfBlock } from "../shaders/rank/block_places.ts";
import { topK } from "../shaders/top_k/top_k.ts";

/** The nearest items of each item, itself among them where it is one of those that are looked through. */
export interface NearestItems {
  /** Number of neighbours k. */
  readonly k: number;
  /** `I×k` items (of those that ask), by similarity descending, then by index. */
  readonly items: Uint32Array<ArrayBuffer>;
  /** `I×k` cosines. */
  readonly similarities: Float32Array<ArrayBuffer>;
}

/** Whose nearest are looked for, and who watches. */
export interface NearestOptions extends ComputeObservers {
  /** The features of those whose nearest are wanted, in as many columns (default: all items). */
  readonly asking?: Modality;
}

/**
 * Finds the k nearest items of each item; ties by smaller index.
 *
 * @param gpu The device.
 * @param modality The features; an item without any (all zeros) has similarity 0 to all.
 * @param k Neighbours of an item, itself included; at most the number of items, and 1,000.
 * @param options Whose nearest are looked for, and who watches.
 * @throws {GpuError} The device reports an error.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function nearestItems(
  gpu: Gpu,
  modality: Modality,
  k: number,
  { asking = modality, signal, onProgress }: NearestOptions = {},
): Promise<NearestItems> {
  const memory = new Memory(gpu);
  try {
    const program = new Program(memory, `neighbours by ${modality.name}`);
    const { rows: items } = modality;
    const { rows } = asking;
    const columns = paddedColumns(modality.columns);
    const data = unitRows(modality, 0, items);
    const table = program.tensor("unit features", items, columns, { data, differentiable: false });
    // A tile is planned once, and written for each of its turns.
    const bound = Math.floor(gpu.limits.maxStorageBufferBindingSize / (columns * 4));
    const places = Math.max(1, Math.min(placesOfBlock(gpu, rows, items), bound));
    const asked = program.tensor("unit features of a tile", places, columns, {
      differentiable: false,
    });
    const scores = program.tensor("similarities", places, paddedColumns(items), {
      differentiable: false,
    });
    appendSimilarities(program, asked, table, scores);
    const best = topK(program, scores, { users: places, items, k });
    await program.compile();
    const nearest = new Uint32Array(rows * k);
    const similarities = new Float32Array(rows * k);
    const ahead = new OneAhead(gpu.device, signal);
    const what = `Finding the nearest of ${grouped(items)} items by ${modality.name}`;
    const tell = progressOf(what, rows, onProgress);
    for (let first = 0; first < rows; first += places) {
      const count = Math.min(places, rows - first);
      await ahead.submit(async () => {
        memory.write(asked.allocation, unitRows(asking, first, count));
        program.submit();
        const bytes = count * k * 4;
        const [itemBytes, scoreBytes] = await readBuffers(memory, [
          { allocation: best.items, bytes },
          { allocation: best.scores, bytes },
        ]);
        nearest.set(new Uint32Array(itemBytes), first * k);
        similarities.set(new Float32Array(scoreBytes), first * k);
      });
      // The tiles before are done.
      tell?.(first);
    }
    await ahead.finish();
    tell?.(rows);
    return { k, items: nearest, similarities };
  } finally {
    memory.destroy();
  }
}

/** Similarities of the items of a tile to all, in as many products as the table has blocks. */
function appendSimilarities(
  program: Program,
  asked: Tensor,
  table: Tensor,
  scores: Tensor,
): void {
  const product = (b: Bindable, rows: number, c: Tensor) =>
    launchProduct(program, {
      ...{ a: asked, b, bLast: rows - 1, c, transposeB: true },
      ...{ m: asked.rows, n: c.columns, k: asked.columns },
    });
  const blocks = rowBlocks(program, table);
  if (blocks.length === 1) return product(table, table.rows, scores);
  for (const { first, rows, range } of blocks) {
    const part = program.tensor("similarities of a block", asked.rows, paddedColumns(rows));
    product(range, rows, part);
    copyColumns(program, part, 0, scores, first, rows);
  }
}

/** Some rows, brought to length 1; norms in f64, padded with zeros. */
function unitRows(modality: Modality, first: number, count: number): Float32Array<ArrayBuffer> {
  const { columns, values } = modality;
  const width = paddedColumns(modality.columns);
  const unit = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    const own = values.subarray((first + row) * columns, (first + row + 1) * columns);
    let squares = 0;
    for (let c = 0; c < columns; c++) squares += own[c] ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let c = 0; c < columns; c++) unit[row * width + c] = scale * own[c];
  }
  return unit;
}
