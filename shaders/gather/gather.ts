/**
 * Rows of a table by a list of indices, and the deterministic scatter of their gradients.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program, Tensor } from "../../gpu/program.ts";
import { elementKernel } from "../element/element.ts";
import { fill } from "../elementwise/elementwise.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };
import orderSource from "./order.wgsl" with { type: "text" };

const forward = elementKernel("gather/forward", forwardSource);
const backward = elementKernel("gather/backward", backwardSource);
const orderKernel = kernel("gather/order", orderSource);

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

/** The order of a list by its rows, computed once a run of the program. */
function orderOf(program: Program, list: RowList): Allocation {
  let known = orders.get(program);
  if (known === undefined) orders.set(program, known = new Map());
  let order = known.get(list);
  if (order === undefined) {
    known.set(list, order = program.buffer(`order of ${list.label}`, list.length * 4));
    program.launch(orderKernel, {
      buffers: { rows: list.allocation, order },
      uniforms: { count: list.length },
      threads: Math.ceil(list.length / 4),
    });
  }
  return order;
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
  const { columns, differentiable } = table;
  const y = program.tensor(`${table.label}[${list.label}]`, list.length, columns, {
    differentiable,
  });
  const { width, kernel } = forward(columns);
  const uniforms = { count: list.length, columns: columns / width, first_row: firstRow };
  const threads = list.length * columns / width;
  program.launch(kernel, {
    buffers: { table, rows: list.allocation, y },
    uniforms,
    threads,
  });
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(table);
    if (!target) return;
    if (!target.accumulate) fill(program, target.gradient, 0);
    program.launch(backward(columns).kernel, {
      buffers: {
        dy,
        rows: list.allocation,
        order: orderOf(program, list),
        dtable: target.gradient,
      },
      uniforms,
      threads,
    });
  });
  return y;
}
