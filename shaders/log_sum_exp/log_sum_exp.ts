/**
 * The log-sum-exp of each row of `x·xᵀ`, streamed: softmax losses over all pairs of a batch's rows, with
 * no matrix of pairs (methods.md, §4 g and §5, stage 4).
 *
 * The matrix is symmetric, so only the tiles on and right of its diagonal are computed, and rows that
 * the batch holds several times are computed once and counted as often. The logits are kept for the
 * backward pass where they take little memory; beyond, a tile's logits are computed again.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { blockOf, type TableBlock } from "../columns/table_block.ts";
import { fill } from "../elementwise/elementwise.ts";
import { launchProduct } from "../matmul/matmul.ts";
import { launchTranspose } from "../transpose/transpose.ts";
import { launchSymmetricStrip } from "./symmetric_strip.ts";
import type { UniqueRows } from "../unique_rows/unique_rows.ts";
import columnsSource from "./columns.wgsl" with { type: "text" };
import rowsSource from "./rows.wgsl" with { type: "text" };
import tileSource from "./tile.wgsl" with { type: "text" };
import weightsSource from "./weights.wgsl" with { type: "text" };

const rowsKernel = kernel("log_sum_exp/rows", tileSource, rowsSource);
const columnsKernel = kernel("log_sum_exp/columns", tileSource, columnsSource);
const weightsKernel = kernel("log_sum_exp/weights", tileSource, weightsSource);

/** The most rows of a tile, and the most bytes. */
const mostTileRows = 256;
const mostTileBytes = 64 * 2 ** 20;
/** The most bytes of logits that are kept for the backward pass: those of 2,700 rows. */
const mostKeptBytes = 16 * 2 ** 20;

/**
 * `y_i = log Σ_j times_j·exp(scale·x_i·x_j)` over the rows that count, differentiated.
 *
 * @param program The program.
 * @param x `(L·f)×d`, or a block of so many columns of a wider table: f rows for each of the different nodes of a
 * list of length L.
 * @param unique The different nodes, how many there are, and how often each counts.
 * @param scale Factor of the inner products: 1/τ.
 * @param keptBytes The most bytes of logits that are kept for the backward pass.
 * @returns `(L·f)×1`; 0 beyond the last row that counts, whose gradient has to be 0 as well.
 */
export function logSumExpRows(
  program: Program,
  x: Tensor | TableBlock,
  unique: UniqueRows,
  scale: number,
  keptBytes = mostKeptBytes,
): Tensor {
  const { table, column, columns: d } = blockOf(x);
  const { rows: height } = table;
  const { counts, multiplicity } = unique;
  const factor = height / unique.first.length;
  const y = program.tensor(`log-sum-exp of ${table.label}`, height, 1);
  const fitting = Math.floor(mostTileBytes / (4 * height) / 4) * 4;
  const tileRows = Math.max(4, Math.min(mostTileRows, fitting));
  const private_ = { differentiable: false };
  const turned = program.tensor(`${table.label} transposed`, d, height, private_);
  const running = program.tensor("running log-sum-exp", height, 2, private_);
  launchTranspose(program, table, turned, { columns: d, xColumn: column });
  const shapes = Array.from({ length: Math.ceil(height / tileRows) }, (_, n) => {
    const first = n * tileRows;
    return { first, rows: Math.min(tileRows, height - first), columns: height - first };
  });
  const isKept = shapes.reduce((sum, one) => sum + 4 * one.rows * one.columns, 0) <= keptBytes;
  const tileOf = (rows: number, columns: number) =>
    program.tensor("tile of logits", rows, columns, private_);
  const shared = isKept ? undefined : tileOf(shapes[0].rows, height);
  const tiles = shapes.map(({ first, rows, columns }) => ({
    first,
    rows,
    columns,
    tile: shared ?? tileOf(rows, columns),
    uniforms: { first, rows, columns },
  }));
  const limit = { count: counts, factor };
  const ofNodes = { rows_a_node: factor };
  const logits = ({ first, rows, columns, tile }: typeof tiles[number]) =>
    launchProduct(program, {
      a: table,
      aRow: first,
      aStride: table.columns,
      aColumn: column,
      b: turned,
      bStride: height,
      bColumn: first,
      c: tile,
      m: rows,
      n: columns,
      k: d,
      alpha: scale,
      limit: { ...limit, mFirst: first, nFirst: first },
    });
  for (const one of tiles) {
    const { first, rows, columns, tile, uniforms } = one;
    const constants = { ...ofNodes, is_first: Number(first === 0) };
    logits(one);
    program.launch(rowsKernel, {
      buffers: { counts, multiplicity, tile, running, y },
      partial: first + rows < height ? ["y"] : [],
      uniforms,
      constants,
      threads: rows,
      workgroupSize: 32,
    });
    program.launch(columnsKernel, {
      buffers: { counts, multiplicity, tile, running },
      uniforms,
      constants,
      threads: columns - rows,
    });
  }
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(table);
    if (!target) return;
    const { gradient: dx } = target;
    if (!target.accumulate) fill(program, dx, 0);
    for (const one of tiles) {
      const { first, rows, columns, tile, uniforms } = one;
      if (!isKept) logits(one);
      program.launch(weightsKernel, {
        buffers: { counts, multiplicity, y, dy, tile },
        uniforms,
        constants: { ...ofNodes, scale },
        threads: rows * Math.ceil(columns / 4),
      });
      const strip = { weights: tile, stride: columns, first, rows, limit };
      launchSymmetricStrip(program, strip, { table, column, columns: d }, dx);
    }
  });
  return y;
}
