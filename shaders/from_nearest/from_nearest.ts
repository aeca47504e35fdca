/**
 * Rows and scores of items of which nothing is known but which items they are near to.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation, Memory } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import columnsSource from "./columns.wgsl" with { type: "text" };
import rowsSource from "./rows.wgsl" with { type: "text" };

const columns = kernel("from_nearest/columns", columnsSource);
const rows = elementKernel("from_nearest/rows", rowsSource);

/** Items, and the known ones that each of them is near to. */
export interface NearestKnown {
  /** The items, each once. */
  readonly items: Uint32Array<ArrayBuffer>;
  /** `items×k`; none of the items is among them. */
  readonly nearest: Uint32Array<ArrayBuffer>;
}

/**
 * The known ones of each item.
 *
 * @param lists The items.
 * @returns Their lists by item.
 */
export function nearestByItem({ items, nearest }: NearestKnown): Map<number, Uint32Array> {
  const near = nearest.length / items.length;
  return new Map(
    Array.from(items, (item, n) => [item, nearest.subarray(n * near, (n + 1) * near)]),
  );
}

/** The same on the device. */
export interface DeviceNearest {
  /** Number of items. */
  readonly count: number;
  /** How many known ones each of them has. */
  readonly near: number;
  /** The items. */
  readonly items: Allocation;
  /** The known ones. */
  readonly nearest: Allocation;
}

/**
 * Plans the lists on the device.
 *
 * @param memory Where they are planned.
 * @param lists At least one item, with at least one known one.
 */
export function uploadNearest(memory: Memory, { items, nearest }: NearestKnown): DeviceNearest {
  const plan = (label: string, data: Uint32Array<ArrayBuffer>) =>
    memory.reserve(label, data.byteLength, "items by their features", data);
  return {
    count: items.length,
    near: nearest.length / items.length,
    items: plan("items by their features", items),
    nearest: plan("nearest known items", nearest),
  };
}

/**
 * Appends, in place, rows that point as the sum of the rows of the nearest items does, and are as long as these are on
 * average: a mean of rows is shorter than they are, and an item with a short row is recommended to nobody. No gradient
 * flows.
 *
 * @param program The program.
 * @param lists The items.
 * @param table A row an item.
 */
export function rowsFromNearest(program: Program, lists: DeviceNearest, table: Tensor): void {
  const { count, near, items, nearest } = lists;
  const { width, kernel } = rows(table.columns);
  program.launch(kernel, {
    buffers: { items, nearest, table },
    partial: ["table"],
    uniforms: { count, near, columns: table.columns / width },
    threads: count,
  });
}

/**
 * Appends, in place, the mean of the scores of the nearest items for each user. No gradient flows.
 *
 * @param program The program.
 * @param lists The items.
 * @param scores `users×stride`, a column an item.
 */
export function scoresFromNearest(program: Program, lists: DeviceNearest, scores: Tensor): void {
  const { count, near, items, nearest } = lists;
  program.launch(columns, {
    buffers: { items, nearest, scores },
    partial: ["scores"],
    uniforms: { count, near, places: scores.rows, stride: scores.columns },
    threads: count * scores.rows,
  });
}
