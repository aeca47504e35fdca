/**
 * The log-sum-exp of rows of length 1 on hardware: all pairs in one launch, a tile of them for a workgroup.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import gradientSource from "./all_pairs_gradient.wgsl" with { type: "text" };
import gradientSumsSource from "./all_pairs_gradient_sums.wgsl" with { type: "text" };
import logsSource from "./all_pairs_logs.wgsl" with { type: "text" };
import sumsSource from "./all_pairs_sums.wgsl" with { type: "text" };
import tileSource from "./all_pairs_tile.wgsl" with { type: "text" };
import { type ComparedRows, rowGains, rowTimes } from "./compared_rows.ts";

const sumsKernel = kernel("unit_log_sum_exp/all_pairs_sums", tileSource, sumsSource);
const logsKernel = kernel("unit_log_sum_exp/all_pairs_logs", logsSource);
const gradientKernel = kernel("unit_log_sum_exp/all_pairs_gradient", tileSource, gradientSource);
const gradientSumsKernel = kernel(
  "unit_log_sum_exp/all_pairs_gradient_sums",
  gradientSumsSource,
);

/** Rows and columns of a tile, numbers of a row that are taken at a time, and its invocations. */
const [side, width, workgroupSize] = [64, 64, 128];
/** Bytes of workgroup memory: a tile's rows and its columns. */
const tileBytes = 2 * side * width * 4;
/** Bands at most: 2,080 pairs of them, a workgroup each, fill any card. */
const mostBands = 64;
/**
 * Workgroups of a gradient: columns are cut in so many ranges that there are about as many, however many rows count.
 * Each stores 64 rows of a part: 32 MiB for 64 columns.
 */
const wantedWorkgroups = 2048;

/**
 * Whether a device takes all pairs in one launch. Software drivers do better with strips, which stay in a cache.
 *
 * @param gpu The device.
 */
export function takesAllPairs({ software, limits }: Gpu): boolean {
  return !software && limits.maxComputeWorkgroupStorageSize >= tileBytes;
}

/**
 * Appends `y_i = log Σ_j times_j·exp(scale·x_i·x_j)`, and its gradient to the tape.
 *
 * @param program The program.
 * @param compared The rows.
 * @param y `(L·f)×1`.
 */
export function allPairs(program: Program, compared: ComparedRows, y: Tensor): void {
  const { x, unique: { counts }, factor, scale } = compared;
  const { rows: height, columns: d } = x;
  const tiles = Math.ceil(height / side);
  const padded = tiles * side;
  const bands = Math.min(mostBands, tiles);
  const times = rowTimes(program, compared, padded);
  const parts = program.buffer(`sum parts of ${x.label}`, bands * padded * 4);
  const rows = { height, rows_a_node: factor, scale };
  program.launch(sumsKernel, {
    buffers: { counts, x, times, parts },
    partial: ["parts"],
    overwrites: ["parts"],
    uniforms: { ...rows, padded, vectors: d / 4, bands },
    threads: bands * (Math.floor(bands / 2) + 1) * workgroupSize,
    workgroupSize,
  });
  program.launch(logsKernel, {
    buffers: { counts, parts, y },
    uniforms: { ...rows, padded, bands },
    threads: height,
  });
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    const gains = rowGains(program, compared, padded, y, dy);
    const stored = Math.max(tiles, Math.min(tiles * tiles, wantedWorkgroups));
    const gradientParts = program.buffer(`gradient parts of ${x.label}`, stored * side * d * 4);
    const uniforms = { ...rows, vectors: d / 4, most_tiles: stored };
    program.launch(gradientKernel, {
      buffers: { counts, x, times, gains, parts: gradientParts },
      partial: ["parts"],
      uniforms,
      threads: stored * Math.ceil(d / width) * workgroupSize,
      workgroupSize,
    });
    program.launch(gradientSumsKernel, {
      buffers: { counts, parts: gradientParts, dx: target.gradient },
      uniforms,
      constants: { accumulate: Number(target.accumulate) },
      threads: height * d / 4,
    });
  });
}
