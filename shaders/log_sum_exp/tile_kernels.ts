/**
 * How large the tiles of logits are, and which invocations go through them: few large tiles where launches cost more than
 * what a cache saves.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { type Kernel, kernel } from "../../gpu/kernel.ts";
import type { Launch } from "../../gpu/launch.ts";
import { rangeStep } from "../../gpu/tensor.ts";
import lanesSource from "../common/lanes/lanes.wgsl" with { type: "text" };
import softmaxLanesSource from "../common/lanes/softmax_lanes.wgsl" with { type: "text" };
import columnsSource from "./columns.wgsl" with { type: "text" };
import rowsSource from "./rows.wgsl" with { type: "text" };
import tileSource from "./tile.wgsl" with { type: "text" };
import weightsSource from "./weights.wgsl" with { type: "text" };
import workgroupColumnsSource from "./workgroup_columns.wgsl" with { type: "text" };
import workgroupRowsSource from "./workgroup_rows.wgsl" with { type: "text" };
import workgroupWeightsSource from "./workgroup_weights.wgsl" with { type: "text" };

const rowsKernel = kernel("log_sum_exp/rows", tileSource, rowsSource);
const columnsKernel = kernel("log_sum_exp/columns", tileSource, columnsSource);
const weightsKernel = kernel("log_sum_exp/weights", tileSource, weightsSource);
const workgroupRows = kernel(
  "log_sum_exp/workgroup_rows",
  tileSource,
  lanesSource,
  softmaxLanesSource,
  workgroupRowsSource,
);
const workgroupColumns = kernel(
  "log_sum_exp/workgroup_columns",
  tileSource,
  lanesSource,
  softmaxLanesSource,
  workgroupColumnsSource,
);
const workgroupWeights = kernel(
  "log_sum_exp/workgroup_weights",
  tileSource,
  workgroupWeightsSource,
);

/** A kernel, and the invocations that it is launched with. */
export interface DealtKernel extends Pick<Launch, "constants" | "threads" | "workgroupSize"> {
  /** The kernel. */
  readonly kernel: Kernel;
}

/** Sizes of tiles, and their kernels. */
export interface LogitTiles {
  /** The most rows of a tile. */
  readonly mostRows: number;
  /** What the rows of a tile are a multiple of. */
  readonly rowStep: number;
  /** The most bytes of logits that are kept for the backward pass. */
  readonly mostKeptBytes: number;
  /** What adds a tile to the sums of so many rows, and ends them. */
  readonly rows: (rows: number) => DealtKernel;
  /** What adds a tile to the sums of the rows that so many columns belong to. */
  readonly columns: (columns: number) => DealtKernel;
  /** What turns logits into the weights of the gradient. */
  readonly weights: (rows: number, columns: number) => DealtKernel;
}

/** An invocation a row or column, and tiles that stay in a core's cache; the logits of 2,700 rows are kept. */
const inInvocations: LogitTiles = {
  mostRows: 256,
  rowStep: 4,
  mostKeptBytes: 16 * 2 ** 20,
  rows: (rows) => ({ kernel: rowsKernel, threads: rows, workgroupSize: 32 }),
  columns: (columns) => ({ kernel: columnsKernel, threads: columns }),
  weights: (rows, columns) => ({ kernel: weightsKernel, threads: rows * Math.ceil(columns / 4) }),
};

/** Invocations that share a row, and a column beside fifteen others. */
const [rowLanes, columnLanes, besideEachOther] = [128, 16, 16];

/** A workgroup a row, or sixteen columns, and few launches; the logits of 4,700 rows are kept. */
const inWorkgroups: LogitTiles = {
  mostRows: 2048,
  rowStep: rangeStep,
  mostKeptBytes: 64 * 2 ** 20,
  rows: (rows) => ({
    kernel: workgroupRows,
    constants: { lanes: rowLanes },
    threads: rows * rowLanes,
    workgroupSize: rowLanes,
  }),
  columns: (columns) => ({
    kernel: workgroupColumns,
    constants: { lanes: columnLanes },
    threads: Math.ceil(columns / besideEachOther) * besideEachOther * columnLanes,
    workgroupSize: besideEachOther * columnLanes,
  }),
  weights: (rows) => ({ kernel: workgroupWeights, threads: rows * 256, workgroupSize: 256 }),
};

/**
 * The tiles of a device.
 *
 * @param gpu The device.
 */
export function logitTiles({ software }: Pick<Gpu, "software">): LogitTiles {
  return software ? inInvocations : inWorkgroups;
}
