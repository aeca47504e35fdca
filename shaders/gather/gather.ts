/**
 * Rows of a table by a list of indices, and the deterministic scatter of their gradients.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import { columnSlices } from "../../gpu/column_slices.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import { fill } from "../elementwise/elementwise.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };
import mergeRunsSource from "./merge_runs.wgsl" with { type: "text" };
import mergeRunsByLanesSource from "./merge_runs_by_lanes.wgsl" with { type: "text" };
import scatterSource from "./scatter.wgsl" with { type: "text" };
import sortRunsSource from "./sort_runs.wgsl" with { type: "text" };
import sortedRunsSource from "./sorted_runs.wgsl" with { type: "text" };

const forward = elementKernel("gather/forward", forwardSource);
const backward = elementKernel("gather/backward", backwardSource);
const scatter = elementKernel("gather/scatter", scatterSource);
const sortRuns = kernel("gather/sort_runs", sortRunsSource);
const mergeRuns = kernel("gather/merge_runs", sortedRunsSource, mergeRunsSource);
const mergeRunsByLanes = kernel(
  "gather/merge_runs_by_lanes",
  sortedRunsSource,
  mergeRunsByLanesSource,
);

/** Places that are sorted by comparing each with each: measured on lavapipe; a GPU waits for each. */
const placesOfRun = { software: 256, hardware: 128 };
/** Invocations a place of {@linkcode mergeRunsByLanes}. */
const lanes = 8;

/** Stands in a list for a row that a short batch lacks; it gathers zeros, and scatters nothing. */
export const none = 0xffffffff;

/** A list of row indices on the device. */
export interface RowList {
  /** What it holds. */
  readonly label: string;
  /** Number of indices, those that are {@linkcode none} included. */
  readonly length: number;
  /** The indices, u32. */
  readonly allocation: Allocation;
  /** Whether no index stands in it twice, {@linkcode none} aside. */
  readonly distinct?: boolean;
  /** What begins with the number of its first indices that count; what it gathers is counted then. */
  readonly count?: Bindable;
}

/**
 * Plans a list of row indices.
 *
 * @param program The program.
 * @param label What it holds.
 * @param length Number of indices.
 * @param data The indices at first.
 */
export function rowList(
  program: Program,
  label: string,
  length: number,
  data?: Uint32Array,
): RowList {
  return { label, length, allocation: program.buffer(label, length * 4, data) };
}

const orders = new WeakMap<Program, Map<RowList, Allocation>>();

/**
 * The order of a list by its rows, those that are {@linkcode none} last, computed once a run of the
 * program.
 *
 * @param program The program.
 * @param list The list.
 * @returns u32, the places of the list in that order.
 */
export function orderOf(program: Program, list: RowList): Allocation {
  const known = orders.get(program)?.get(list);
  if (known !== undefined) return known;
  const order = program.buffer(`order of ${list.label}`, list.length * 4);
  setOrder(program, list, order);
  const runs = program.buffer(`sorted runs of ${list.label}`, list.length * 8);
  const { software } = program.memory.gpu;
  const run = placesOfRun[software ? "software" : "hardware"];
  const shared = { uniforms: { count: list.length }, constants: { run } };
  program.launch(sortRuns, {
    ...shared,
    buffers: { rows: list.allocation, runs },
    threads: Math.ceil(list.length / 4),
  });
  program.launch(software ? mergeRuns : mergeRunsByLanes, {
    ...shared,
    buffers: { runs, order },
    threads: software ? list.length : list.length * lanes,
    workgroupSize: software ? undefined : 256,
  });
  return order;
}

/**
 * Makes an order known that need not be searched for.
 *
 * @param program The program.
 * @param list The list.
 * @param order Its places in the order of {@linkcode orderOf}.
 */
export function setOrder(program: Program, list: RowList, order: Allocation): void {
  let known = orders.get(program);
  if (known === undefined) orders.set(program, known = new Map());
  known.set(list, order);
}

/** A table and the rows of it that are wanted. */
export interface Gathered {
  /** `n×columns`. */
  readonly table: Tensor;
  /** Indices; they count from `firstRow`. */
  readonly list: RowList;
  /** The row of the table that index 0 means (default: 0). */
  readonly firstRow?: number;
}

/**
 * The rows of a table that a list names, differentiated.
 *
 * @param program The program.
 * @param table `n×columns`.
 * @param list Indices; they count from `firstRow`.
 * @param firstRow The row of the table that index 0 means.
 * @returns `length×columns`.
 */
export function gather(program: Program, table: Tensor, list: RowList, firstRow = 0): Tensor {
  return gatherStack(program, [{ table, list, firstRow }], `${table.label}[${list.label}]`);
}

/**
 * Rows of several tables, one list's rows below the other's, differentiated.
 *
 * @param program The program.
 * @param parts Tables of the same number of columns, and the rows of each.
 * @param label What the result is called.
 * @returns `Σ length×columns`.
 */
export function gatherStack(program: Program, parts: readonly Gathered[], label: string): Tensor {
  const { columns } = parts[0].table;
  const length = parts.reduce((sum, { list }) => sum + list.length, 0);
  const differentiable = parts.some(({ table }) => table.differentiable);
  const counted = parts.length === 1 ? parts[0].list.count : undefined;
  const y = program.tensor(label, length, columns, { differentiable, counted });
  const { width, kernel } = forward(columns);
  let place = 0;
  const placed = parts.map(({ table, list, firstRow = 0 }) => {
    const first = { first_row: firstRow, first_place: place };
    place += list.length;
    const sliced = (tensor: Tensor) =>
      columnSlices(tensor).map((slice) => ({
        range: slice.range,
        isLast: slice.first + slice.columns === columns,
        uniforms: {
          ...{ count: list.length, ...first },
          columns: slice.columns / width,
          stride: columns / width,
          first_column: slice.first / width,
        },
        threads: list.length * slice.columns / width,
      }));
    return { table, list, sliced, isLast: place === length };
  });
  for (const { table, list, sliced, isLast } of placed) {
    for (const { range, uniforms, threads, isLast: isLastSlice } of sliced(table)) {
      program.launch(kernel, {
        buffers: { table: range, rows: list.allocation, y },
        partial: isLast && isLastSlice ? [] : ["y"],
        uniforms,
        threads,
      });
    }
  }
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const { table, list, sliced } of placed) {
      const target = program.gradientTarget(table);
      if (target === undefined) continue;
      const { gradient, accumulate } = target;
      if (!accumulate) fill(program, gradient, 0);
      const order = list.distinct ? undefined : orderOf(program, list);
      for (const { range: dtable, uniforms, threads } of sliced(gradient)) {
        const rows = list.allocation;
        if (order === undefined) {
          program.launch(scatter(columns).kernel, {
            buffers: { dy, rows, dtable },
            constants: { accumulate: Number(accumulate) },
            uniforms,
            threads,
          });
        } else {
          program.launch(backward(columns).kernel, {
            buffers: { dy, rows, order, dtable },
            uniforms,
            threads,
          });
        }
      }
    }
  });
  return y;
}
