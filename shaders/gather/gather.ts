/**
 * Rows of a table by a list of indices, and the deterministic scatter of their gradients.
 *
 * @module
 */
import { columnSlices } from "../../gpu/column_slices.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import { fill } from "../elementwise/elementwise.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };
import { orderOf } from "./order.ts";
import type { RowList } from "./row_lists.ts";
import scatterSource from "./scatter.wgsl" with { type: "text" };

const forward = elementKernel("gather/forward", forwardSource);
const backward = elementKernel("gather/backward", backwardSource);
const scatter = elementKernel("gather/scatter", scatterSource);
/** Places whose gradients a launch adds: an item may stand at each of them (webgpu.md, trap 1). */
const placesOfLaunch = 32_768;

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
        const { count, ...place } = uniforms;
        const rows = list.allocation;
        if (order === undefined) {
          program.launch(scatter(columns).kernel, {
            buffers: { dy, rows, dtable },
            constants: { accumulate: Number(accumulate) },
            uniforms,
            threads,
          });
        } else {
          for (let first = 0; first < count; first += placesOfLaunch) {
            const end = Math.min(count, first + placesOfLaunch);
            program.launch(backward(columns).kernel, {
              buffers: { dy, rows, order, dtable },
              uniforms: { ...place, first, end },
              threads: (end - first) * uniforms.columns,
            });
          }
        }
      }
    }
  });
  return y;
}
