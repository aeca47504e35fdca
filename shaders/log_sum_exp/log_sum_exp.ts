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
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { copyColumns } from "../columns/columns.ts";
import { blockOf, type TableBlock } from "../columns/table_block.ts";
import { fill } from "../elementwise/elementwise.ts";
import { launchProduct } from "../matmul/matmul.ts";
import { launchTranspose } from "../transpose/transpose.ts";
import type { UniqueRows } from "../unique_rows/unique_rows.ts";
import { launchSymmetricStrip, launchWholeStrip } from "./symmetric_strip.ts";
import { logitTiles } from "./tile_kernels.ts";

/** The most bytes of a tile. */
const mostTileBytes = 64 * 2 ** 20;

/**
 * `y_i = log Σ_j times_j·exp(scale·x_i·x_j)` over the rows that count, differentiated.
 *
 * @param program The program.
 * @param x `(L·f)×d`, or a block of so many columns of a wider table: f rows for each of the different nodes of a
 * list of length L.
 * @param unique The different nodes, how many there are, and how often each counts.
 * @param scale Factor of the inner products: 1/τ.
 * @param mostKeptBytes The most bytes of logits that are kept for the backward pass (default: as many as the device
 * should hold).
 * @returns `(L·f)×1`; 0 beyond the last row that counts, whose gradient has to be 0 as well.
 */
export function logSumExpRows(
  program: Program,
  x: Tensor | TableBlock,
  unique: UniqueRows,
  scale: number,
  mostKeptBytes?: number,
): Tensor {
  const { gpu } = program.memory;
  const { software } = gpu;
  const { rowStep, mostRows, ...kernels } = logitTiles(gpu);
  const block = blockOf(x);
  const { table, column, columns: d } = block;
  const { rows: height } = table;
  const { counts, multiplicity } = unique;
  const factor = height / unique.first.length;
  const y = program.tensor(`log-sum-exp of ${table.label}`, height, 1);
  const fitting = Math.floor(mostTileBytes / (4 * height) / rowStep) * rowStep;
  const tileRows = Math.max(rowStep, Math.min(mostRows, fitting));
  const private_ = { differentiable: false };
  // Tiles in workgroup memory take either form by whole lines of a cache.
  const turned = software || gpu.kernels.products !== "workgroups"
    ? program.tensor(`${table.label} transposed`, d, height, private_)
    : undefined;
  const running = program.tensor("running log-sum-exp", height, 2, private_);
  if (turned) launchTranspose(program, table, turned, { columns: d, xColumn: column });
  const shapes = Array.from({ length: Math.ceil(height / tileRows) }, (_, n) => {
    const first = n * tileRows;
    return { first, rows: Math.min(tileRows, height - first), columns: height - first };
  });
  const bytes = shapes.reduce((sum, { rows, columns }) => sum + 4 * rows * columns, 0);
  const isKept = bytes <= (mostKeptBytes ?? kernels.mostKeptBytes);
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
      ...turned
        ? { b: turned, bStride: height, bColumn: first }
        : { b: table, bStride: table.columns, bColumn: column, bRow: first, transposeB: true },
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
    const ofRows = kernels.rows(rows);
    const ofColumns = kernels.columns(columns - rows);
    logits(one);
    program.launch(ofRows.kernel, {
      ...ofRows,
      buffers: { counts, multiplicity, tile, running, y },
      partial: first + rows < height ? ["y"] : [],
      uniforms,
      constants: { ...constants, ...ofRows.constants },
    });
    program.launch(ofColumns.kernel, {
      ...ofColumns,
      buffers: { counts, multiplicity, tile, running },
      uniforms,
      constants: { ...constants, ...ofColumns.constants },
    });
  }
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(table);
    if (!target) return;
    const { gradient: dx, accumulate } = target;
    // Sums of a product can be cut where it has whole rows to itself.
    const isTable = d === table.columns;
    const product = software || isTable ? dx : program.tensor("W·x", height, d, private_);
    if (!accumulate && (software || product !== dx)) fill(program, dx, 0);
    for (const one of tiles) {
      const { first, rows, columns, tile, uniforms } = one;
      const ofWeights = kernels.weights(rows, columns);
      if (!isKept) logits(one);
      program.launch(ofWeights.kernel, {
        ...ofWeights,
        buffers: { counts, multiplicity, y, dy, tile },
        uniforms,
        constants: { ...ofNodes, scale },
      });
      const strip = { weights: tile, stride: columns, first, rows, limit };
      if (software) launchSymmetricStrip(program, strip, block, dx);
      else {
        const adds = first > 0 || accumulate && product === dx;
        launchWholeStrip(program, strip, block, product, adds);
      }
    }
    if (product !== dx) copyColumns(program, product, 0, dx, column, d, { accumulate: true });
  });
  return y;
}
