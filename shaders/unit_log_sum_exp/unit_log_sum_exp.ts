/**
 * The log-sum-exp of each row of `x·xᵀ` for rows of length 1, streamed: the same as
 * {@linkcode logSumExpRows} where products are cosines (SSR's alignment; methods.md, §5, stage 4).
 *
 * Cosines are bounded, so no running maximum is kept: `e_ij = exp(scale·(x_i·x_j − 1))` lies in
 * `[exp(−2·scale), 1]`, one power serves row i and row j, and a tile of products is summed up, or turned
 * into the weights of the gradient, where it was computed: in registers. Both passes together take two
 * products of all pairs, as the matrix is symmetric, and rows that the batch holds several times are
 * computed once and counted as often.
 *
 * Software drivers take a strip of rows at a time, which stays in a cache, and so does hardware with little
 * workgroup memory; other hardware takes all pairs at once (all_pairs.ts), those of the gradient in both
 * orders.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { fill } from "../elementwise/elementwise.ts";
import { launchSymmetricStrip } from "../log_sum_exp/symmetric_strip.ts";
import type { UniqueRows } from "../unique_rows/unique_rows.ts";
import accumulateSource from "./accumulate.wgsl" with { type: "text" };
import { allPairs, takesAllPairs } from "./all_pairs.ts";
import { type ComparedRows, rowGains, rowTimes } from "./compared_rows.ts";
import operandsSource from "./operands.wgsl" with { type: "text" };
import prepareSource from "./prepare.wgsl" with { type: "text" };
import sharedTileSource from "./shared_tile.wgsl" with { type: "text" };
import sumsSource from "./sums.wgsl" with { type: "text" };
import tileSource from "./tile.wgsl" with { type: "text" };
import weightsSource from "./weights.wgsl" with { type: "text" };

const prepare = kernel("unit_log_sum_exp/prepare", prepareSource);
const accumulateKernel = kernel("unit_log_sum_exp/accumulate", accumulateSource);
/** What becomes of a tile, by how it is computed: by one invocation, or shared by a subgroup. */
const kernels = Object.fromEntries(
  [["tile", tileSource], ["shared", sharedTileSource]].map(([how, source]) => [how, {
    sums: kernel(`unit_log_sum_exp/sums (${how})`, operandsSource, source, sumsSource),
    weights: kernel(`unit_log_sum_exp/weights (${how})`, operandsSource, source, weightsSource),
  }]),
);

/** The most rows of a strip, a multiple of 32, and the most bytes of its weights. */
const mostStripRows = 256;
const mostStripBytes = 64 * 2 ** 20;
/** The work stands at the front of a dispatch; lavapipe gives equal shares of it to the cores. */
const dispatchShares = 16;
/** Powers stay far from the smallest numbers: `exp(−2·scale)` is 4e-18 here. */
const greatestScale = 20;

/**
 * `y_i = log Σ_j times_j·exp(scale·x_i·x_j)` over the rows that count, differentiated.
 *
 * @param program The program.
 * @param x `(L·f)×d`, f rows for each of the different nodes of a list of length L, of length 1 each
 * (or 0 beyond the last that counts); d a multiple of 4.
 * @param unique The different nodes, how many there are, and how often each counts.
 * @param scale Factor of the inner products: 1/τ, at most 20.
 * @returns `(L·f)×1`; 0 beyond the last row that counts, whose gradient has to be 0 as well.
 * @throws {Error} The scale or d does not suit.
 */
export function unitLogSumExpRows(
  program: Program,
  x: Tensor,
  unique: UniqueRows,
  scale: number,
): Tensor {
  const { rows: height, columns: d } = x;
  if (d % 4 !== 0 || !(scale <= greatestScale)) {
    throw new Error(`Cannot compare rows of ${d} columns at the scale ${scale}`);
  }
  const y = program.tensor(`log-sum-exp of ${x.label}`, height, 1);
  const compared = { x, unique, factor: height / unique.first.length, scale };
  if (takesAllPairs(program.memory.gpu)) allPairs(program, compared, y);
  else allStrips(program, compared, y);
  return y;
}

/** Appends the same by strips of rows. */
function allStrips(program: Program, compared: ComparedRows, y: Tensor): void {
  const { x, unique: { counts }, factor, scale } = compared;
  const { rows: height, columns: d } = x;
  const padded = Math.ceil(height / 32) * 32;
  const fitting = Math.floor(mostStripBytes / (4 * padded) / 32) * 32;
  const stripRows = Math.max(32, Math.min(mostStripRows, fitting));
  const { software, kernels: variants, subgroupSize: lanes } = program.memory.gpu;
  const isShared = ["subgroups", "textures"].includes(variants.products) && lanes > 0;
  const { sums: sumsKernel, weights: weightsKernel } = kernels[isShared ? "shared" : "tile"];
  const [tileRows, tileColumns] = isShared ? [4, 32] : [8, software ? 16 : 8];
  const buffer = (label: string, numbers: number) =>
    program.buffer(`${label} of ${x.label}`, numbers * 4);
  const turned = buffer("transpose", d * padded);
  const sums = buffer("sums", height);
  const rowParts = buffer("row parts", stripRows * padded / 8);
  const columnParts = buffer("column parts", stripRows / tileRows * padded);
  const wide = Number(software || isShared);
  const constants = {
    wide,
    shares: software ? dispatchShares : 1,
    ...isShared ? { lanes } : {},
  };
  const vectors = d / 4;
  const strips = Array.from({ length: Math.ceil(height / stripRows) }, (_, n) => {
    const first = n * stripRows;
    const rows = Math.min(stripRows, height - first);
    const uniforms = { first, rows, height, padded, rows_a_node: factor, scale };
    // Of a subgroup's tiles, which stand below each other, all are computed.
    const side = isShared ? lanes : 1;
    const threads = side * Math.ceil(rows / tileRows / side) * (padded - first) / tileColumns;
    return { first, rows, uniforms, threads };
  });
  program.launch(prepare, {
    buffers: { x, turned },
    uniforms: { height, padded, columns: d },
    threads: padded / 4 * d,
  });
  const times = rowTimes(program, compared, padded);
  for (const { first, rows, uniforms, threads } of strips) {
    program.launch(sumsKernel, {
      buffers: { counts, x, turned, times, row_parts: rowParts, column_parts: columnParts },
      partial: ["row_parts", "column_parts"],
      uniforms: { ...uniforms, vectors },
      constants,
      threads,
    });
    program.launch(accumulateKernel, {
      buffers: { counts, row_parts: rowParts, column_parts: columnParts, sums, y },
      partial: first + rows < height ? ["y"] : [],
      uniforms,
      constants: { wide, rows_a_tile: tileRows, is_first: Number(first === 0) },
      threads: height - first,
    });
  }
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    const { gradient: dx } = target;
    if (!target.accumulate) fill(program, dx, 0);
    const gains = rowGains(program, compared, padded, y, dy);
    const w = buffer("weights", stripRows * padded);
    const limit = { count: counts, factor };
    for (const { first, rows, uniforms, threads } of strips) {
      program.launch(weightsKernel, {
        buffers: { counts, x, turned, times, gains, w },
        partial: ["w"],
        uniforms: { ...uniforms, vectors },
        constants,
        threads,
      });
      launchSymmetricStrip(
        program,
        { weights: w, stride: padded - first, first, rows, limit },
        x,
        dx,
      );
    }
  });
}
