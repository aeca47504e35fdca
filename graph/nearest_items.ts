/**
 * The nearest items of each item by the cosine of their features, on the device, a tile of items at a
 * time: no matrix of I×I similarities is ever held.
 *
 * @module
 */
import type { Modality } from "../data/dataset.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { rangeStep, type Tensor } from "../gpu/tensor.ts";
import { readBuffers } from "../gpu/readback.ts";
import { rowBlocks, rowsOfTensor } from "../gpu/row_blocks.ts";
import { copyColumns } from "../shaders/columns/columns.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";
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

/** Bytes of a tile of similarities. */
const tileBytes = 32 * 2 ** 20;

/**
 * Finds the k nearest items of each item; ties by smaller index.
 *
 * @param gpu The device.
 * @param modality The features; an item without any (all zeros) has similarity 0 to all.
 * @param k Neighbours of an item, itself included; at most the number of items, and 1,000.
 * @param asking The features of those whose nearest are wanted, in as many columns (default: all items).
 * @throws {GpuError} The device reports an error.
 */
export async function nearestItems(
  gpu: Gpu,
  modality: Modality,
  k: number,
  asking: Modality = modality,
): Promise<NearestItems> {
  const memory = new Memory(gpu);
  try {
    const program = new Program(memory, `neighbours by ${modality.name}`);
    const { rows: items } = modality;
    const { rows } = asking;
    const plan = (label: string, features: Modality) =>
      program.tensor(label, features.rows, paddedColumns(features), {
        data: unitRows(features),
        differentiable: false,
      });
    const table = plan("unit features", modality);
    const asked = asking === modality ? table : plan("unit features of some", asking);
    const stride = Math.ceil(items / 4) * 4;
    // A tile begins at a row that a binding may begin at.
    const bytes = Math.min(tileBytes, gpu.limits.maxStorageBufferBindingSize);
    const fitting = Math.max(1, Math.floor(bytes / (stride * 4) / rangeStep)) * rangeStep;
    const tileRows = Math.min(fitting, rows, rowBlocks(program, asked)[0].rows);
    const scores = program.tensor("similarities", tileRows, stride);
    const starts = Array.from({ length: Math.ceil(rows / tileRows) }, (_, n) => n * tileRows);
    const launches: { first: number; count: number; from: number; end: number }[] = [];
    const best = {
      items: program.buffer("nearest items", tileRows * k * 4),
      scores: program.buffer("nearest similarities", tileRows * k * 4),
    };
    for (const first of starts) {
      const count = Math.min(tileRows, rows - first);
      const from = program.launches;
      appendSimilarities(program, asked, table, scores, first, count);
      topK(program, scores, { users: count, items, k }, best);
      launches.push({ first, count, from, end: program.launches });
    }
    await program.compile();
    const nearest = new Uint32Array(rows * k);
    const similarities = new Float32Array(rows * k);
    for (const { first, count, from, end } of launches) {
      program.submit(from, end);
      const bytes = count * k * 4;
      const [itemBytes, scoreBytes] = await readBuffers(memory, [
        { allocation: best.items, bytes },
        { allocation: best.scores, bytes },
      ]);
      nearest.set(new Uint32Array(itemBytes), first * k);
      similarities.set(new Float32Array(scoreBytes), first * k);
    }
    return { k, items: nearest, similarities };
  } finally {
    memory.destroy();
  }
}

/** Similarities of some items to all, in as many products as the table has blocks. */
function appendSimilarities(
  program: Program,
  asked: Tensor,
  table: Tensor,
  scores: Tensor,
  first: number,
  count: number,
): void {
  const { columns: k, rows } = table;
  const blocks = rowBlocks(program, table);
  if (blocks.length === 1) {
    const shape = { m: count, n: scores.columns, k };
    launchProduct(program, {
      a: asked,
      aRow: first,
      b: table,
      bLast: rows - 1,
      c: scores,
      ...shape,
      transposeB: true,
    });
    return;
  }
  const a = rowsOfTensor(asked, first, count);
  for (const block of blocks) {
    const width = Math.ceil(block.rows / 4) * 4;
    const part = program.tensor("similarities of a block", count, width);
    launchProduct(program, {
      a,
      b: block.range,
      bLast: block.rows - 1,
      c: part,
      m: count,
      n: width,
      k,
      transposeB: true,
    });
    copyColumns(program, part, 0, scores, block.first, block.rows);
  }
}

/** Whole vectors of four, for the product. */
function paddedColumns({ columns }: Modality): number {
  return Math.ceil(columns / 4) * 4;
}

/** Rows of length 1, norms in f64, padded with zeros. */
function unitRows(modality: Modality): Float32Array<ArrayBuffer> {
  const { rows, columns, values } = modality;
  const width = paddedColumns(modality);
  const unit = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let c = 0; c < columns; c++) squares += values[row * columns + c] ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let c = 0; c < columns; c++) unit[row * width + c] = scale * values[row * columns + c];
  }
  return unit;
}
